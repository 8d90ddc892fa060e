import { program } from "@escapement/scenario";
import type { CorpusEntry } from "./entry.js";

/** Periods, overruns, and the time that is read. */
export const periodsAndReads: readonly CorpusEntry[] = [
  {
    name: "periods-drift",
    about: "Each period counts from the handler's entry, not from the deadline.",
    origin: "RIOT ztimer_periodic",
    rule: "PER-02",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 3 * unit, overrun: "burst" });
        t.handler.spin(Math.ceil(unit / 2));
        main
          .start(t)
          .sleep(12 * unit)
          .sleep(unit);
      }),
  },
  {
    name: "skip-to-the-newest",
    about: "The period that is delivered of those missed is not the newest.",
    origin: "ESP-IDF skip_unhandled_events",
    rule: "PER-08",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 3, dispatch: "soft", overrun: "skip" });
        main
          .start(t)
          .sleep(2 * unit)
          .service()
          .overruns(t);
      }),
  },
  {
    name: "skip-hard",
    about: "A skipping timer delivers a time that is none of its periods.",
    origin: "Pico 2 positive delay",
    rule: "PER-08",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * unit, overrun: "skip" });
        main
          .start(t)
          .mask()
          .spin(7 * unit)
          .restore()
          .sleep(5 * unit)
          .overruns(t);
      }),
  },
  {
    name: "overruns-of-a-soft-timer",
    about: "Periods that pass while a soft callback waits are not counted.",
    origin: "Lobo 261",
    rule: "PER-04",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: Math.ceil(unit / 2), dispatch: "soft" });
        t.handler.overruns(t);
        main
          .start(t)
          .sleep(3 * unit)
          .service()
          .overruns(t);
      }),
  },
  {
    name: "period-while-queued",
    about: "A new period of a timer whose soft callback waits.",
    origin: "Escapement issue 8",
    rule: "PER-23",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 5 * unit, dispatch: "soft" });
        main
          .start(t)
          .sleep(13 * unit)
          .setPeriod(t, 8 * unit)
          .service()
          .remaining(t)
          .overruns(t);
      }),
  },
  {
    name: "period-while-due",
    about: "A longer period for a one-shot that is due, with interrupts masked.",
    origin: "Escapement issue 10",
    rule: "PER-06",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 2 * unit });
        main
          .start(t)
          .mask()
          .spin(3 * unit)
          .setPeriod(t, 6 * unit)
          .remaining(t)
          .restore();
        main.sleep(9 * unit).pending(t);
      }),
  },
  {
    name: "burst-in-one-pass",
    about: "What becomes due during a pass of service() belongs to the next.",
    origin: "fake-timers loopLimit, Escapement issue 8",
    rule: "PER-22",
    build: ({ unit }) =>
      program(({ main, timer }) => {
        const stopped = timer({ mode: "one-shot", period: 4 * unit, dispatch: "soft" });
        const often = timer({
          mode: "periodic",
          period: 6 * unit,
          dispatch: "soft",
          overrun: "burst",
        });
        often.handler.stop(stopped).spin(12 * unit);
        main
          .start(often)
          .start(stopped)
          .sleep(8 * unit)
          .service()
          .service();
      }),
  },
  {
    name: "read-before-any-timer",
    about: "The time is read before any timer exists.",
    origin: "Embassy 01d8543",
    rule: "READ-13",
    build: ({ unit }) =>
      program(({ main }) => {
        main.read().sleep(unit).read();
      }),
  },
  {
    name: "read-after-a-lap-in-two-sleeps",
    about: "A lap that passes in two sleeps is not counted.",
    origin: "RIOT 93c5755",
    rule: "READ-01",
    build: ({ lap }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main
          .start(t)
          .sleep(Math.floor(0.6 * lap))
          .sleep(Math.floor(0.7 * lap))
          .capture()
          .read();
      }),
  },
  {
    name: "read-in-masked-rounds",
    about: "Reads around a wrap, masked and not, again and again.",
    origin: "openwch 148",
    rule: "READ-11",
    build: ({ unit, lap }) =>
      program(({ main }) => {
        main
          .phase(Math.max(0, lap - 3 * unit))
          .mask()
          .spin(2 * unit)
          .read()
          .readMany(7)
          .restore();
        main
          .readMany(7)
          .read()
          .sleep(unit)
          .mask()
          .read()
          .spin(3 * unit)
          .read()
          .restore()
          .read();
      }),
  },
  {
    name: "stops-shift-the-time",
    about: "Stopping timers shifts the time that is read.",
    origin: "avr8js 137",
    rule: "READ-19",
    build: ({ lap }) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main
          .read()
          .sleep(Math.floor(0.75 * lap))
          .stop(t)
          .stop(t);
        main
          .sleep(Math.floor(0.75 * lap))
          .pending(t)
          .read();
      }),
  },
];
