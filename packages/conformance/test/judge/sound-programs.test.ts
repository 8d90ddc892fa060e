import { createSimBoard } from "@escapement/board-sim";
import { type Program, program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { describeViolation, judgeTrace } from "../../src/judge/index.js";

/** Programs that a sound HAL was once accused for. */
const accused: Readonly<Record<string, Program>> = {
  "service() in a quiet soft callback is refused, and leaves a record like the outer one (CALL-14)":
    program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 1, dispatch: "soft", quiet: true });
      t.handler.service();
      main.start(t).sleep(3).service().pending(t);
    }),
};

describe.each(["avr16", "rp2040"] as const)("the judge accuses nothing sound on %s", (profile) => {
  it.each(Object.entries(accused))("%s", async (_, made) => {
    const board = createSimBoard({ profile });
    const trace = await board.run(made);
    expect(judgeTrace(made, trace, board.describe()).map(describeViolation)).toEqual([]);
  });
});
