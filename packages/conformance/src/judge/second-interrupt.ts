import type { Model } from "./model.js";
import { operandValue } from "./operand.js";
import type { Activity, Step } from "./trace-tree.js";

interface Request {
  readonly interrupt: number;
  readonly dueLo: number;
  readonly dueHi: number;
}

/**
 * The second interrupt, one request at a time. CALL-25: it is entered in time when nothing masks or
 * precedes it; a HAL that keeps interrupts masked for longer than it says delays it.
 */
export class SecondInterrupt {
  readonly #model: Model;
  /** What may be requested: one, or several where a request was interrupted. */
  #requests: readonly Request[] = [];
  /** The last request is sure not to have been served. */
  #isSure = false;
  /** Requests without a record may be in force. */
  #isOpen = false;

  constructor(model: Model) {
    this.#model = model;
  }

  /** An operation begins; a request may be in force from now on. */
  begin(step: Step): void {
    // A preset of the counter may pass over the tick of a request.
    if (step.name === "phase") this.#isSure = false;
    const request = this.#requestOf(step);
    if (request === undefined) return;
    if (step.isGuess) {
      // For when, is not known.
      this.unseen();
      return;
    }
    this.#isOpen = false;
    // Whatever interrupts the call may be a request before it.
    this.#isSure = step.nested.length === 0;
    this.#requests = this.#isSure ? [request] : [...this.#requests, request];
  }

  /** An operation returned: where it was interrupted, it may have replaced what was requested meanwhile. */
  end(step: Step): void {
    if (step.nested.length === 0 || step.isGuess) return;
    const request = this.#requestOf(step);
    if (request === undefined) return;
    this.#requests = [...this.#requests, request];
    this.#isSure = false;
  }

  #requestOf({ op, result, at, until }: Step): Request | undefined {
    if (op.op !== "interrupt" || result !== "ok") return undefined;
    const delay = operandValue(op.delay, this.#model.value);
    return { interrupt: op.interrupt, dueLo: at + delay, dueHi: until + delay };
  }

  /** Whether a request may be in force. */
  get mayCome(): boolean {
    return this.#isOpen || this.#requests.length > 0;
  }

  /** From here on a request may have been made, or served, without a record of it. */
  unseen(): void {
    this.#isOpen = true;
    this.#isSure = false;
  }

  /** The interrupt's handler was entered. */
  enter(activity: Activity): void {
    const { subject, at } = activity;
    if (this.#isOpen) return;
    const served = this.#requests.findIndex(
      (each) => each.interrupt === subject && at >= each.dueLo,
    );
    const request = this.#requests[served] ?? this.#notRequested(activity);
    if (this.#isSure) this.#judgeTime(request, at, activity.index);
    // Where several may have been in force, another may come yet.
    this.#requests = this.#isSure ? [] : this.#requests.filter((_, place) => place !== served);
    this.#isSure = false;
  }

  /** What is due and not served. */
  overdue(now: number, index: number): void {
    const last = this.#requests.at(-1);
    if (last !== undefined && this.#isSure) this.#judgeTime(last, now, index);
  }

  #judgeTime(request: Request, at: number, index: number): void {
    const model = this.#model;
    const latest = model.heldBack.latestInterrupt(request.dueHi) + model.bounds.opTicks;
    if (at <= latest) return;
    const expected = `an entry until ${latest}`;
    const found = `interrupt ${request.interrupt}, requested for ${request.dueHi}, had not come by ${at}`;
    model.violate("CALL-25", "second-interrupt", expected, found, index, at);
  }

  #notRequested({ subject, at, index }: Activity): never {
    const found = `interrupt ${subject} at ${at}`;
    return this.#model.violate("WIRE", "interrupt", this.#describe(), found, index, at);
  }

  #describe(): string {
    const [one] = this.#requests;
    if (one === undefined) return "no interrupt, as none was requested";
    return `interrupt ${one.interrupt}, from ${one.dueLo} on`;
  }
}
