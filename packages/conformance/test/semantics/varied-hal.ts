import type { TimerPort } from "@escapement/core";
import type { BoardSemantics, DriverTimerSpec } from "@escapement/scenario";
import {
  type Callback,
  type ListHandle,
  refusal,
} from "../../../../apps/bug-museum/src/second-hal/list-engine.js";
import { ListHal } from "../../../../apps/bug-museum/src/second-hal/list-hal.js";

type Start = "armed" | "late";

/** What the HAL is made to do otherwise than the contract. */
export type Does = Partial<BoardSemantics>;

/** The second HAL of the museum, made to differ from the contract in what a board may state. */
export class VariedHal extends ListHal {
  override readonly maxDelayTicks: number;
  readonly #does: Does;
  /** Hard handlers that run, innermost last: when each was scheduled. */
  readonly #entered: number[] = [];
  /** Callbacks that are delivered although their timers were stopped; in the queue by negative numbers. */
  readonly #orphans = new Map<number, () => void>();
  /** Expiries of a soft timer that was armed again before its callback was taken. */
  readonly #backlog = new Map<number, number[]>();
  /** Released in the same place of a program as its spawn, before it could fire. */
  #spawned = 0;

  constructor(port: TimerPort, does: Does) {
    super(port, does.makingInInterrupt === "allowed" ? ["interrupt-may-make"] : []);
    this.#does = does;
    const { granularityTicks = 1 } = does;
    this.maxDelayTicks = Math.floor(2 ** 40 / granularityTicks) * granularityTicks;
  }

  override create(spec: DriverTimerSpec, onExpiry: Callback): ListHandle {
    return super.create(this.#specOf(spec), onExpiry);
  }

  override init(handle: ListHandle, spec: DriverTimerSpec): void {
    super.init(handle, this.#specOf(spec));
  }

  #specOf(spec: DriverTimerSpec): DriverTimerSpec {
    const { missedPeriods = "by-policy", pastDeadline = "by-policy" } = this.#does;
    return {
      ...spec,
      periodTicks: this.#whole(spec.periodTicks),
      ...(missedPeriods !== "by-policy" && { overrun: missedPeriods }),
      ...(pastDeadline === "refused" && { late: "refuse" as const }),
      ...(["fires", "clamped"].includes(pastDeadline) && { late: "fire" as const }),
    };
  }

  /** Rounded up to ticks of the system. */
  #whole(ticks: number): number {
    const { granularityTicks = 1 } = this.#does;
    return Math.ceil(ticks / granularityTicks) * granularityTicks;
  }

  override start(handle: ListHandle): Start {
    const { startInHandler, partialTick, relativeStart, granularityTicks = 1 } = this.#does;
    return this.locked(() => {
      const { spec } = this.startable(handle);
      this.#refuseRunning(handle);
      if (this.#isCollected(spec)) {
        this.deinit(handle);
        return "armed";
      }
      const from = startInHandler === "from-scheduled" ? this.#entered.at(-1) : undefined;
      const tick = Math.floor((from ?? this.now()) / granularityTicks) * granularityTicks;
      const anchor = tick + (partialTick === "given-away" ? 0 : granularityTicks);
      this.arm(handle.slot, anchor, spec.periodTicks);
      const isPast = anchor + spec.periodTicks <= this.now();
      return isPast && relativeStart === "armed-or-late" ? "late" : "armed";
    });
  }

  /** Every second timer that nobody holds. */
  #isCollected({ autoRelease }: DriverTimerSpec): boolean {
    if (this.#does.unreferenced !== "collected" || !autoRelease) return false;
    this.#spawned += 1;
    return this.#spawned % 2 === 0;
  }

  override startAt(
    handle: ListHandle,
    reference: number,
    delta: number,
  ): "armed" | "late" | "missed" {
    const { pastDeadline, maxReferenceAgeTicks = Number.POSITIVE_INFINITY } = this.#does;
    return this.locked(() => {
      const { late } = this.startable(handle).spec;
      const now = this.now();
      const isBad = reference < 0 || reference > now || delta > this.maxDelayTicks;
      if (isBad || now - reference > maxReferenceAgeTicks) throw refusal("invalid-argument");
      const deadline = this.#whole(reference + delta);
      const isPast = deadline <= now;
      if (isPast && late === "refuse") return "missed";
      this.#refuseRunning(handle);
      const isClamped = isPast && pastDeadline === "clamped";
      this.arm(handle.slot, isClamped ? now + 1 : deadline, 0);
      return isPast && !isClamped ? "late" : "armed";
    });
  }

