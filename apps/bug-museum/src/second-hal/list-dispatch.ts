import { ListEngine } from "./list-engine.js";

/** The pass of the timer interrupt, and that of `service()`. */
export abstract class ListDispatch extends ListEngine {
  protected serving = false;
  /** Timers that the running `service()` found waiting at its entry. */
  protected pass = new Set<number>();

  protected leavePass(index: number): void {
    this.pass.delete(index);
  }

  protected dispatch(): void {
    this.depth += 1;
    const cached = this.now();
    const served = new Set<number>();
    for (;;) {
      const state = this.port.saveAndMask();
      if (!this.has("wrap-left-to-its-vector")) this.countWrap();
      const now = this.now();
      const held = this.has("soft-holds-hard") && this.soft.length > 0;
      const head = held ? undefined : this.list[0];
      if (head === undefined || !this.isDue(head, now, cached) || served.has(head)) {
        this.program();
        this.port.restore(state);
        break;
      }
      if (this.has("ninth-due-is-dropped") && served.size >= 8) {
        this.list.shift();
        this.port.restore(state);
        continue;
      }
      served.add(head);
      this.expire(head, state, now);
    }
    this.depth -= 1;
  }

  protected isDue(index: number, now: number, cached: number): boolean {
    const slot = this.at(index);
    if (slot.deadline <= now) return true;
    // By the old reading a timer armed since lies outside [start, deadline): taken for expired.
    return this.has("cached-now-for-the-pass") && cached < slot.lastScheduled - 1;
  }

  protected expire(index: number, state: number, now: number): void {
    const slot = this.at(index);
    let scheduled = slot.deadline;
    this.list.shift();
    if (slot.spec.dispatch === "soft") {
      slot.fired = true;
      this.queueSoft(index, scheduled);
      this.port.restore(state);
      return;
    }
    if (slot.spec.mode === "periodic") {
      scheduled = this.advance(index, now);
      this.insert(index);
    } else slot.lastScheduled = scheduled;
    slot.fired = true;
    this.enter(index, scheduled, state);
  }

  /** Moves a periodic timer on to its next expiry; returns the one to be delivered. */
  protected advance(index: number, now: number): number {
    const slot = this.at(index);
    const period = slot.spec.periodTicks;
    const scheduled = slot.deadline;
    const missed = Math.floor((now - scheduled) / period);
    if (this.has("periodic-rearmed-from-now")) slot.deadline = now + period;
    else if (slot.spec.overrun === "burst" && !this.has("burst-loses-periods")) {
      slot.deadline += period;
    } else slot.deadline += (missed + 1) * period;
    if (slot.spec.overrun === "coalesce" && !this.has("overrun-uncounted")) {
      const before = this.has("overruns-of-the-last-block-only") && missed > 0 ? 0 : slot.overruns;
      slot.overruns = before + missed;
    }
    const skips = slot.spec.overrun === "skip" || this.has("coalesce-gives-the-newest");
    const newest = skips ? scheduled + missed * period : scheduled;
    slot.lastScheduled = slot.deadline - period;
    slot.armedAt = this.has("backlog-goes-first") ? 0 : this.now();
    return newest;
  }

  protected queueSoft(index: number, scheduled: number): void {
    const slot = this.at(index);
    if (this.has("soft-queue-of-four") && this.soft.length >= 4) return;
    if (this.has("restart-leaves-queue-entry") && this.soft.length >= this.capacity) return;
    slot.softWaiting = 1;
    slot.softScheduled = scheduled;
    this.soft.push(index);
  }

  /** Runs the next soft callback of the pass; `begin` is when the pass began. */
  protected serveOne(begin: number): number {
    const state = this.port.saveAndMask();
    const isFresh = this.has("pass-runs-new-arrivals");
    const index = this.soft.find((each) => isFresh || this.pass.has(each));
    if (index === undefined) {
      this.pass.clear();
      this.port.restore(state);
      return 0;
    }
    this.soft = this.soft.filter((each) => each !== index);
    this.pass.delete(index);
    const slot = this.at(index);
    if (slot.softWaiting === 0) {
      this.port.restore(state);
      return 0;
    }
    let scheduled = slot.softScheduled;
    slot.softWaiting = 0;
    if (slot.spec.mode === "one-shot") slot.lastScheduled = scheduled;
    else if (!this.has("soft-period-ends-when-served")) {
      slot.deadline = scheduled;
      scheduled = this.advance(index, this.now());
      // A burst's periods that were due when the pass began are part of it.
      if (slot.deadline <= begin) {
        this.queueSoft(index, slot.deadline);
        this.pass.add(index);
      } else {
        this.insert(index);
        this.program();
      }
    }
    this.enter(index, scheduled, state);
    return 1;
  }

  protected enter(index: number, scheduled: number, state: number): void {
    const slot = this.at(index);
    // In flight from here on, in the masked section of the taking: no stop can find it in between.
    slot.running += 1;
    const { callback } = slot;
    this.port.restore(state);
    try {
      callback(scheduled);
    } catch (error) {
      if (this.has("throw-stops-the-pass")) throw error;
      this.onError("callback-threw");
    } finally {
      const again = this.port.saveAndMask();
      slot.running -= 1;
      if (!this.has("stop-mark-stays")) slot.disowned = Math.min(slot.disowned, slot.running);
      const done = slot.spec.autoRelease && !this.list.includes(index);
      if (done && !this.has("fired-one-shots-leak")) this.retire(index);
      this.port.restore(again);
    }
  }
}
