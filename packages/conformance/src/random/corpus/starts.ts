import { program } from "@escapement/scenario";
import type { CorpusEntry } from "./entry.js";

/** Starts, and the times at which they end. */
export const starts: readonly CorpusEntry[] = [
  {
    name: "later-timer-first-in-the-queue",
    about: "A one-shot armed after another that is due later is lost.",
    origin: "rtic-time 1.1.0",
    rule: "ARM-03",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const later = timer({ mode: "one-shot", period: 3 * unit });
        const first = timer({ mode: "one-shot", period: 1 });
        main
          .start(later)
          .start(first)
          .sleep(2 * unit)
          .sleep(2 * unit);
      }),
  },
  {
    name: "one-tick-periodic-starves-a-one-shot",
    about: "A one-shot behind a periodic timer of one tick is never served.",
    origin: "Pico 1953, Tock test_quick_alarms_not_skipped",
    rule: "ARM-03",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const shot = timer({ mode: "one-shot", period: Math.ceil(unit / 2) });
        const always = timer({ mode: "periodic", period: 1 });
        main
          .start(shot)
          .start(always)
          .sleep(3 * unit);
      }),
  },
  {
    name: "armed-for-now-in-a-handler",
    about: "A sibling that a handler arms for the past keeps another from its turn.",
    origin: "Embassy b857334",
    rule: "ARM-03",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const waits = timer({ mode: "one-shot", period: Math.ceil(unit / 2) });
        const starter = timer({ mode: "one-shot", period: 1 });
        const late = timer({ mode: "one-shot", period: 1 });
        starter.handler.capture(2).startAt(late, { register: 2, delta: 0 });
        main
          .start(waits)
          .start(starter)
          .sleep(3 * unit);
      }),
  },
  {
    name: "moved-before-it-runs",
    about: "A timer that is started twice in a row never runs.",
    origin: "NuttX 78dce81",
    rule: "ARM-03",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main
          .start(t)
          .start(t)
          .sleep(3 * unit);
      }),
  },
  {
    name: "first-is-stopped",
    about: "The timer behind one that is stopped comes at the wrong time.",
    origin: "Pycom 89, NuttX 493e207",
    rule: "ARM-13",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: Math.ceil(unit / 4) });
        const next = timer({ mode: "one-shot", period: 1 });
        main
          .start(first)
          .capture()
          .startAt(next, { delta: Math.ceil(unit / 2) });
        main
          .stop(first)
          .sleep(2 * unit)
          .sleep(unit);
      }),
  },
  {
    name: "short-delays-together",
    about: "Of two delays of a tick or two, one is lost.",
    origin: "Tock d6e46d7",
    rule: "ARM-17",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const two = timer({ mode: "one-shot", period: 2 });
        const one = timer({ mode: "one-shot", period: 1 });
        main
          .start(two)
          .start(one)
          .sleep(3 * unit);
      }),
  },
  {
    name: "restarts-itself-ahead",
    about: "A handler that arms its own timer ahead has it run in the same pass, too early.",
    origin: "Tock 536efff",
    rule: "ARM-18",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        t.handler
          .when(1)
          .capture(2)
          .startAt(t, { register: 2, delta: Math.ceil(unit / 2) });
        main.start(t).sleep(3 * unit);
      }),
  },
  {
    name: "due-at-once-while-masked",
    about: "A start for now runs its handler although interrupts are masked.",
    origin: "MicroPython samd ed86fdb",
    rule: "ARM-19",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main.mask().capture().startAt(t, { delta: 0 }).pending(t).spin(unit).restore().sleep(unit);
      }),
  },
  {
    name: "due-at-once-in-a-handler",
    about: "A start for now in a handler runs the other handler inside the call.",
    origin: "Pico 1555",
    rule: "ARM-20",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        const other = timer({ mode: "one-shot", period: 1 });
        t.handler.capture(2).startAt(other, { register: 2, delta: 0 });
        main.start(t).sleep(3 * unit);
      }),
  },
  {
    name: "reference-of-zero",
    about: "A start from the time 0 is refused, as if the reference lay before it.",
    origin: "a mutant of the HAL: references are to be above 0",
    rule: "ARM-06",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        main.startAt(t, { register: 1, delta: 0 }).sleep(4 * unit);
        main.stop(t);
      }),
  },
  {
    name: "late-by-policy",
    about: "A start for the past of a timer that refuses it is taken.",
    origin: "Zephyr test_late_alarm_error",
    rule: "ARM-07",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1, late: "refuse" });
        main.capture().spin(unit).startAt(t, { delta: 0 }).pending(t).sleep(unit);
      }),
  },
  {
    name: "remaining-when-due",
    about: "What remains is asked when the timer is just due, and is below 0.",
    origin: "ChibiOS bdc05d4",
    rule: "ARM-24",
    build: ({ unit }) =>
      program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "one-shot", period: 2 });
        const asks = interrupt();
        asks.handler.remaining(t);
        main.start(t).interrupt(asks, 0).mask().remaining(t).restore().sleep(unit);
      }),
  },
  {
    name: "remaining-beyond-a-lap",
    about: "What remains of a delay longer than a lap is taken modulo the lap.",
    origin: "RIOT set16",
    rule: "ARM-24",
    build: ({ lap }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: Math.floor(1.5 * lap) });
        main.start(t).remaining(t).stop(t);
      }),
  },
  {
    name: "armed-at-the-end-of-a-mask",
    about: "A timer that is started late in a masked window is given the window's time.",
    origin: "Zephyr timer_schedule",
    rule: "PER-19",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        main
          .sleep(9 * unit)
          .mask()
          .spin(unit)
          .start(t)
          .remaining(t)
          .restore()
          .sleep(3 * unit);
      }),
  },
  {
    name: "nearly-a-lap",
    about: "A delay just below a lap is taken for one that has passed.",
    origin: "STM32 8596dfc",
    rule: "ARM-08",
    build: ({ unit, lap }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: lap - 2 });
        main
          .start(t)
          .sleep(2 * unit)
          .pending(t)
          .stop(t);
      }),
  },
  {
    name: "equal-deadlines",
    about: "Of two timers with one deadline the later armed runs first.",
    origin: "rp2040js SimulationClock",
    rule: "ARM-14",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const one = timer({ mode: "one-shot", period: 1 });
        const two = timer({ mode: "one-shot", period: 1 });
        main
          .capture()
          .startAt(one, { delta: 8 * unit })
          .startAt(two, { delta: 8 * unit });
        main.sleep(8 * unit).sleep(2 * unit);
      }),
  },
  {
    name: "always-overdue",
    about: "A handler that starts itself for the past gets ahead of one that was due before.",
    origin: "Escapement issue 8",
    rule: "ARM-31",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const waits = timer({ mode: "one-shot", period: 1 });
        const again = timer({ mode: "one-shot", period: 1 });
        again.handler.when(1).capture(2).startAt(again, { register: 2, delta: 0 });
        main.capture().mask().startAt(again, { delta: 0 }).startAt(waits, { delta: 0 }).restore();
        main.sleep(3 * unit);
      }),
  },
  {
    name: "reference-at-the-wrap",
    about: "A reference of just after a wrap is taken for one in the future.",
    origin: "Zephyr sys_clock_announce",
    rule: "ARM-05",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main
          .phase(0)
          .capture()
          .startAt(t, { delta: 0 })
          .sleep(2 * unit);
      }),
  },
];
