import {
  type MainList,
  type ProgramTimerOptions,
  program,
  type TimerRef,
} from "@escapement/scenario";
import type { CorpusEntry } from "./entry.js";

/** Timers that are due in one pass. */
const together = 4;

/** Many timers at once: in one pass, in all places that a board has, and deadlines around now. */
export const manyAtOnce: readonly CorpusEntry[] = [
  {
    name: "all-places-started-twice",
    about: "A start of a timer that is pending is refused where all others are pending, too.",
    origin: "alarm_pool.c of board-c, with as many alarms as timers",
    rule: "ARM-11",
    build: ({ unit, timers }) =>
      program(({ main, timer }) => {
        const all = Array.from({ length: Math.min(timers, 8) }, () =>
          timer({ mode: "one-shot", period: 40 * unit }),
        );
        for (const t of all) main.start(t);
        for (const t of all) main.start(t);
        main.sleep(70 * unit);
        for (const t of all) main.pending(t);
      }),
  },
  {
    name: "deadlines-around-now",
    about: "A deadline that is now is armed by a timer that refuses late ones.",
    origin: "delta_list.c of board-c, with >= for > in start_at",
    rule: "ARM-07",
    build: ({ unit }) =>
      program(({ main, timer, sweep, variable }) => {
        const fires = timer({ mode: "one-shot", period: unit });
        const refuses = timer({ mode: "one-shot", period: unit, late: "refuse" });
        sweep({ from: 0, count: 64, step: Math.max(1, Math.ceil((2 * unit) / 64)) });
        main
          .capture(0)
          .startAt(refuses, { delta: variable() })
          .capture(1)
          .startAt(fires, { register: 1, delta: variable() })
          .sleep(4 * unit);
      }),
  },
  ...(["stopped", "started"] as const).map(
    (what): CorpusEntry => ({
      name: `next-that-is-due-is-${what}-by-a-handler`,
      about: `The walk over the timers that are due goes on at one that a handler has ${what}.`,
      origin: "NuttX 50f801d",
      rule: what === "stopped" ? "STOP-12" : "ARM-11",
      build: ({ unit }) =>
        program(({ main, timer }) => {
          const all = severalOf(timer, unit);
          for (const [at, t] of all.entries()) {
            const next = all[at + 1] ?? all[0];
            if (next !== undefined && at % 2 === 0)
              t.handler[what === "stopped" ? "stop" : "start"](next);
          }
          dueInOnePass(main, all, unit).sleep(12 * unit);
        }),
    }),
  ),
  {
    name: "others-that-are-due-are-stopped-by-the-first",
    about: "Of several timers that are due, those that the first handler stops run all the same.",
    origin: "RIOT ztimer_remove contract",
    rule: "STOP-12",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const all = severalOf(timer, unit);
        for (const t of all) for (const other of all) if (other !== t) t.handler.stop(other);
        dueInOnePass(main, all, unit).sleep(6 * unit);
        dueInOnePass(main, all, unit).sleep(6 * unit);
      }),
  },
];

function severalOf(
  timer: (options: ProgramTimerOptions) => TimerRef,
  unit: number,
): readonly TimerRef[] {
  return Array.from({ length: together }, () => timer({ mode: "one-shot", period: 6 * unit }));
}

/** Starts them and waits while masked: all are due when the mask is lifted, and no `startAt` is needed. */
function dueInOnePass(main: MainList, all: readonly TimerRef[], unit: number): MainList {
  main.mask();
  for (const t of all) main.start(t);
  return main.spin(12 * unit).restore();
}
