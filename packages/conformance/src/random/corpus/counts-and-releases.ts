import { program } from "@escapement/scenario";
import type { CorpusEntry } from "./entry.js";

/** Programs about what is counted, and about what is released or stopped by its own handler. */
export const countsAndReleases: readonly CorpusEntry[] = [
  {
    name: "overruns-beyond-sixteen-bits",
    about:
      "A start from long ago makes more than 65 536 periods missed at once; the count ends there.",
    origin: "a mutant of the HAL: overruns saturate at 2^16 - 1 instead of 2^32 - 1",
    rule: "PER-04",
    build: () =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 1, overrun: "coalesce" });
        t.handler.stop(t);
        main.capture().sleep(70_000).startAt(t, { delta: 0 }).sleep(100);
        main.startAt(t, { delta: 0 }).sleep(100).overruns(t).overruns(t);
      }),
  },
  {
    name: "overruns-of-many-periods",
    about: "The count is off by one where many periods are missed.",
    origin: "a mutant of the HAL: one period too many is counted where more than forty were missed",
    rule: "PER-04",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 640 * unit, overrun: "coalesce" });
        main
          .start(t)
          .sleep(600 * unit)
          .setPeriod(t, 10 * unit)
          .sleep(4 * unit)
          .overruns(t)
          .stop(t)
          .overruns(t);
      }),
  },
  {
    name: "overruns-before-init",
    about: "Overruns from before a new set-up are counted after it.",
    origin: "a mutant of the HAL: init() keeps the overruns",
    rule: "LIFE-13",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 320 * unit, overrun: "coalesce" });
        main
          .start(t)
          .sleep(300 * unit)
          .setPeriod(t, 10 * unit)
          .sleep(4 * unit)
          .init(t)
          .overruns(t);
        main.start(t).sleep(unit).overruns(t);
      }),
  },
  {
    name: "made-in-a-handler",
    about: "Whether a timer can be made in an interrupt is as the board says.",
    origin: "a HAL that refuses it, on a board that says it can",
    rule: "CALL-21",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const maker = timer({ mode: "one-shot", period: 8 * unit });
        const made = timer({ mode: "one-shot", period: 8 * unit });
        maker.handler.spawn(made);
        main
          .start(maker)
          .sleep(64 * unit)
          .read();
      }),
  },
  {
    name: "forgotten-timer-that-threw",
    about: "A timer that nobody holds keeps its slot once its handler threw.",
    origin: "a mutant of the HAL: what is done after a handler is left out after one that threw",
    rule: "REG-02",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 4 * unit });
        t.handler.throw();
        main
          .spawn(t)
          .spawn(t)
          .sleep(24 * unit)
          .stats()
          .collect()
          .stats();
        main
          .spawn(t)
          .sleep(16 * unit)
          .collect()
          .stats();
      }),
  },
  {
    name: "soft-callback-stops-itself-and-looks",
    about: "A timer is active although its own soft callback has stopped it.",
    origin:
      "a mutant of the HAL: active does not ask whether the soft callback in flight was stopped",
    rule: "CALL-15",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const stopped = timer({ mode: "one-shot", period: 4 * unit, dispatch: "soft" });
        const again = timer({ mode: "periodic", period: 4 * unit, dispatch: "soft" });
        stopped.handler.pending(stopped).stop(stopped).pending(stopped);
        again.handler.init(again).pending(again).stop(again);
        main
          .start(stopped)
          .start(again)
          .sleep(12 * unit)
          .service()
          .pending(stopped);
        main.pending(again);
      }),
  },
  {
    name: "stops-another-and-looks",
    about: "A handler counts as stopped because it stopped another timer.",
    origin: "a mutant of the HAL: a stop marks whatever handler is in flight",
    rule: "CALL-15",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const soft = timer({ mode: "one-shot", period: 4 * unit, dispatch: "soft" });
        const hard = timer({ mode: "one-shot", period: 4 * unit });
        const other = timer({ mode: "periodic", period: 60 * unit });
        soft.handler.stop(other).pending(soft);
        hard.handler.stop(other).pending(hard);
        main
          .start(soft)
          .start(hard)
          .start(other)
          .sleep(12 * unit)
          .service()
          .pending(soft);
      }),
  },
  {
    name: "fired-until-started-again",
    about: "A timer that was started again and stopped counts as one that ran.",
    origin: "a mutant of the HAL: a start leaves the note that the timer ran",
    rule: "STOP-22",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 4 * unit });
        main
          .start(t)
          .sleep(12 * unit)
          .stop(t)
          .start(t)
          .stop(t)
          .stop(t);
      }),
  },
];
