import type { LawEnv } from "@escapement/conformance";
import { type Program, program, type Trace, type TraceRecord } from "@escapement/scenario";

/** A question that a rule of the contract decides, as a program and what it has to show. */
export interface OpenQuestion {
  /** The question. */
  readonly title: string;
  /** The rules that decide it. */
  readonly rules: readonly string[];
  /** The program; `unit` is long enough for some operations and a handler. */
  program(unit: number): Program;
  /** What the trace has to show, as {@link shownBy} says it. */
  readonly shows: readonly string[];
}

/** A time in which any board gets a few operations and a late handler done. */
export function unitOf({ op, late }: LawEnv): number {
  return 8 * (op + late);
}

/** What a trace shows besides times: results that are not `ok`, values, and which handlers ran, in order. */
export function shownBy({ records }: Trace): readonly string[] {
  return records.flatMap(shown);
}

function shown(record: TraceRecord): readonly string[] {
  if (record.kind === "expiry") return [`t${record.timer} runs`];
  if (record.kind === "stats") {
    const { allocated, pending, retired } = record;
    return [`${allocated} allocated, ${pending} pending, ${retired} retired`];
  }
  if (record.kind !== "call") return [];
  const { op, subject, result, value } = record;
  if (result !== "ok") return [`${op} t${subject}: ${result}`];
  return asked.has(op) ? [`${op}: ${value}`] : [];
}

const asked: ReadonlySet<string> = new Set([
  "service",
  "overruns",
  "pending",
  "count",
  "remaining",
]);

