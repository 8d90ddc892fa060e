import type { OverrunPolicy } from "@escapement/core";
import type { TimerSpec } from "@escapement/scenario";
import { Hypothesis, Life } from "./hypothesis.js";
import type { Step } from "./trace-tree.js";

/** Why a hypothesis does not go on: the rule that excludes what was recorded. */
export interface Refutation {
  readonly rule: string;
  readonly kind: string;
  readonly expected: string;
  readonly found: string;
}

/** An anonymous one-shot that `spawn` armed. */
export interface Anonymous {
  readonly deadlineLo: number;
  readonly deadlineHi: number;
  readonly armedLo: number;
  readonly armedHi: number;
  /** The call that makes it. */
  readonly madeBy: Step;
  /** Time was brought forward meanwhile, perhaps over its deadline: it may come at any later time. */
  isPassedOver?: boolean;
}

/** One timer of the program as the judge knows it: what may be the case with it. */
export class TimerModel {
  readonly number: number;
  readonly spec: TimerSpec;
  readonly isSoft: boolean;
  readonly isPeriodic: boolean;
  /** What happens to its missed periods; of a one-shot, nothing. */
  readonly policy: OverrunPolicy;
  /** Its period cannot be armed: every set-up is refused. */
  readonly isBad: boolean;
  /** What its set-up gives it. */
  readonly periodTicks: number;
  /** All that may be; never empty. */
  hypotheses: Hypothesis[];
  /** False where the trace does not show enough of it: it is not judged until it is set up again. */
  isKnown: boolean;
  /** Anonymous ones of this spec that have not run. */
  anonymous: Anonymous[] = [];
  /** Recorded entries of its handler. */
  entries = 0;
  /** Why the last hypothesis did not go on. */
  refutation: Refutation | undefined;

  #isLost = false;

  constructor(
    number: number,
    spec: TimerSpec,
    policy: OverrunPolicy,
    periodTicks: number,
    isBad: boolean,
  ) {
    this.number = number;
    this.spec = spec;
    this.isSoft = spec.dispatch === "soft";
    this.isPeriodic = spec.mode === "periodic";
    this.policy = policy;
    this.isBad = isBad;
    this.periodTicks = periodTicks;
    this.isKnown = this.#canBeFollowed;
    const first = new Hypothesis();
    first.life = isBad ? Life.Never : Life.Live;
    first.periodTicks = periodTicks;
    this.hypotheses = [first];
  }

  /** It was set up: it is as at the beginning. */
  begin(): void {
    const first = new Hypothesis();
    first.periodTicks = this.periodTicks;
    this.hypotheses = [first];
    this.isKnown = this.#canBeFollowed && !this.#isLost;
  }

  /** Whether its expiries are recorded, or need not be. */
  get #canBeFollowed(): boolean {
    const { quiet, handler } = this.spec;
    return !quiet || (!this.isSoft && handler.length === 0);
  }

  /** Gives up following it. */
  forget(): void {
    this.isKnown = false;
  }

  /** Gives up following it, also where it is set up again: what is to come of it is not of that. */
  lose(): void {
    this.#isLost = true;
    this.isKnown = false;
  }

  /** Notes why a hypothesis does not go on. */
  refute(rule: string, kind: string, expected: string, found: string): void {
    this.refutation = { rule, kind, expected, found };
  }

  /** Its state as text, for a sentence. */
  describe(): string {
    const all = new Set(this.hypotheses.map((each) => each.describe()));
    return [...all].slice(0, 3).join("; or ");
  }
}
