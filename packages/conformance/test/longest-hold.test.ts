import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import { type BoardDescription, type Operand, program } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { lawEnv, laws, unfitReason } from "../src/index.js";
import { longestHold } from "../src/longest-hold.js";

const boardOf = (profile: SimProfileName): BoardDescription =>
  createSimBoard({ profile }).describe();
const constant = (operand: Operand): number => (typeof operand === "number" ? operand : -1);
const env = lawEnv(boardOf("avr16"));

describe("how long a program keeps interrupts out", () => {
  test("is what it waits while masked, or in one hard handler", () => {
    const made = program(({ main, timer }) => {
      const hard = timer({ mode: "one-shot", period: 100 });
      hard.handler.spin(30).spin(40);
      const soft = timer({ mode: "one-shot", period: 100, dispatch: "soft" });
      soft.handler.spin(500);
      main.spin(600).mask().spin(20).mask().spin(20).restore().spin(20).restore().spin(700);
    });
    expect(longestHold(made, env, constant)).toBe(70);
  });

  test("is that of all rounds where a mask goes on around a repeat, of one where it is within", () => {
    const around = program(({ main }) => {
      main
        .mask()
        .repeat(5, (list) => list.spin(20))
        .restore();
    });
    const within = program(({ main }) => {
      main.repeat(5, (list) => list.mask().spin(20).restore());
    });
    expect([around, within].map((made) => longestHold(made, env, constant))).toEqual([100, 20]);
  });
});

describe("a law that would keep interrupts out for a lap, after which READ-16 promises nothing", () => {
  const reasonsOn = (board: BoardDescription): ReadonlyMap<string, string | undefined> => {
    const of = lawEnv(board);
    return new Map(laws.map((law) => [law.id, unfitReason(law, of, law.program(of))]));
  };

  test.each(Object.keys(simProfiles) as SimProfileName[])("is none on %s", (profile) => {
    const reasons = [...reasonsOn(boardOf(profile)).values()];
    expect(reasons.filter((reason) => reason?.includes("kept out"))).toEqual([]);
  });

  test("is skipped on a board whose ticks are longer than a lap, by the name of the difference", () => {
    const is = boardOf("avr16");
    const granularityTicks = { is: 100_000, source: "a test" };
    const coarse = { ...is, semantics: { ...is.semantics, granularityTicks } };
    const reasons = reasonsOn(coarse);
    const said =
      "differs: granularityTicks is 100000 (interrupts would be kept out for a lap, 65536 ticks)";
    for (const id of ["ARM-19", "STOP-09", "PER-03", "PER-19"])
      expect(reasons.get(id), id).toBe(said);
    expect(reasons.get("READ-01")).toBeUndefined();
  });
});
