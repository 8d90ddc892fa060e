import { program } from "@escapement/scenario";
import type { CorpusEntry } from "./entry.js";

/** Stops and what they return, callbacks, and the registry. */
export const stopsAndCallbacks: readonly CorpusEntry[] = [
  {
    name: "shut-down-while-pending",
    about: "A timer that is shut down while it is pending runs all the same.",
    origin: "RIOT 525751c",
    rule: "STOP-17",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        main
          .start(t)
          .shutdown(t)
          .sleep(2 * unit)
          .start(t);
      }),
  },
  {
    name: "own-stop-of-a-one-shot",
    about: "A one-shot that its own handler stops is said to have fired.",
    origin: "Morton 2000, case 4",
    rule: "STOP-05",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        t.handler.stop(t).pending(t);
        main
          .start(t)
          .sleep(2 * unit)
          .stop(t);
      }),
  },
  {
    name: "own-stop-of-a-periodic",
    about: "A periodic timer that its own handler stops goes on.",
    origin: "Pico 750",
    rule: "STOP-04",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: unit });
        t.handler.stop(t);
        main
          .start(t)
          .sleep(5 * unit)
          .pending(t);
      }),
  },
  {
    name: "second-own-stop",
    about: "A stop after the handler stopped its timer at the second entry.",
    origin: "Morton 2000, case 2",
    rule: "STOP-22",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 12 * unit });
        t.handler.when(2).stop(t);
        main
          .start(t)
          .sleep(31 * unit)
          .stop(t)
          .stop(t);
      }),
  },
  {
    name: "stop-of-what-never-ran",
    about: "A stop of a timer that was never started.",
    origin: "FreeRTOS queued stops",
    rule: "STOP-22",
    build: () =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main.stop(t).start(t).stop(t).stop(t);
      }),
  },
  {
    name: "stop-of-a-late-start",
    about: "A stop right after a start for the past.",
    origin: "Pico 1485, ESP-IDF gptimer 0f8e6f6",
    rule: "STOP-06",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const periodic = timer({ mode: "periodic", period: 4 * unit });
        const once = timer({ mode: "one-shot", period: 1 });
        main.capture().startAt(once, { delta: 0 }).stop(once);
        main.startAt(periodic, { delta: 0 }).stop(periodic).sleep(unit);
      }),
  },
  {
    name: "stop-in-an-interrupt-of-a-soft-callback",
    about: "An interrupt stops a soft timer whose callback it may have interrupted.",
    origin: "Zephyr 113143",
    rule: "STOP-19",
    build: ({ unit }) =>
      program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        const stops = interrupt();
        t.handler.spin(2 * unit);
        stops.handler.stop(t);
        main.start(t).sleep(unit).interrupt(stops, unit).service().stop(t);
      }),
  },
  {
    name: "stopped-twice-while-queued",
    about: "Two stops of a soft timer whose callback waits.",
    origin: "MicroPython esp32 265",
    rule: "STOP-13",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        main
          .start(t)
          .sleep(2 * unit)
          .stop(t)
          .stop(t)
          .service();
      }),
  },
  {
    name: "started-and-stopped-by-an-interrupt",
    about: "An interrupt starts a periodic timer, the thread stops it, and it runs on.",
    origin: "Zephyr 40391",
    rule: "STOP-27",
    build: ({ unit }) =>
      program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "periodic", period: 3 * unit });
        const starts = interrupt();
        starts.handler.start(t);
        main
          .start(t)
          .interrupt(starts, 3 * unit)
          .sleep(4 * unit)
          .stop(t)
          .sleep(5 * unit);
        main
          .interrupt(starts, unit)
          .spin(2 * unit)
          .stop(t)
          .sleep(5 * unit)
          .pending(t);
      }),
  },
  {
    name: "soft-outside-of-service",
    about: "A soft callback runs in the interrupt.",
    origin: "MicroPython 7433",
    rule: "CALL-02",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        main
          .start(t)
          .sleep(2 * unit)
          .service();
      }),
  },
  {
    name: "soft-lost",
    about: "A soft callback that is due is not there at service().",
    origin: "MicroPython b1cdb20, Tock d63f977",
    rule: "CALL-04",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        const hard = timer({ mode: "one-shot", period: 2 });
        main
          .start(once)
          .start(hard)
          .sleep(2 * unit)
          .service()
          .start(once)
          .sleep(2 * unit)
          .service();
      }),
  },
  {
    name: "armed-during-a-pass",
    about: "A soft timer that a callback arms for the past runs in the same pass.",
    origin: "fake-timers loopLimit",
    rule: "CALL-13",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const other = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        const first = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        first.handler.capture(1).startAt(other, { register: 1, delta: 0 });
        main
          .start(first)
          .sleep(2 * unit)
          .service()
          .service();
      }),
  },
  {
    name: "all-released-while-queued",
    about: "A soft callback waits when all timers are released.",
    origin: "MicroPython 1113",
    rule: "LIFE-08",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1, dispatch: "soft" });
        main
          .start(t)
          .sleep(2 * unit)
          .deinitAll()
          .service();
      }),
  },
  {
    name: "handlers-in-each-other",
    about: "A handler that takes long is interrupted by that of another timer.",
    origin: "fake-timers recursion",
    rule: "CALL-17",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const long = timer({ mode: "one-shot", period: 8 * unit });
        const often = timer({ mode: "periodic", period: 2 * unit });
        long.handler.spin(5 * unit);
        main
          .start(long)
          .start(often)
          .sleep(16 * unit);
      }),
  },
  {
    name: "throws-once",
    about: "What a callback throws is not reported.",
    origin: "fake-timers uncaught errors",
    rule: "CALL-05",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * unit });
        t.handler.when(1).throw();
        main.start(t).sleep(7 * unit);
      }),
  },
  {
    name: "active-in-the-own-handler",
    about: "A one-shot is not active while its handler runs.",
    origin: "FreeRTOS V10.2.0",
    rule: "CALL-15",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        t.handler.pending(t);
        main
          .start(t)
          .sleep(2 * unit)
          .pending(t);
      }),
  },
  {
    name: "released-in-the-own-handler",
    about: "A handler that releases its own timer.",
    origin: "Morton 2000, case 3; esp-idf 2342",
    rule: "CALL-10",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: unit });
        t.handler.deinit(t);
        main
          .start(t)
          .sleep(4 * unit)
          .deinit(t)
          .init(t)
          .start(t)
          .sleep(2 * unit);
      }),
  },
  {
    name: "stale-after-a-new-one",
    about: "A stale handle reaches the timer that was made in its place.",
    origin: "fake-timers 549",
    rule: "REG-04",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 4 * unit });
        const anonymous = timer({ mode: "one-shot", period: 4 * unit });
        main
          .deinit(t)
          .spawn(anonymous)
          .stop(t)
          .start(t)
          .pending(t)
          .sleep(6 * unit);
      }),
  },
  {
    name: "slot-of-a-released-timer",
    about: "A timer that was released is still counted.",
    origin: "Tock alarm count",
    rule: "REG-02",
    build: () =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main.deinit(t).collect().stats();
      }),
  },
  {
    name: "set-up-again-by-an-interrupt",
    about: "An interrupt sets a pending timer up again; it stays in the queue.",
    origin: "MicroPython 19162",
    rule: "LIFE-01",
    build: ({ unit }) =>
      program(({ main, timer, interrupt }) => {
        const t = timer({ mode: "one-shot", period: 4 * unit });
        const sets = interrupt();
        sets.handler.init(t);
        main
          .start(t)
          .interrupt(sets, 0)
          .sleep(unit)
          .stats()
          .sleep(5 * unit)
          .pending(t);
      }),
  },
  {
    name: "set-up-again-while-late",
    about: "A soft timer is set up again after a start for the past, then started.",
    origin: "RIOT 18976",
    rule: "LIFE-01",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 2 * unit, dispatch: "soft" });
        main
          .capture()
          .startAt(t, { delta: 0 })
          .init(t)
          .start(t)
          .service()
          .sleep(3 * unit)
          .service();
      }),
  },
];
