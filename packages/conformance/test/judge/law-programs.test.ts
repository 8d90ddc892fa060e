import { createSimBoard } from "@escapement/board-sim";
import { describe, expect, it } from "vitest";
import { describeViolation, judgeTrace } from "../../src/judge/index.js";
import { lawEnv } from "../../src/law-env.js";
import { laws } from "../../src/laws/index.js";
import { profileNames } from "../laws/support.js";

describe.each(profileNames)("the judge on the laws' programs, on %s", (profile) => {
  it("finds nothing in what our HAL does", async () => {
    const board = createSimBoard({ profile });
    const env = lawEnv(board.describe());
    const found: string[] = [];
    for (const law of laws) {
      await board.reset();
      const program = law.program(env);
      const trace = await board.run(program);
      const violations = judgeTrace(program, trace, board.describe());
      found.push(...violations.map((each) => `${law.id} ${describeViolation(each)}`));
    }
    expect(found).toEqual([]);
  });
});
