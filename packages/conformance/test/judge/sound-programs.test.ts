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
  "a callback with a list of its own, in a service() behind a repeat": program(
    ({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
      t.handler.read().pending(t);
      main
        .start(t)
        .repeat(0, (body) => body.read())
        .sleep(3)
        .repeat(2, (body) => body.start(t));
      main
        .service()
        .sleep(3)
        .repeat(1, (body) => body.read())
        .service();
    },
  ),
  "a refusal in an interrupt that came in the last tick of a repeat": program(
    ({ main, timer, interrupt }) => {
      const t = timer({ mode: "one-shot", period: 1 });
      const refused = interrupt();
      refused.handler.startAt(t, { register: 3, delta: 0 });
      main.phase(0).interrupt(refused, 1).start(t).shutdown(t);
      main.repeat(3, (body) => body.service()).sleep(0);
    },
  ),
};

describe.each(["avr16", "rp2040", "prescaled8"] as const)(
  "the judge accuses nothing sound on %s",
  (profile) => {
    it.each(Object.entries(accused))("%s", async (_, made) => {
      const board = createSimBoard({ profile });
      const trace = await board.run(made);
      expect(judgeTrace(made, trace, board.describe()).map(describeViolation)).toEqual([]);
    });
  },
);
