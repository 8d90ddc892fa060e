import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openUnoBoard } from "@escapement/board-uno";
import type { Board } from "@escapement/scenario";
import { describe, expect, it, onTestFinished } from "vitest";
import { findFirmwareBug } from "../../bug-museum/src/firmware-bugs.js";
import { buildNativeAgent, openNativeAgent } from "../../bug-museum/src/native-agent.js";
import { patchedCSources } from "../../bug-museum/src/patched-firmware.js";
import { type Comparison, compare } from "../src/equivalence/compare.js";
import { foundPlans } from "../src/equivalence/found-plans.js";
import type { PlanLimits } from "../src/equivalence/make-plan.js";
import { runSeeds, type SeedsSummary } from "../src/equivalence/run-seeds.js";
import { twinBoard } from "../src/equivalence/twin-board.js";
import { gccInstall, hasGcc } from "../src/guides-c.js";

/**
 * One seed instead of all: `ESCAPEMENT_SEED=17 npx vitest run test/equivalence.test.ts -t Uno`. More,
 * and others: `ESCAPEMENT_FROM=1000000 ESCAPEMENT_PROGRAMS=50000`.
 */
const onlySeed = process.env.ESCAPEMENT_SEED;
const programsOf = (usual: number): number =>
  onlySeed === undefined ? Number(process.env.ESCAPEMENT_PROGRAMS ?? usual) : 1;

const nativeLimits: PlanLimits = {
  nesting: true,
  timers: 7,
  longSpins: [5, 6, 7, 9],
  longHandlers: 7,
  blocks: 14,
};

/** The agent on standard streams; a port access takes a tick there, so an operation takes a dozen. */
function nativeSides(board: Board): Comparison {
  const twin = (pauseTicks: number, accessTicks: number, entryTicks: number) => ({
    board: twinBoard({ counterBits: 16, nesting: true, accessTicks, entryTicks }),
    pauseTicks,
  });
  return {
    twins: [twin(10, 1, 10), twin(30, 1, 2), twin(4, 4, 60)],
    board,
    quarterTicks: 1024,
    opTicks: 0,
    spinFactor: 1,
    jitterTicks: 100,
  };
}

/** Fewer operations, as each takes a tenth of a unit; no nesting, and a lap of six quarters, which handlers back to back must not last:
 * the agent knows the end of a sleep by the counter. */
const unoLimits: PlanLimits = {
  nesting: false,
  timers: 4,
  longSpins: [4],
  longHandlers: 1,
  blocks: 5,
};

function unoSides(board: Board): Comparison {
  const twin = (pauseTicks: number, accessTicks: number, entryTicks: number) => ({
    board: twinBoard({ counterBits: 24, nesting: false, accessTicks, entryTicks }),
    pauseTicks,
  });
  return {
    twins: [twin(1500, 20, 700), twin(1900, 40, 1000), twin(1300, 10, 300)],
    board,
    quarterTicks: 10_000,
    opTicks: 1300,
    spinFactor: 1.06,
    jitterTicks: 1000,
  };
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "escapement-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openAgent(changed?: ReadonlyMap<string, string>): Promise<Board> {
  const board = await openNativeAgent(buildNativeAgent(scratch(), changed));
  onTestFinished(() => board.close());
  return board;
}

function compareOn(
  title: string,
  sides: Comparison,
  limits: PlanLimits,
  programs: number,
  shrinkRuns = 800,
): Promise<SeedsSummary> {
  return runSeeds({
    sides,
    limits,
    programs,
    shrinkRuns,
    seeds: onlySeed === undefined ? 2 * programs : 1,
    from: Number(onlySeed ?? process.env.ESCAPEMENT_FROM ?? 1),
    replay: (seed) =>
      `cd apps/acceptance && ESCAPEMENT_SEED=${seed} npx vitest run test/equivalence.test.ts -t "${title}"`,
  });
}

