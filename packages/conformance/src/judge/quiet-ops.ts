import type { Op, Program, TraceRecord } from "@escapement/scenario";
import { isRecordOf } from "./trace-tree.js";

/**
 * The operations of handlers whose expiries are not recorded. Their own records are in the trace; which
 * handler one belongs to, it does not say.
 */
export class QuietOps {
  readonly #ops: readonly Op[];
  /** Whether such a handler runs in `service()`. */
  readonly hasSoft: boolean;
  /** Whether one may throw. */
  readonly throws: boolean;

  constructor({ timers }: Program) {
    const quiet = timers.filter((each) => each.quiet && each.handler.length > 0);
    this.#ops = quiet.flatMap((each) => each.handler);
    this.hasSoft = quiet.some((each) => each.dispatch === "soft");
    this.throws = this.#ops.some((op) => op.op === "throw");
  }

  /** The first operation that can have left this record. `service()` is refused in every handler (CALL-14, CALL-21). */
  find(record: TraceRecord): Op | undefined {
    if (this.#ops.length === 0) return undefined;
    if (record.kind === "call" && record.op === "service" && record.result === "ok") {
      return undefined;
    }
    return this.#ops.find((op) => isRecordOf(op, record));
  }

  /** Whether operations with other numbers can have left it, too. */
  isAmbiguous(record: TraceRecord): boolean {
    const all = this.#ops.filter((op) => isRecordOf(op, record));
    return new Set(all.map((op) => JSON.stringify(op))).size > 1;
  }
}
