import type { OpName } from "./program.js";
import type {
  CallRecord,
  ErrorRecord,
  ExitRecord,
  ExpiryRecord,
  InterruptRecord,
  MarkRecord,
  OpResult,
  ReadRecord,
  StatsRecord,
  Trace,
  TraceRecord,
} from "./trace.js";

/** A record together with its place in the trace. */
export type Indexed<R> = R & {
  /** Index into the trace's records, as a law's finding names it. */
  readonly index: number;
};

/** The records of one kind. */
export type RecordOf<K extends TraceRecord["kind"]> = Extract<
  TraceRecord,
  Readonly<Record<"kind", K>>
>;

/** Questions about a run of records; returns are in the order in which things happened. */
export class RecordView {
  /** All of them. */
  readonly records: readonly Indexed<TraceRecord>[];

  /** Asks about these; {@link traceView} and {@link iterations} are the usual way to get one. */
  constructor(records: readonly Indexed<TraceRecord>[]) {
    this.records = records;
  }

  /** Entries of a timer's handler; of every timer's when none is given. */
  expiries(timer?: number): Indexed<ExpiryRecord>[] {
    return this.#of("expiry").filter((each) => timer === undefined || each.timer === timer);
  }

  /** Returns of a timer's handler that has a list of its own. */
  exits(timer?: number): Indexed<ExitRecord>[] {
    return this.#of("exit").filter((each) => timer === undefined || each.timer === timer);
  }

  /** Calls of an operation, and about one subject where that is given. */
  calls(op?: OpName, subject?: number): Indexed<CallRecord>[] {
    return this.#of("call").filter(
      (each) =>
        (op === undefined || each.op === op) && (subject === undefined || each.subject === subject),
    );
  }

  /** What those calls returned. */
  results(op: OpName, subject?: number): OpResult[] {
    return this.calls(op, subject).map((call) => call.result);
  }

  /** The values that those calls gave. */
  values(op: OpName, subject?: number): number[] {
    return this.calls(op, subject).map((call) => call.value);
  }

  /** Time reads. */
  reads(): Indexed<ReadRecord>[] {
    return this.#of("read");
  }

  /** Entries of the second interrupt. */
  interrupts(interrupt?: number): Indexed<InterruptRecord>[] {
    return this.#of("interrupt").filter(
      (each) => interrupt === undefined || each.interrupt === interrupt,
    );
  }

  /** Marks. */
  marks(id?: number): Indexed<MarkRecord>[] {
    return this.#of("mark").filter((each) => id === undefined || each.id === id);
  }

  /** The registry's counts, as often as they were asked for. */
  stats(): Indexed<StatsRecord>[] {
    return this.#of("stats");
  }

  /** Errors that the HAL reported through its hook. */
  errors(): Indexed<ErrorRecord>[] {
    return this.#of("error");
  }

  #of<K extends TraceRecord["kind"]>(kind: K): Indexed<RecordOf<K>>[] {
    return this.records.filter((each): each is Indexed<RecordOf<K>> => each.kind === kind);
  }
}

/** One iteration of a sweep; its records start with the `iteration` record. */
export class IterationView extends RecordView {
  /** The sweep variable. */
  readonly value: number;
  /** When it began. */
  readonly at: number;

  /** Asks about these records of the iteration with this value. */
  constructor(value: number, at: number, records: readonly Indexed<TraceRecord>[]) {
    super(records);
    this.value = value;
    this.at = at;
  }
}

/** A whole trace. */
export class TraceView extends RecordView {
  /** Its iterations; one where the program has no sweep. */
  readonly iterations: readonly IterationView[];

  /** Numbers and splits the trace's records. */
  constructor(trace: Trace) {
    const records = trace.records.map((record, index) => ({ ...record, index }));
    super(records);
    const starts = records.filter((record) => record.kind === "iteration");
    this.iterations = starts.map((start, number) => {
      const end = starts[number + 1]?.index ?? records.length;
      return new IterationView(start.value, start.at, records.slice(start.index, end));
    });
  }
}

/**
 * A trace made easy to question. Pure; the trace is not changed.
 *
 * @example
 * ```ts
 * import { type Trace, traceView } from "@escapement/scenario";
 *
 * export const stoppedInFlight = (trace: Trace) =>
 *   traceView(trace).calls("stop", 0).every((call) => call.result === "in-flight");
 * ```
 */
export function traceView(trace: Trace): TraceView {
  return new TraceView(trace);
}

/** The iterations of a trace, each to be questioned by itself. */
export function iterations(trace: Trace): readonly IterationView[] {
  return traceView(trace).iterations;
}