function report(title: string, { counts }: SeedsSummary): void {
  process.stdout.write(
    `${title}: ${counts.same} programs say the same; ${counts.unsteady} depend on the reference's own speed, ` +
      `${counts.excused} on the board's, ${counts["too-large"]} do not fit\n`,
  );
}

/** What a comparison of many programs must have met, or it compared little. */
const commonResults = [
  ...["start armed", "startAt armed", "startAt late"],
  ...["stop removed", "stop in-flight", "stop fired", "stop idle", "stopSync removed"],
  ...["start stale-handle", "stop stale-handle", "init ok", "setPeriod ok", "deinit ok"],
  ...["setPeriod invalid-argument", "restore invalid-argument"],
  ...["service in-interrupt", "spawn in-interrupt", "spawn armed", "interrupt 0"],
  ...["service ok 2", "overruns ok 1", "pending ok 1", "remaining ok 1"],
];

const rareResults = [
  ...["startAt missed", "stopSync in-flight", "shutdown in-flight", "overruns ok 4"],
  ...["collect in-interrupt", "deinitAll in-interrupt", "service reentrant-service"],
  ...["start timer-shut-down", "setPeriod timer-shut-down", "init timer-shut-down"],
  ...["init capacity-exhausted"],
  ...["setPeriod stale-handle", "spawn capacity-exhausted", "spawn invalid-argument"],
];

describe("the two HALs return the same results for the same random programs", () => {
  const native = "C on this machine";
  it.skipIf(!hasGcc())(`${native} (needs gcc: ${gccInstall})`, { timeout: 1_200_000 }, async () => {
    const programs = programsOf(10_000);
    const summary = await compareOn(native, nativeSides(await openAgent()), nativeLimits, programs);
    report(native, summary);
    expect(summary.difference).toBeUndefined();
    const { counts, seen } = summary;
    if (programs < 1000) return;
    expect(counts.same).toBe(programs);
    expect(counts.unsteady).toBeLessThan(programs / 3);
    expect(counts.excused + counts["too-large"]).toBeLessThan(programs / 200);
    const wanted = programs < 10_000 ? commonResults : [...commonResults, ...rareResults];
    expect(wanted.filter((line) => !seen.has(line))).toEqual([]);
  });

  const uno = "C on the emulated Uno";
  it(uno, { timeout: 1_200_000 }, async () => {
    const board = await openUnoBoard();
    onTestFinished(() => board.close());
    const programs = programsOf(300);
    const summary = await compareOn(uno, unoSides(board), unoLimits, programs, 150);
    report(uno, summary);
    expect(summary.difference).toBeUndefined();
    const { counts, seen } = summary;
    if (programs < 300) return;
    expect(counts.same).toBe(programs);
    expect(counts.unsteady).toBeLessThan(programs / 2);
    expect(counts.excused + counts["too-large"]).toBeLessThan(programs / 20);
    expect(commonResults.filter((line) => !seen.has(line))).toEqual([]);
  });

  it.skipIf(!hasGcc())(`where they once differed (needs gcc: ${gccInstall})`, async () => {
    const sides = nativeSides(await openAgent());
    for (const [about, plan] of Object.entries(foundPlans)) {
      expect([about, (await compare(plan, sides)).kind]).toEqual([about, "same"]);
    }
  });

  it.skipIf(!hasGcc()).each(["pico-positive-delay", "rp2040js-lifo", "nuttx-50f801d"])(
    `control: a HAL with the bug %s is found, in a few operations (needs gcc: ${gccInstall})`,
    async (bug) => {
      const board = await openAgent(patchedCSources(findFirmwareBug(bug)));
      const summary = await compareOn("control", nativeSides(board), nativeLimits, 2000);
      const main = summary.difference?.split("\n").find((line) => line.startsWith("main: "));
      expect(main?.split(") ").length).toBeLessThan(12);
    },
  );
});
