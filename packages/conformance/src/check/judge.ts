import type { Indexed, OpName, RecordOf } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { ExpiryCheck } from "./expiries.js";
import { type Call, Iteration } from "./iteration.js";
import { ReadCheck } from "./reads.js";
import { ResultCheck } from "./results.js";
import { ValueCheck } from "./values.js";

/**
 * One iteration of a law's program under judgement: asks the trace, and says what breaks the law.
 *
 * Evidence that is asked for and is not there is a finding too; absence never passes.
 */
export class Judge extends Iteration {
  /** The `nth` call of an operation on a subject, from 1. */
  call(op: OpName, subject?: number, nth = 1): Call {
    const calls = this.view.calls(op, subject);
    const call = calls[nth - 1];
    if (call !== undefined) return call;
    const name = subject === undefined ? op : `${op}(${subject})`;
    return this.missing(
      `${counted(calls.length, "call")} of ${name} in the trace, expected at least ${nth}`,
    );
  }

  /** The `nth` call of an operation on a subject that was made in interrupt context, from 1. */
  interruptCall(op: OpName, subject: number, nth = 1): Call {
    const calls = this.view.calls(op, subject).filter((call) => call.context > 0);
    const name = `${op}(${subject}) in interrupts`;
    const seen = `${counted(calls.length, "call")} of ${name} in the trace`;
    return calls[nth - 1] ?? this.missing(`${seen}, expected at least ${nth}`);
  }

  /** The `nth` mark of that number, from 1. */
  mark(id: number, nth = 1): Indexed<RecordOf<"mark">> {
    return this.view.marks(id)[nth - 1] ?? this.missing(`mark ${id} is not in the trace`);
  }

  /** Exactly this many counts of the registry. */
  stats(count: number): readonly Indexed<RecordOf<"stats">>[] {
    const stats = this.view.stats();
    if (stats.length === count) return stats;
    return this.missing(
      `${counted(stats.length, "count")} of the registry in the trace, expected ${count}`,
    );
  }

  /** Handler entries of one timer, or of all. */
  expiries(timer?: number): ExpiryCheck {
    return new ExpiryCheck(this, this.view.expiries(timer), timer);
  }

  /** Some handler entries, chosen by the law. */
  these(expiries: readonly Indexed<RecordOf<"expiry">>[], timer?: number): ExpiryCheck {
    return new ExpiryCheck(this, expiries, timer);
  }

  /** What calls returned. */
  results(op: OpName, subject?: number): ResultCheck {
    return new ResultCheck(this, op, subject, this.view.calls(op, subject));
  }

  /** What values calls gave. */
  values(op: OpName, subject?: number): ValueCheck {
    return new ValueCheck(this, op, subject, this.view.calls(op, subject));
  }

  /** Time reads, of every context. */
  reads(): ReadCheck {
    return new ReadCheck(this, this.view.reads());
  }
}
