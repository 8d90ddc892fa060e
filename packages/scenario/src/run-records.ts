import type { Machine } from "./driver.js";
import type { OpName } from "./program.js";
import type { OpResult, Refusal, TraceRecord } from "./trace.js";
import { isRefusal } from "./wire-codes.js";

/** Writes the records of a run, and knows which of them are to be left out. */
export class RunRecords {
  /** What was recorded so far. */
  readonly list: TraceRecord[] = [];
  /** While true, only expiries, refusals and errors are recorded. */
  muted = false;
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** A record that a repeat silences. */
  add(record: TraceRecord): void {
    if (!this.muted) this.list.push(record);
  }

  /** An expiry; silenced by nothing but the timer's own `quiet`. */
  expiry(timer: number, scheduled: number, at: number): void {
    const context = this.#machine.contextLevel();
    this.list.push({ kind: "expiry", timer, context, at, scheduled });
  }

  /** A call that returned just now. */
  call(op: OpName, subject: number, context: number, result: OpResult, value: number, at: number) {
    if (this.muted && !isRefusal(result)) return;
    const until = this.#machine.stamp();
    this.list.push({ kind: "call", op, subject, context, result, value, at, until });
  }

  /** An error that no caller could get. */
  error(code: Refusal): void {
    const context = this.#machine.contextLevel();
    this.list.push({ kind: "error", code, context, at: this.#machine.stamp() });
  }
}
