import { program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { setsPhase } from "../src/holds.js";
import { exploreUno, replayUno, type UnoCase } from "../src/index.js";
import { handlersAtOnce, marks, readsAtTurn, traceShape, withoutRecheck } from "./support.js";

/** A read, wherever the counter happens to be: it is not before the iteration's begin. */
const reads: UnoCase = {
  name: "READ-04 anywhere",
  program: program(({ main }) => main.read()),
  check: ({ records }) => {
    const begin = records[0]?.at ?? 0;
    const early = records.filter((record) => record.kind === "read" && record.value < begin);
    return early.length === 0 ? [] : [{ message: `${early.length} reads are too low` }];
  },
};

describe("phases of the counter", () => {
  it("bring the wrap to what the plain run keeps from it, but not into the wrap's own interrupt", async () => {
    const chance = await exploreUno([handlersAtOnce()], { phases: false });
    const chosen = await exploreUno([handlersAtOnce()]);
    expect(chance.cases[0]?.phases).toBe(0);
    expect(chosen.cases[0]?.phases).toBeGreaterThan(5);
    expect(chosen.cases[0]?.points).toBe(chance.cases[0]?.points);
    expect(chosen.addresses).toBe(chance.addresses);
    expect(chosen.wrapPlaced).toBeGreaterThan(2 * chance.wrapPlaced);
    const inHal = chosen.gaps.map(({ function: name }) => name).filter((name) => name !== "?");
    // What runs only once the counter has wrapped.
    const after = ["__vector_13", "esc_serve_overflow", "esc_now", "esc_time_masked"];
    expect(inHal.filter((name) => !after.includes(name))).toEqual([]);
    expect(chosen.cases[0]?.findings).toEqual([]);
  });

  it("count an address once for each level, mask and chain of calls", async () => {
    const report = await exploreUno([handlersAtOnce()]);
    expect(report.contexts).toBeGreaterThan(report.addresses);
    expect(report.contextsWrapped).toBeGreaterThan(report.wrapPlaced);
    expect(report.contextsWrapped).toBeLessThanOrEqual(report.contexts);
    expect(report.addressesPlaced).toBeGreaterThanOrEqual(report.wrapPlaced);
    expect(report.paths).toBeGreaterThan(report.contexts);
    expect(report.pathsWrapped / report.paths).toBeGreaterThan(0.9);
    expect(report.matchPlaced).toBeGreaterThan(0);
    expect(report.matchArmed).toBeGreaterThan(report.matchPlaced);
  });

  it("tell of a match only where a timer is pending", async () => {
    const report = await exploreUno([{ ...reads, program: marks }]);
    expect(report.addresses).toBeGreaterThan(0);
    expect(report.matchArmed).toBe(0);
    expect(report.matchPlaced).toBe(0);
  });

  it("are left to a program that sets its own (READ-04)", async () => {
    expect(setsPhase(reads.program)).toBe(false);
    expect(setsPhase(readsAtTurn().program)).toBe(true);
    const inside = program(({ main }) => main.repeat(2, (body) => body.phase(40_000)));
    expect(setsPhase(inside)).toBe(true);
    const { cases } = await exploreUno([readsAtTurn(1)]);
    expect(cases[0]?.phases).toBe(0);
  });

  it.each([256, 8])(
    "find the missing recheck with a slack of %i, and replay it (READ-04)",
    async (slackTicks) => {
      const options = { ...withoutRecheck, slackTicks };
      const chance = await exploreUno([reads], { ...options, phases: false });
      expect(chance.cases[0]?.findings).toEqual([]);
      const { cases } = await exploreUno([reads], { ...options, stopAfter: 1 });
      const [finding] = cases[0]?.findings ?? [];
      expect(finding?.schedule).toMatch(/^u1:@[1-9]\d*\//);
      expect(finding?.message).toBe("1 reads are too low");
      expect(await replayUno(reads, finding?.schedule ?? "", options)).toEqual(finding);
      const { cases: clean } = await exploreUno([reads], { slackTicks });
      expect(clean[0]?.findings).toEqual([]);
    },
  );

  it.each([
    ["corrected", false],
    ["stock", true],
  ] as const)("hold the begin of an iteration, %s emulator", async (_name, stock) => {
    const beginOf = async (schedule: string) => {
      const { trace } = await replayUno(handlersAtOnce(), schedule, { stock });
      return { at: trace?.records[0]?.at ?? 0, shape: trace && traceShape(trace) };
    };
    const plain = await beginOf("u1:");
    const held = await beginOf("u1:@12345/");
    expect(held.at - plain.at).toBe(12_345);
    expect(held.shape).toBe(plain.shape);
  });
});
