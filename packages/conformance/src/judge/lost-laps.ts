import type { TraceRecord } from "@escapement/scenario";
import type { IterationRange } from "./record-cursor.js";

/*
 * A lost lap stays lost. In the iterations of a sweep after one, the HAL's time is whole laps behind the
 * stamps; how many, READ-16 does not promise. The first time of the HAL that such an iteration shows
 * says it, and from there on all is judged as ever: the laps are the same for all its times, and for
 * those of the iterations after it.
 */

/** Laps that were lost in the iterations so far. */
export class LostLaps {
  readonly #lapTicks: number;
  /** The HAL's time is behind by that many ticks. */
  #ticks = 0;
  /** One was lost, and no time was seen after it. */
  #isOpen = false;

  constructor(lapTicks: number) {
    this.#lapTicks = lapTicks;
  }

  /** Whether one that was lost in an iteration before may be reported in this. */
  get mayBeReported(): boolean {
    return this.#isOpen;
  }

  /** One was lost, in the iteration that was judged last. */
  lost(): void {
    this.#isOpen = true;
  }

  /** An iteration with the HAL's times moved to the stamps, by what is seen until that time. */
  realign(range: IterationRange, until: number): IterationRange {
    if (this.#isOpen) this.#see(range, until);
    const zeroTicks = this.#ticks;
    if (zeroTicks === 0) return range;
    const { begin, end } = range;
    const records = range.records.map((record, index) =>
      index < begin || index >= end ? record : moved(record, zeroTicks),
    );
    return { ...range, records, zeroTicks };
  }

  /** A read is hardly later than its stamp; an expiry may be late, where nothing was read. */
  #see({ records, begin, end }: IterationRange, until: number): void {
    let behindRead = Number.NEGATIVE_INFINITY;
    let behindExpiry = Number.POSITIVE_INFINITY;
    for (let index = begin; index < end; index++) {
      const record = records[index] as TraceRecord;
      if (record.at >= until) continue;
      if (record.kind === "read") behindRead = Math.max(behindRead, record.at - record.value);
      if (record.kind === "expiry") {
        behindExpiry = Math.min(behindExpiry, record.at - record.scheduled);
      }
    }
    const laps = Number.isFinite(behindRead)
      ? Math.round(behindRead / this.#lapTicks)
      : Math.floor(behindExpiry / this.#lapTicks);
    if (!Number.isFinite(laps)) return;
    this.#isOpen = false;
    // None is found again.
    this.#ticks = Math.max(this.#ticks, laps * this.#lapTicks);
  }
}

function moved(record: TraceRecord, ticks: number): TraceRecord {
  if (record.kind === "read") return { ...record, value: record.value + ticks };
  if (record.kind === "expiry") return { ...record, scheduled: record.scheduled + ticks };
  return record;
}
