import type { DriverTimerSpec, TimerDriver } from "@escapement/scenario";
import { ListDispatch } from "./list-dispatch.js";
import { type Callback, type ListHandle, refusal, type Slot } from "./list-engine.js";

/**
 * A second timer HAL, written the plain way: slots, and an array sorted by deadline. Without a bug
 * it obeys the contract, which makes it the control; with one it is the board that the suite must reject.
 */
export class ListHal extends ListDispatch implements TimerDriver<ListHandle> {
  create(spec: DriverTimerSpec, onExpiry: Callback): ListHandle {
    this.#refuseInInterrupt();
    this.#checkPeriod(spec.periodTicks);
    return this.locked(() => {
      this.drain();
      const index = this.slots.findIndex((slot) => !slot.used);
      if (index < 0) throw refusal("capacity-exhausted");
      const slot = this.at(index);
      const generation = slot.generation;
      this.slots[index] = { ...this.blank(generation), used: true, spec, callback: onExpiry };
      return { slot: index, generation };
    });
  }

  #refuseInInterrupt(): void {
    if (this.port.inInterrupt() && !this.has("interrupt-may-make")) throw refusal("in-interrupt");
  }

  #checkPeriod(ticks: number): void {
    if (!(ticks >= 1 && ticks <= this.maxDelayTicks)) throw refusal("invalid-argument");
  }

  init(handle: ListHandle, spec: DriverTimerSpec): void {
    this.#checkPeriod(spec.periodTicks);
    this.locked(() => {
      const slot = this.startable(handle);
      if (!this.has("init-keeps-running")) this.unlink(handle.slot);
      Object.assign(slot, { spec, fired: false, overruns: 0, softWaiting: 0 });
      if (!this.has("active-after-init")) slot.disowned = slot.running;
      this.program();
    });
  }

  start(handle: ListHandle): "armed" | "late" {
    return this.locked(() => {
      const { spec } = this.startable(handle);
      const anchor = this.now() + (this.has("start-without-partial-tick") ? 0 : 1);
      this.arm(handle.slot, anchor, spec.periodTicks);
      const looksAgain = this.has("late-reported-after-arming");
      return looksAgain && anchor + spec.periodTicks <= this.now() ? "late" : "armed";
    });
  }

  startAt(handle: ListHandle, reference: number, delta: number): "armed" | "late" | "missed" {
    const isTooLong = delta > this.maxDelayTicks && !this.has("longest-delay-overflows");
    if (reference < 0 || isTooLong) throw refusal("invalid-argument");
    return this.locked(() => {
      const { spec, callback } = this.startable(handle);
      const now = this.now();
      if (reference > now) throw refusal("invalid-argument");
      const isPast = reference + delta <= now;
      if (isPast && spec.late === "refuse" && !this.has("refuse-ignored")) return "missed";
      if (isPast && this.has("late-runs-in-caller")) callback(reference + delta);
      else {
        const isDoubled = this.has("reference-added-twice");
        this.arm(handle.slot, reference, isDoubled ? reference + delta : delta);
      }
      return isPast ? "late" : "armed";
    });
  }

  stop(handle: ListHandle): "removed" | "in-flight" | "fired" | "idle" {
    return this.locked(() => {
      const slot = this.live(handle);
      this.noteStop();
      const waiting = this.list.includes(handle.slot) || slot.softWaiting > 0;
      const due = slot.deadline <= this.now();
      if (slot.running > 0) {
        const soft = slot.spec.dispatch === "soft";
        const isUndone = this.has(soft ? "own-soft-stop-undone" : "own-stop-undone-by-requeue");
        if (!isUndone) this.unlink(handle.slot);
        slot.disowned = slot.running;
        this.program();
        return soft && this.has("own-soft-stop-returns-idle") ? "idle" : "in-flight";
      }
      if (this.has("stop-only-masks")) {
        this.port.enableCompare(false);
        return waiting ? "removed" : slot.fired ? "fired" : "idle";
      }
      const next = this.list[this.list.indexOf(handle.slot) + 1];
      if (this.has("due-periodic-skips-one") && due && slot.spec.mode === "periodic") {
        slot.deadline += slot.spec.periodTicks;
      } else if (!(this.has("due-beats-stop") && due)) this.unlink(handle.slot);
      // Whoever walks the list goes on from the one that has just left it.
      if (this.has("stop-drops-the-next-too") && this.depth > 0 && due && next !== undefined) {
        this.unlink(next);
      }
      this.program();
      if (waiting) {
        if (slot.spec.autoRelease) this.retire(handle.slot);
        slot.fired = false;
        return "removed";
      }
      if (this.has("stop-always-removed")) return "removed";
      const fired = slot.fired && slot.spec.mode === "one-shot";
      if (this.has("fired-returned-once")) slot.fired = false;
      return fired ? "fired" : "idle";
    });
  }

  stopSync(handle: ListHandle): "removed" | "in-flight" | "fired" | "idle" {
    return this.stop(handle);
  }

  shutdown(handle: ListHandle): "removed" | "in-flight" | "fired" | "idle" {
    return this.locked(() => {
      const result = this.stop(handle);
      const isForgotten =
        this.has("shutdown-forgotten") ||
        (this.has("idle-shutdown-forgotten") && result === "idle");
      if (!isForgotten) this.at(handle.slot).shut = true;
      return result;
    });
  }

  deinit(handle: ListHandle): void {
    this.locked(() => {
      const slot = this.at(handle.slot);
      if (!slot.used || slot.generation !== handle.generation) return;
      if (this.has("release-leaves-soft-waiting")) this.remove(handle.slot);
      else if (!this.#staysAfterRelease(slot)) this.unlink(handle.slot);
      this.retire(handle.slot);
      this.program();
    });
  }

  #staysAfterRelease(slot: Slot): boolean {
    if (this.has("free-leaves-it-queued")) return true;
    return this.has("release-leaves-due") && slot.deadline <= this.now();
  }

  setPeriod(handle: ListHandle, periodTicks: number): void {
    this.#checkPeriod(periodTicks);
    this.locked(() => {
      const slot = this.live(handle);
      if (slot.shut && !this.has("period-after-shutdown")) throw refusal("timer-shut-down");
      const before = slot.spec.periodTicks;
      slot.spec = { ...slot.spec, periodTicks };
      if (this.has("new-period-drops-waiting") && slot.softWaiting > 0) {
        slot.lastScheduled = slot.softScheduled;
        this.unlink(handle.slot);
        this.list.push(handle.slot);
      }
      if (!this.list.includes(handle.slot)) return;
      this.remove(handle.slot);
      const fixed =
        this.has("period-counts-from-reference") || this.has("new-period-drops-waiting");
      slot.deadline = (fixed ? slot.lastScheduled : slot.deadline - before) + periodTicks;
      slot.armedAt = this.now();
      this.insert(handle.slot);
      this.program();
    });
  }

  remaining(handle: ListHandle): number {
    return this.locked(() => {
      const slot = this.live(handle);
      if (!this.list.includes(handle.slot)) return 0;
      const left = slot.deadline - this.now();
      return left < 0 ? (this.has("remaining-wraps-when-overdue") ? 2 ** 32 + left : 0) : left;
    });
  }

  active(handle: ListHandle): boolean {
    return this.locked(() => {
      const slot = this.at(handle.slot);
      const isMine = slot.used && slot.generation === handle.generation;
      if (this.has("stale-getters-result")) {
        if (!isMine || slot.retired) return false;
      } else this.live(handle);
      if (this.has("one-shot-stays-active") && slot.fired) return true;
      const isWaiting = this.list.includes(handle.slot) || slot.softWaiting > 0;
      return isWaiting || slot.running > slot.disowned;
    });
  }

  overruns(handle: ListHandle): number {
    return this.locked(() => {
      const slot = this.live(handle);
      const count = slot.overruns;
      slot.overruns = 0;
      return count;
    });
  }

  service(): number {
    this.#refuseInInterrupt();
    if (this.serving) throw refusal("reentrant-service");
    this.serving = true;
    try {
      if (!this.has("service-drains-nothing")) this.collect();
      const begin = this.locked(() => {
        this.pass = new Set(this.soft);
        return this.now();
      });
      const isFresh = this.has("pass-runs-new-arrivals");
      let ran = 0;
      // With that bug a callback that starts itself again would be served for ever.
      for (let turns = 0; isFresh ? this.soft.length > 0 && turns < 64 : this.pass.size > 0; ) {
        ran += this.serveOne(begin);
        turns += 1;
      }
      return ran;
    } finally {
      this.serving = false;
      this.pass.clear();
    }
  }

  collect(): void {
    this.#refuseInInterrupt();
    this.locked(() => this.drain());
  }

  deinitAll(): void {
    this.#refuseInInterrupt();
    this.locked(() => {
      this.list = [];
      this.soft = [];
      this.pass.clear();
      this.slots.forEach((slot, index) => {
        if (slot.used) this.retire(index);
      });
      this.drain();
      this.program();
    });
  }

  stats(): { allocated: number; pending: number; retired: number } {
    return this.locked(() => {
      const used = this.slots.filter((slot) => slot.used);
      const retired = used.filter((slot) => slot.retired).length;
      return { allocated: used.length, pending: this.list.length, retired };
    });
  }
}
