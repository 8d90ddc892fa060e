import { program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { setsPhase } from "../src/holds.js";
import { exploreUno, replayUno, summarizeUno, type UnoProgram } from "../src/index.js";
import { handlersAtOnce, marks, readsAtTurn, traceShape, withoutRecheck } from "./support.js";

/** A read, wherever the counter happens to be: it is not before the iteration's begin. */
const reads: UnoProgram = {
  name: "READ-04 anywhere",
  program: program(({ main }) => main.read()),
  check: ({ records }) => {
    const begin = records[0]?.at ?? 0;
    const early = records.filter((record) => record.kind === "read" && record.value < begin);
    return early.length === 0 ? [] : [{ message: `${early.length} reads are too low` }];
  },
};

describe("holds before an iteration", () => {
  it("bring the wrap to code that does not have it in the plain run, but not into the wrap's own interrupt", async () => {
    const chance = await exploreUno([handlersAtOnce()], { limits: { holds: false } });
    const chosen = await exploreUno([handlersAtOnce()]);
    const without = summarizeUno(chance);
    const having = summarizeUno(chosen);
    expect(without.holds).toBe(0);
    expect(having.holds).toBeGreaterThan(5);
    expect(having.points).toBe(without.points);
    expect(having.addresses).toBe(without.addresses);
    expect(having.withWrap).toBeGreaterThan(2 * without.withWrap);
    const inHal = having.gaps.map(({ function: name }) => name).filter((name) => name !== "?");
    // What runs only once the counter has wrapped.
    const after = [
      "__vector_13",
      "esc_serve_overflow",
      "esc_now",
      "esc_clock_update",
      "esc_clock_count_pending",
    ];
    expect(inHal.filter((name) => !after.includes(name))).toEqual([]);
    expect(chosen.units[0]?.findings).toEqual([]);
  });

  it("count an address once for each level, mask and chain of calls", async () => {
    const report = summarizeUno(await exploreUno([handlersAtOnce()]));
    expect(report.contexts).toBeGreaterThan(report.addresses);
    expect(report.contextsWithWrap).toBeGreaterThan(report.withWrap);
    expect(report.contextsWithWrap).toBeLessThanOrEqual(report.contexts);
    expect(report.withEvent).toBeGreaterThanOrEqual(report.withWrap);
    expect(report.paths).toBeGreaterThan(report.contexts);
    expect(report.pathsWithWrap / report.paths).toBeGreaterThan(0.9);
    expect(report.withMatch).toBeGreaterThan(0);
    expect(report.armed).toBeGreaterThan(report.withMatch);
  });

  it("find a match only where a timer is pending", async () => {
    const report = summarizeUno(await exploreUno([{ ...reads, program: marks }]));
    expect(report.addresses).toBeGreaterThan(0);
    expect(report.armed).toBe(0);
    expect(report.withMatch).toBe(0);
  });

  it("are not made for a program that sets the phase itself (READ-04)", async () => {
    expect(setsPhase(reads.program)).toBe(false);
    expect(setsPhase(readsAtTurn().program)).toBe(true);
    const inside = program(({ main }) => main.repeat(2, (body) => body.phase(40_000)));
    expect(setsPhase(inside)).toBe(true);
    const { units } = await exploreUno([readsAtTurn(1)]);
    expect(units[0]?.coverage.holds).toBe(0);
  });

  it.each([256, 8])(
    "find the missing recheck with a slack of %i, and replay it (READ-04)",
    async (slackTicks) => {
      const options = { ...withoutRecheck, slackTicks };
      const chance = await exploreUno([reads], { ...options, limits: { holds: false } });
      expect(chance.units[0]?.findings).toEqual([]);
      const { units } = await exploreUno([reads], { ...options, limits: { findingsMax: 1 } });
      const [finding] = units[0]?.findings ?? [];
      expect(finding?.schedule).toMatch(/^u1:@[1-9]\d*\//);
      expect(finding?.message).toBe("1 reads are too low");
      const { trace: _, ...replayed } = await replayUno(reads, finding?.schedule ?? "", options);
      expect(replayed).toEqual(finding);
      const { units: clean } = await exploreUno([reads], { slackTicks });
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