  #refuseRunning(handle: ListHandle): void {
    const isRefused = this.#does.startOfRunning === "refused" && this.isArmed(handle);
    if (isRefused) throw refusal("invalid-argument");
  }

  /** Whether the timer waits for an expiry, also while its handler runs. */
  isArmed(handle: ListHandle): boolean {
    return this.list.includes(handle.slot) || this.at(handle.slot).softWaiting > 0;
  }

  override stop(handle: ListHandle): ReturnType<ListHal["stop"]> {
    return this.locked(() => {
      const isDelivered =
        this.live(handle).softWaiting > 0 && this.#does.queuedOnStop === "delivered";
      const result = super.stop(handle);
      return isDelivered ? "in-flight" : result;
    });
  }

  override setPeriod(handle: ListHandle, periodTicks: number): void {
    const whole = this.#whole(periodTicks);
    const { setPeriod = "moves" } = this.#does;
    if (setPeriod === "moves") {
      super.setPeriod(handle, whole);
      return;
    }
    this.locked(() => {
      const slot = this.live(handle);
      const waits = this.list.includes(handle.slot);
      const { deadline, softWaiting, armedAt } = slot;
      const order = [...this.list];
      super.setPeriod(handle, whole);
      if (!waits && softWaiting === 0) return;
      if (setPeriod === "next") {
        // What is pending stays as it is, its place among equal deadlines too.
        Object.assign(slot, { deadline, armedAt });
        this.list.splice(0, this.list.length, ...order);
        this.program();
        return;
      }
      if (!waits) return;
      slot.deadline = this.now() + 1 + whole;
      this.remove(handle.slot);
      this.insert(handle.slot);
      this.program();
    });
  }

  protected override insert(index: number): void {
    const { equalDeadlines = "fifo" } = this.#does;
    const due = this.#dueOf(index);
    const place = this.list.findIndex((other) => {
      const theirs = this.#dueOf(other);
      return equalDeadlines === "fifo" ? theirs > due : theirs >= due;
    });
    this.list.splice(place < 0 ? this.list.length : place, 0, index);
  }

  #dueOf(index: number): number {
    const { deadline, armedAt } = this.at(index);
    return this.#does.overdue === "by-deadline" ? deadline : Math.max(deadline, armedAt);
  }

  override overruns(handle: ListHandle): number {
    return Math.min(super.overruns(handle), this.#does.maxOverruns ?? Number.POSITIVE_INFINITY);
  }

  override service(): number {
    this.#threadOnly();
    return super.service();
  }

  override collect(): void {
    this.#threadOnly();
    super.collect();
  }

  override deinitAll(): void {
    this.#threadOnly();
    super.deinitAll();
    this.#orphans.clear();
  }

  #threadOnly(): void {
    if (this.port.inInterrupt()) throw refusal("in-interrupt");
  }

  protected override unlink(index: number): void {
    const slot = this.at(index);
    this.#backlog.delete(index);
    if (this.#does.queuedOnStop === "delivered" && slot.softWaiting > 0) {
      const { callback, softScheduled } = slot;
      const orphan = -1 - this.#orphans.size - (this.soft.length + 1) * 1000;
      this.#orphans.set(orphan, () => {
        slot.running += 1;
        try {
          callback(softScheduled);
        } catch {
          this.onError("callback-threw");
        } finally {
          slot.running -= 1;
        }
      });
      this.soft = this.soft.map((each) => (each === index ? orphan : each));
      if (this.pass.delete(index)) this.pass.add(orphan);
    }
    super.unlink(index);
  }

  protected override expire(index: number, state: number, now: number): void {
    const slot = this.at(index);
    const { spec } = slot;
    const isAhead =
      this.#does.softRearm === "at-expiry" && spec.dispatch === "soft" && spec.mode === "periodic";
    if (!isAhead) {
      super.expire(index, state, now);
      return;
    }
    this.list.shift();
    const scheduled = this.advance(index, now);
    this.insert(index);
    const backlog = this.#backlog.get(index) ?? [];
    this.#backlog.set(index, backlog);
    if (backlog.length === 0 || spec.overrun === "burst") backlog.push(scheduled);
    else if (spec.overrun === "skip") backlog[0] = scheduled;
    else slot.overruns += 1;
    if (slot.softWaiting === 0) this.queueSoft(index, scheduled);
    this.port.restore(state);
  }

  protected override serveOne(begin: number): number {
    const first = this.soft.find((each) => this.pass.has(each));
    const orphan = first === undefined ? undefined : this.#orphans.get(first);
    if (first !== undefined && orphan !== undefined) {
      this.soft = this.soft.filter((each) => each !== first);
      this.pass.delete(first);
      this.#orphans.delete(first);
      orphan();
      return 1;
    }
    const backlog = first === undefined ? undefined : this.#backlog.get(first);
    if (first === undefined || backlog === undefined) return super.serveOne(begin);
    const state = this.port.saveAndMask();
    const slot = this.at(first);
    const scheduled = backlog.shift() ?? slot.softScheduled;
    this.soft = this.soft.filter((each) => each !== first);
    this.pass.delete(first);
    slot.softWaiting = 0;
    const next = backlog[0];
    if (next !== undefined) {
      this.queueSoft(first, next);
      if (next <= begin) this.pass.add(first);
    }
    this.enter(first, scheduled, state);
    return 1;
  }

  protected override enter(index: number, scheduled: number, state: number): void {
    const hard = this.at(index).spec.dispatch === "hard";
    const { callback } = this.at(index);
    if (this.#does.callbackThrows === "stops-timer") this.#stopWhereItThrows(index, callback);
    if (hard) this.#entered.push(scheduled);
    try {
      super.enter(index, scheduled, state);
    } finally {
      if (hard) this.#entered.pop();
    }
  }

  #stopWhereItThrows(index: number, callback: Callback): void {
    const slot = this.at(index);
    slot.callback = (scheduled) => {
      slot.callback = callback;
      try {
        callback(scheduled);
      } catch (error) {
        this.locked(() => this.unlink(index));
        throw error;
      }
    };
  }
}
