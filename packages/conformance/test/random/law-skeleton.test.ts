import { createSimBoard } from "@escapement/board-sim";
import { program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import {
  describeViolation,
  generateProgram,
  judgedLaw,
  type Law,
  lawEnv,
  lawSkeleton,
  unitTicksOf,
  type Violation,
} from "../../src/index.js";

const violation: Violation = {
  rule: "STOP-06",
  value: 0,
  record: 12,
  timer: 0,
  kind: "ran after a stop",
  expected: "no handler entry",
  found: "an entry 3 ticks after",
};

/** Evaluates the file; there are no types in it. */
function lawOf(text: string): Law {
  const body = text.replace(/^import .*$/gm, "").replace("export const found =", "return");
  const evaluate = new Function("judgedLaw", "program", "unitTicksOf", body);
  return evaluate(judgedLaw, program, unitTicksOf) as Law;
}

describe("a failed program as a law", () => {
  it.each([true, false])("asks for that program, in units of the board: %s", (inUnits) => {
    const description = createSimBoard({ profile: "stm32" }).describe();
    const env = lawEnv(description);
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = generateProgram(seed, description);
      const text = lawSkeleton(random, violation, inUnits ? { description } : {});
      const law = lawOf(text);
      expect(
        law.programs?.(env)?.map((each) => each.program),
        text,
      ).toEqual([random]);
      expect(law.id).toBe("STOP-99");
    }
  });

  it("says what it showed, and where it was found", () => {
    const description = createSimBoard({ profile: "avr16" }).describe();
    const random = generateProgram(7, description);
    const text = lawSkeleton(random, violation, {
      origin: "escapement fuzz uno --seed 7 --runs 1",
    });
    expect(text).toContain(`// ${describeViolation(violation)}`);
    expect(lawOf(text).origin).toEqual(["escapement fuzz uno --seed 7 --runs 1"]);
  });
});
