import type { ErrorRecord, TraceRecord } from "@escapement/scenario";
import { describeRecord } from "./record-text.js";
import { Activity, type ActivityKind, contextOf } from "./trace-tree.js";

/** A record that the HAL's error hook left, and its place in the trace. */
export interface FoundError {
  readonly record: ErrorRecord;
  readonly index: number;
}

/** Ends the judgement with a violation about the trace's structure. */
export type Misfit = (
  rule: string,
  kind: string,
  expected: string,
  found: string,
  index: number,
) => never;

/** Where an iteration lies in a trace. */
export interface IterationRange {
  readonly records: readonly TraceRecord[];
  /** Its `iteration` record. */
  readonly begin: number;
  /** Behind its last record. */
  readonly end: number;
  /** The sweep variable. */
  readonly value: number;
  /** Where the HAL's time has its 0, by the stamps: other than 0 after a lost lap. */
  readonly zeroTicks: number;
}

/** The place up to which an iteration's records have been read. */
export class RecordCursor {
  readonly records: readonly TraceRecord[];
  readonly end: number;
  /** The next record's place. */
  position: number;
  /** Errors that nothing so far explains. */
  readonly errors: FoundError[] = [];
  readonly #misfit: Misfit;
  #activities = 0;

  constructor({ records, begin, end }: IterationRange, misfit: Misfit) {
    this.records = records;
    this.position = begin;
    this.end = end;
    this.#misfit = misfit;
  }

  /** The next record, where there is one. */
  peek(): TraceRecord | undefined {
    return this.position < this.end ? this.records[this.position] : undefined;
  }

  /** The record that was read last. */
  get last(): TraceRecord {
    return this.records[this.position - 1] as TraceRecord;
  }

  /** Reads the next record as the first of an activity. */
  begin(kind: ActivityKind, subject: number, record: TraceRecord): Activity {
    this.position += 1;
    return this.beginBefore(kind, subject, record, this.position - 1);
  }

  /** Begins an activity whose entry has no record: the next record is something in it. */
  beginBefore(
    kind: ActivityKind,
    subject: number,
    record: TraceRecord,
    index = this.position,
  ): Activity {
    this.#activities += 1;
    return new Activity(kind, subject, contextOf(record), record, index, this.#activities);
  }

  /** Reads an error that nothing so far explains. */
  error(record: ErrorRecord): void {
    this.errors.push({ record, index: this.position });
    this.position += 1;
  }

  /** The next record breaks a rule. */
  misfit(rule: string, kind: string, expected: string, found: string): never {
    return this.#misfit(rule, kind, expected, found, Math.min(this.position, this.end - 1));
  }

  /** The next record, or that there is none, cannot be of this program. */
  unfit(expected: string, record: TraceRecord | undefined): never {
    const found = record === undefined ? "the trace ends" : `${describeRecord(record)} follows`;
    return this.misfit("WIRE", "structure", expected, found);
  }
}