/** Programs that once showed a fault, or that the two HALs once did differently. */
export const openQuestions: readonly OpenQuestion[] = [
  {
    title: "Does the time stay true while a handler takes longer than its period?",
    rules: ["READ-21"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: unit, quiet: true });
        t.handler
          .spin(Math.ceil(1.2 * unit))
          .when(30)
          .stop(t);
        main
          .read()
          .start(t)
          .sleep(45 * unit)
          .count(t)
          .read();
      }),
    shows: ["start t0: armed", "stop t0: in-flight", "count: 30"],
  },
  {
    title: "Does a burst timer that is always due starve a one-shot?",
    rules: ["ARM-31"],
    program: (unit) =>
      program(({ main, timer }) => {
        const busy = timer({ mode: "periodic", period: 1, overrun: "burst", quiet: true });
        const other = timer({ mode: "one-shot", period: unit });
        busy.handler.when(400).stop(busy);
        main
          .start(other)
          .repeat(1, (body) => body.start(busy))
          .sleep(300 * unit)
          .count(other);
      }),
    shows: ["start t1: armed", "t1 runs", "stop t0: in-flight", "count: 1"],
  },
  {
    title: "May a period be set after shutdown()?",
    rules: ["STOP-17"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 100 * unit });
        main
          .start(t)
          .shutdown(t)
          .setPeriod(t, unit)
          .start(t)
          .sleep(2 * unit);
      }),
    shows: [
      "start t0: armed",
      "shutdown t0: removed",
      "setPeriod t0: timer-shut-down",
      "start t0: timer-shut-down",
    ],
  },
  {
    title: "Does a soft periodic timer that is served after each period miss one?",
    rules: ["PER-20"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * unit, dispatch: "soft" });
        main
          .start(t)
          .sleep(3 * unit)
          .service()
          .sleep(2 * unit)
          .service()
          .sleep(2 * unit)
          .service();
        main.stop(t).overruns(t);
      }),
    shows: [
      "start t0: armed",
      ...["t0 runs", "service: 1", "t0 runs", "service: 1", "t0 runs", "service: 1"],
      ...["stop t0: removed", "overruns: 0"],
    ],
  },
  {
    title: "Does a soft callback that waits hold back a hard handler?",
    rules: ["CALL-22"],
    program: (unit) =>
      program(({ main, timer }) => {
        const soft = timer({ mode: "one-shot", period: unit, dispatch: "soft" });
        const hard = timer({ mode: "one-shot", period: 3 * unit });
        main
          .start(soft)
          .start(hard)
          .sleep(6 * unit)
          .pending(hard)
          .service();
      }),
    shows: ["start t0: armed", "start t1: armed", "t1 runs", "pending: 0", "t0 runs", "service: 1"],
  },
  {
    title: "Does a periodic sibling run that a handler due at the same tick stops?",
    rules: ["STOP-30"],
    program: (unit) =>
      program(({ main, timer }) => {
        const first = timer({ mode: "one-shot", period: unit });
        const sibling = timer({ mode: "periodic", period: unit });
        first.handler.stop(sibling);
        main
          .capture(0)
          .startAt(first, { delta: 2 * unit })
          .startAt(sibling, { delta: 2 * unit });
        main.sleep(8 * unit).pending(sibling);
      }),
    shows: [
      ...["startAt t0: armed", "startAt t1: armed"],
      ...["t0 runs", "stop t1: removed", "pending: 0"],
    ],
  },
  {
    title: "Does a timer run that came due masked and was stopped before the restore?",
    rules: ["STOP-08"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        main
          .start(t)
          .mask()
          .spin(2 * unit)
          .stop(t)
          .restore()
          .sleep(2 * unit)
          .pending(t);
      }),
    shows: ["start t0: armed", "stop t0: removed", "pending: 0"],
  },
  {
    title: "Do two stops under one mask use something up?",
    rules: ["STOP-28"],
    program: (unit) =>
      program(({ main, timer }) => {
        const options = { mode: "one-shot", period: 100 * unit, quiet: true } as const;
        const [a, b] = [timer(options), timer(options)];
        main.repeat(100, (body) => body.start(a).start(b).mask().stop(a).stop(b).restore());
        main.start(a).start(b).stats();
      }),
    shows: ["start t0: armed", "start t1: armed", "2 allocated, 2 pending, 0 retired"],
  },
  {
    title: "In which order do timers run whose deadlines have passed?",
    rules: ["ARM-32"],
    program: (unit) =>
      program(({ main, timer }) => {
        const due = timer({ mode: "one-shot", period: 2 * unit });
        const late = timer({ mode: "one-shot", period: unit });
        main
          .capture()
          .mask()
          .start(due)
          .spin(4 * unit)
          .startAt(late, { delta: unit })
          .restore();
        main.sleep(2 * unit);
      }),
    shows: ["start t0: armed", "startAt t1: late", "t0 runs", "t1 runs"],
  },
  {
    title:
      "Is a soft periodic timer whose callback waits armed again, and are its overruns counted?",
    rules: ["PER-17", "PER-09"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * unit, dispatch: "soft" });
        main
          .start(t)
          .sleep(5 * unit)
          .stats()
          .remaining(t)
          .overruns(t)
          .service()
          .overruns(t)
          .stats();
      }),
    shows: [
      ...["start t0: armed", "1 allocated, 0 pending, 0 retired", "remaining: 0", "overruns: 0"],
      ...["t0 runs", "service: 1", "overruns: 1", "1 allocated, 1 pending, 0 retired"],
    ],
  },
  {
    title: "From which expiry does a new period count while a soft callback waits?",
    rules: ["PER-23"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * unit, dispatch: "soft" });
        main
          .start(t)
          .sleep(3 * unit)
          .setPeriod(t, 6 * unit)
          .service();
        main
          .sleep(4 * unit)
          .service()
          .sleep(2 * unit)
          .service();
      }),
    shows: ["start t0: armed", "t0 runs", "service: 1", "service: 0", "t0 runs", "service: 1"],
  },
  {
    title: "Do overruns survive stop() and start()?",
    rules: ["PER-21"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: 2 * unit });
        main
          .start(t)
          .mask()
          .spin(7 * unit)
          .restore()
          .stop(t)
          .start(t)
          .overruns(t)
          .overruns(t);
      }),
    shows: [
      ...["start t0: armed", "t0 runs", "stop t0: removed", "start t0: armed"],
      ...["overruns: 2", "overruns: 0"],
    ],
  },
  {
    title: "Which periods belong to a pass of service()?",
    rules: ["PER-22", "CALL-13"],
    program: (unit) =>
      program(({ main, timer }) => {
        const once = timer({ mode: "periodic", period: 2 * unit, dispatch: "soft" });
        const each = timer({
          ...{ mode: "periodic", period: 2 * unit, dispatch: "soft", overrun: "burst" },
        } as const);
        once.handler.spin(3 * unit);
        main
          .start(once)
          .start(each)
          .sleep(7 * unit)
          .service();
      }),
    shows: [
      ...["start t0: armed", "start t1: armed", "t0 runs"],
      ...["t1 runs", "t1 runs", "t1 runs", "service: 4"],
    ],
  },
  {
    title: "What is refused in an interrupt?",
    rules: ["CALL-21"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        const other = timer({ mode: "one-shot", period: 100 * unit });
        t.handler.service().collect().deinitAll().spawn(other).stats();
        main
          .start(other)
          .start(t)
          .sleep(4 * unit)
          .pending(other);
      }),
    shows: [
      ...["start t1: armed", "start t0: armed", "t0 runs", "service t0: in-interrupt"],
      ...["collect t0: in-interrupt", "deinitAll t0: in-interrupt", "spawn t1: in-interrupt"],
      ...["2 allocated, 1 pending, 0 retired", "pending: 1"],
    ],
  },
  {
    title: "Is every call on a stale handle refused?",
    rules: ["REG-13"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        main.deinit(t).start(t).stop(t).setPeriod(t, unit).remaining(t).pending(t).overruns(t);
        main.shutdown(t).stopSync(t, 1).deinit(t).stats();
      }),
    shows: [
      ...[
        "start",
        "stop",
        "setPeriod",
        "remaining",
        "pending",
        "overruns",
        "shutdown",
        "stopSync",
      ].map((op) => `${op} t0: stale-handle`),
      "1 allocated, 0 pending, 1 retired",
    ],
  },
  {
    title: "May start() return late?",
    rules: ["ARM-02"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: 1 });
        main.mask().start(t).start(t).start(t).restore().sleep(unit).stop(t);
      }),
    shows: [
      ...["start t0: armed", "start t0: armed", "start t0: armed", "t0 runs", "stop t0: fired"],
    ],
  },
  {
    title: "Is a stop before the handler's first line in time?",
    rules: ["STOP-26"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "periodic", period: unit });
        t.handler.stop(t).pending(t);
        main
          .start(t)
          .sleep(4 * unit)
          .pending(t);
      }),
    shows: ["start t0: armed", "t0 runs", "stop t0: in-flight", "pending: 0", "pending: 0"],
  },
  {
    title: "Does a one-shot that its own handler starts run again?",
    rules: ["CALL-07"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        t.handler.stop(t).when(1).start(t).pending(t);
        main
          .start(t)
          .sleep(6 * unit)
          .pending(t);
      }),
    shows: [
      ...["start t0: armed", "t0 runs", "stop t0: in-flight", "start t0: armed", "pending: 1"],
      ...["t0 runs", "stop t0: in-flight", "pending: 0"],
    ],
  },
  {
    title: "Is a timer active that its own handler has set up again?",
    rules: ["CALL-09"],
    program: (unit) =>
      program(({ main, timer }) => {
        const t = timer({ mode: "one-shot", period: unit });
        t.handler.pending(t).init(t).pending(t);
        main
          .start(t)
          .sleep(4 * unit)
          .stop(t);
      }),
    shows: ["start t0: armed", "t0 runs", "pending: 1", "pending: 0", "stop t0: idle"],
  },
];
