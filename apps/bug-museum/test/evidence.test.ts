import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  defaultLimits,
  explore,
  parseSchedule,
  randomCases,
  shrinkFinding,
  World,
} from "@escapement/explore";
import { describe, expect, it, onTestFinished } from "vitest";
import { judgeLaws } from "../src/evidence/judge-laws.js";
import { judgePrograms } from "../src/evidence/judge-programs.js";
import { hunt, medianOf } from "../src/evidence/power.js";
import { subjects } from "../src/evidence/subjects.js";
import { unseenBugs } from "../src/evidence/unseen.js";
import { firmwareBugs, isOfUno } from "../src/firmware-bugs.js";
import { findBug, makeBugBoard, museum } from "../src/index.js";
import { buildNativeAgent } from "../src/native-agent.js";
import { bugTarget } from "../src/search-bug.js";
import { gccInstall, hasGcc } from "./tools.js";

/** A small part of what `pnpm soundness` runs. */
describe("the judge accuses nothing sound", () => {
  const simulated = subjects.filter(({ name }) => name !== "native");
  const places = simulated.flatMap((subject) =>
    subject.boards.map((board) => [subject.title, board, subject] as const),
  );
  it.each(places)("of random programs: %s, %s", async (_title, name, subject) => {
    const board = await subject.open(name, undefined);
    onTestFinished(() => board.close());
    const runs = subject.name === "uno" ? 10 : 40;
    const { programs, noRoom, alarms, stopped } = await judgePrograms(board, {
      ...{ board: name, seed: 700, runs },
    });
    expect([alarms, stopped]).toEqual([[], undefined]);
    expect(programs + noRoom).toBe(runs);
    expect(programs).toBeGreaterThan(runs / 2);
  });

  it.skipIf(!hasGcc())(`of random programs on this machine (${gccInstall})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "escapement-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const native = subjects.find(({ name }) => name === "native");
    const board = await native?.open("native", buildNativeAgent(folder));
    if (board === undefined) throw new Error("there is no native subject");
    onTestFinished(() => board.close());
    const { programs, alarms } = await judgePrograms(board, {
      ...{ board: "native", seed: 700, runs: 40 },
    });
    expect(alarms).toEqual([]);
    expect(programs).toBeGreaterThan(20);
  });

  it("of the second HAL in the programs of the laws", async () => {
    const second = subjects.find(({ name }) => name === "second");
    const board = await second?.open("rp2040", undefined);
    if (board === undefined) throw new Error("there is no second HAL");
    const { programs, alarms } = await judgeLaws(board, "rp2040");
    expect(alarms).toEqual([]);
    expect(programs).toBeGreaterThan(100);
  });
});

/** A small part of what `pnpm power` runs. */
describe("random programs notice a bug", () => {
  it.each([
    "pico-1953",
    "riot-18976",
    "freertos-stop-queued",
    "linux-before-shutdown",
    "micropython-7433",
    "rp2040js-lifo",
    "stm32-8596dfc",
    "tock-d63f977",
  ])("%s, within a hundred", async (name) => {
    const board = await makeBugBoard(findBug(name));
    onTestFinished(() => board.close());
    const { programs, message } = await hunt(board, 1, 100);
    expect(programs).toBeGreaterThan(0);
    expect(message).toMatch(/^[A-Z]+(-\d\d)?: /);
  });

  it("not where there is none", async () => {
    const sound = subjects.find(({ name }) => name === "sim");
    const board = await sound?.open("avr16", undefined);
    if (board === undefined) throw new Error("there is no simulated chip");
    expect(await hunt(board, 1, 30)).toEqual({ seed: 1 });
  });

  it("of the museum, or unseen.ts says why not", () => {
    const names = [
      ...museum.map(({ name }) => `sim ${name}`),
      ...firmwareBugs.map((bug) => `${isOfUno(bug) ? "uno" : "native"} ${bug.name}`),
    ];
    for (const [bug, why] of Object.entries(unseenBugs)) {
      expect(names).toContain(bug);
      expect(why.length).toBeGreaterThan(20);
    }
  });

  it("the median of hunts that noticed nothing has no end", () => {
    expect(medianOf([{ seed: 1, programs: 4 }, { seed: 2 }, { seed: 3, programs: 9 }])).toBe(9);
    expect(medianOf([{ seed: 1, programs: 4 }, { seed: 2 }, { seed: 3 }])).toBe(Infinity);
  });
});

describe("a race of one access (zephyr-63491)", () => {
  it("falls to the search of random programs, where plain runs of the same show nothing", async () => {
    const target = await bugTarget(findBug("zephyr-63491"));
    const cases = randomCases({ seed: 49, count: 6 }, target);
    const limits = {
      ...defaultLimits,
      ...{ pointsMax: 60_000, maskedMax: Number.POSITIVE_INFINITY, stopAtFirst: true },
      kinds: ["law"],
    } as const;
    const plain = await explore([{ target, cases }], { limits: { ...limits, bound: 0 } });
    expect(plain.units.flatMap(({ findings }) => findings)).toEqual([]);
    expect(plain.units).toHaveLength(6);
    const placed = await explore([{ target, cases }], { limits: { ...limits, bound: 1 } });
    const [finding] = placed.units.flatMap(({ findings }) => findings);
    const subject = cases.find(({ value }) => value === finding?.value);
    if (finding === undefined || subject === undefined) throw new Error("nothing was found");
    expect(parseSchedule(finding.schedule)).toHaveLength(1);
    const world = new World(target, limits.pointsMax);
    const small = await shrinkFinding(world, subject, finding, { limits });
    expect(small?.finding.rule).toBe(finding.rule);
    expect(small?.subject.program.main.length).toBeLessThan(subject.program.main.length);
  });
});
