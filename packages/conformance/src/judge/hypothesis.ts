/** Where a timer is in its life. */
export const Life = {
  /** It can be started. */
  Live: 0,
  /** `shutdown()`: it cannot be started any more. */
  Shut: 1,
  /** Its handle is stale. */
  Released: 2,
  /** It could not be made. */
  Never: 3,
} as const;

/**
 * One way in which a timer may be at some place of a trace: what the trace shows does not exclude it.
 * Ranges are of numbers that are not known exactly. A plain object with numbers only, as a judgement
 * makes very many of them.
 */
export class Hypothesis {
  /** One of {@link Life}. */
  life: number = Life.Live;
  /** Whether it is pending, or its soft callback waits. */
  isArmed = false;
  /** The deadline is one of deadlineLo, deadlineLo + step, … deadlineHi. */
  deadlineLo = 0;
  deadlineHi = 0;
  deadlineStep = 1;
  /** When it was armed. */
  armedLo = 0;
  armedHi = 0;
  /** The arming's place in the order of all that was done. */
  orderLo = 0;
  orderHi = 0;
  /** Until when a hard handler has to have been entered. */
  latest = 0;
  /** Its next period belongs to the pass of this `service()` (the step's index), or 0. */
  pass = 0;
  /** The handler in flight (an activity's id), or 0. */
  flight = 0;
  /** Whether that was stopped. */
  isStopped = false;
  /** It is a one-shot that ran since its last start. */
  hasFired = false;
  overrunsLo = 0;
  overrunsHi = 0;
  /** The overruns were taken while some of the next expiry may have been counted. */
  isCountOpen = false;
  periodTicks = 0;
  /** The period that was in force when its soft callback came to wait, where that was another; else 0. */
  waitingPeriodTicks = 0;
  /** Which of the operations in progress have taken effect: a bit for each. */
  effects = 0;
  /** The handler (an activity's id) that is in flight here and is not recorded yet, or 0. */
  entered = 0;

  /** Another one, the same in everything. */
  copy(): Hypothesis {
    const other = new Hypothesis();
    other.life = this.life;
    other.isArmed = this.isArmed;
    other.deadlineLo = this.deadlineLo;
    other.deadlineHi = this.deadlineHi;
    other.deadlineStep = this.deadlineStep;
    other.armedLo = this.armedLo;
    other.armedHi = this.armedHi;
    other.orderLo = this.orderLo;
    other.orderHi = this.orderHi;
    other.latest = this.latest;
    other.pass = this.pass;
    other.flight = this.flight;
    other.isStopped = this.isStopped;
    other.hasFired = this.hasFired;
    other.overrunsLo = this.overrunsLo;
    other.overrunsHi = this.overrunsHi;
    other.isCountOpen = this.isCountOpen;
    other.periodTicks = this.periodTicks;
    other.waitingPeriodTicks = this.waitingPeriodTicks;
    other.effects = this.effects;
    other.entered = this.entered;
    return other;
  }

  /** Whether the other says the same. */
  equals(other: Hypothesis): boolean {
    return (
      this.isArmed === other.isArmed &&
      this.overrunsHi === other.overrunsHi &&
      (!this.isArmed || this.#isArmedAs(other)) &&
      this.#isUnarmedAs(other)
    );
  }

  /** The same in everything that is not about its arming. */
  #isUnarmedAs(other: Hypothesis): boolean {
    return (
      this.life === other.life &&
      this.flight === other.flight &&
      this.isStopped === other.isStopped &&
      this.hasFired === other.hasFired &&
      this.overrunsLo === other.overrunsLo &&
      this.isCountOpen === other.isCountOpen &&
      this.periodTicks === other.periodTicks &&
      this.effects === other.effects &&
      this.entered === other.entered
    );
  }

  #isArmedAs(other: Hypothesis): boolean {
    return (
      this.deadlineLo === other.deadlineLo &&
      this.deadlineHi === other.deadlineHi &&
      this.deadlineStep === other.deadlineStep &&
      this.armedLo === other.armedLo &&
      this.armedHi === other.armedHi &&
      this.orderLo === other.orderLo &&
      this.orderHi === other.orderHi &&
      this.pass === other.pass &&
      this.waitingPeriodTicks === other.waitingPeriodTicks
    );
  }

  /**
   * Takes up another one that says the same but for when it was armed, and in a range of deadlines how
   * far that reaches. Returns whether it could.
   */
  absorb(other: Hypothesis): boolean {
    const isRange = this.deadlineStep > 1 && other.deadlineStep === this.deadlineStep;
    const { armedLo, armedHi, orderLo, orderHi, deadlineHi, latest, overrunsHi } = other;
    const isSame =
      this.isArmed === other.isArmed &&
      this.deadlineLo === other.deadlineLo &&
      (isRange || (this.deadlineHi === deadlineHi && this.overrunsHi === overrunsHi)) &&
      this.deadlineStep === other.deadlineStep &&
      this.pass === other.pass &&
      this.waitingPeriodTicks === other.waitingPeriodTicks &&
      this.#isUnarmedAs(other);
    if (!isSame) return false;
    this.armedLo = Math.min(this.armedLo, armedLo);
    this.armedHi = Math.max(this.armedHi, armedHi);
    this.orderLo = Math.min(this.orderLo, orderLo);
    this.orderHi = Math.max(this.orderHi, orderHi);
    this.deadlineHi = Math.max(this.deadlineHi, deadlineHi);
    this.overrunsHi = Math.max(this.overrunsHi, overrunsHi);
    this.latest = Math.max(this.latest, latest);
    return true;
  }

  /** Nothing is pending and no callback waits. */
  disarm(): void {
    this.isArmed = false;
    this.pass = 0;
    this.waitingPeriodTicks = 0;
  }

  /** Whether something of it is to come or in flight, as `active` says. */
  get isActive(): boolean {
    return this.isArmed || (this.flight !== 0 && !this.isStopped);
  }

  /** Whether calls are refused as on a stale handle. */
  get isStale(): boolean {
    return this.life >= Life.Released;
  }

  /** What the last handler that was not stopped, and so on, amounts to, for a sentence. */
  describe(): string {
    const parts: string[] = [];
    if (this.life === Life.Shut) parts.push("shut down");
    if (this.life === Life.Released) parts.push("released");
    if (this.life === Life.Never) parts.push("never made");
    if (this.isArmed) {
      const { deadlineLo, deadlineHi } = this;
      parts.push(`armed for ${range(deadlineLo, deadlineHi)}`);
    }
    if (this.flight !== 0) parts.push(this.isStopped ? "in flight and stopped" : "in flight");
    if (this.hasFired) parts.push("fired");
    return parts.length === 0 ? "idle" : parts.join(", ");
  }
}

/** A range as text; one number where it has no width. */
export function range(low: number, high: number): string {
  return low === high ? `${low}` : `${low} to ${high}`;
}

/** Leaves out what is there twice. */
export function distinct(hypotheses: Hypothesis[]): Hypothesis[] {
  const count = hypotheses.length;
  if (count < 2) return hypotheses;
  let kept = 0;
  for (let next = 0; next < count; next++) {
    const one = hypotheses[next] as Hypothesis;
    let isNew = true;
    for (let before = 0; before < kept && isNew; before++) {
      isNew = !one.equals(hypotheses[before] as Hypothesis);
    }
    if (isNew) hypotheses[kept++] = one;
  }
  hypotheses.length = kept;
  return hypotheses;
}
