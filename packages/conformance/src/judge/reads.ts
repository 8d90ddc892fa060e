import type { BoardDescription, ReadRecord, TraceRecord } from "@escapement/scenario";
import { modulo } from "../_internal/modulo.js";
import { contextOf, endOf } from "./trace-tree.js";

/** Notes a violation that one record shows by itself, or together with those before it. */
export type Note = (
  rule: string,
  kind: string,
  expected: string,
  found: string,
  index: number,
) => void;

/** Reads that a read is compared with by the reference clock. */
const COMPARED = 3;

/**
 * The rules of reading the time, which need no model: a read lies between the stamps around it
 * (READ-01), no time that is read or stamped is below one before it (READ-03), and the reference clock
 * agrees (READ-01).
 */
export class Reads {
  readonly #description: BoardDescription;
  readonly #readTicks: number;
  readonly #note: Note;
  /** For each level, when what was recorded there was over. */
  readonly #ends: number[] = [];
  readonly #reads: ReadRecord[] = [];

  /** `readTicks`: the longest that a read takes which no recorded activity interrupts. */
  constructor(description: BoardDescription, readTicks: number, note: Note) {
    this.#description = description;
    this.#readTicks = readTicks;
    this.#note = note;
  }

  /** Judges a record that comes after those judged before, of an iteration that ends before `end`. */
  judge(records: readonly TraceRecord[], index: number, end: number): void {
    const record = records[index] as TraceRecord;
    this.#judgeStamp(record, index);
    if (record.kind !== "read") return;
    const before = records[index - 1];
    const begun = before === undefined ? record.at : Math.max(record.at, endOf(before));
    const next = index + 1 < end ? records[index + 1] : undefined;
    this.#judgeRead(record, begun, next, index);
    for (const before of this.#reads) this.#judgeByReference(before, record, index);
    this.#reads.push(record);
    if (this.#reads.length > COMPARED) this.#reads.shift();
  }

  /**
   * Stamps at one level never go back, and neither does whatever interrupted it; what it interrupted
   * may have been stamped before.
   */
  #judgeStamp(record: TraceRecord, index: number): void {
    const ends = this.#ends;
    const level = contextOf(record);
    const until = endOf(record);
    if (until < record.at) {
      const found = `a call began at ${record.at} and returned at ${until}`;
      this.#note("READ-03", "stamps", "times that never decrease", found, index);
    }
    let before = Number.NEGATIVE_INFINITY;
    for (let below = 0; below <= level; below++) before = Math.max(before, ends[below] ?? before);
    const time = record.kind === "call" && record.op === "service" ? until : record.at;
    if (time < before) {
      const found = `${time} after ${before}`;
      this.#note("READ-03", "stamps", "times that never decrease", found, index);
    }
    ends[level] = until;
  }

  /** `begun`: the time when the last of what interrupted the read was over. */
  #judgeRead(
    record: ReadRecord,
    begun: number,
    next: TraceRecord | undefined,
    index: number,
  ): void {
    const { value, at, context } = record;
    if (value < at) {
      this.#note(
        "READ-01",
        "below",
        `${at} or later, the time before the read`,
        `it read ${value}`,
        index,
      );
    }
    const latest = begun + this.#readTicks;
    if (value > latest) {
      const expected = `${latest} or earlier, as a read takes ${this.#readTicks} ticks at most`;
      this.#note("READ-18", "above", expected, `it read ${value}`, index);
    }
    if (next !== undefined && isAfter(record, next)) {
      const until = endOf(next);
      if (value > until) {
        this.#note(
          "READ-01",
          "above",
          `${until} or earlier, the time after the read`,
          `it read ${value}`,
          index,
        );
      }
    }
    const last = this.#reads.at(-1);
    // A read that was interrupted before it was made is recorded after the one that interrupted it.
    const isInterrupted = last !== undefined && context < last.context && at <= last.at;
    if (last !== undefined && value < last.value && !isInterrupted) {
      const found = `it read ${value} after ${last.value}`;
      this.#note("READ-03", "backwards", "times that never decrease", found, index);
    }
  }

  #judgeByReference(one: ReadRecord, two: ReadRecord, index: number): void {
    const clock = this.#description.reference;
    if (clock === undefined || one.reference === undefined || two.reference === undefined) return;
    const { modulusTicks } = clock;
    const scale = clock.frequencyHz / this.#description.frequencyHz;
    const wrapped = (ticks: number) => modulo(ticks, modulusTicks);
    const widths =
      wrapped(one.reference.return - one.reference.call) +
      wrapped(two.reference.return - two.reference.call);
    const rounding = Math.max(1, scale);
    const most = widths + 2 * rounding;
    // A window as wide as that shows nothing.
    if (most >= modulusTicks / 2) return;
    const passed = (two.value - one.value) * scale;
    const off = wrapped(passed - (two.reference.call - one.reference.return - rounding));
    if (off <= most) return;
    const ticks = Math.round((off > modulusTicks / 2 ? off - modulusTicks : off - most) / scale);
    const found = `two reads are ${ticks} ticks further apart than the reference clock says`;
    this.#note("READ-01", "reference", "the time that the reference clock shows", found, index);
  }
}

/**
 * Whether a record is stamped after the read before it was made. What the read interrupted may have been
 * stamped before, and written after it; a stamp later than the read's beginning was not, as that goes on
 * only when the interrupt is over.
 */
function isAfter({ context, at }: ReadRecord, next: TraceRecord): boolean {
  return contextOf(next) >= context || endOf(next) > at;
}
