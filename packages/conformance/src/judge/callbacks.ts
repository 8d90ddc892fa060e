import { judgeAnonymous, spawn } from "./anonymous.js";
import type { Course } from "./course.js";
import { enter } from "./entry.js";
import type { Due, Entry } from "./handler-entry.js";
import { distinct, type Hypothesis } from "./hypothesis.js";
import { MOST_HYPOTHESES, type Model } from "./model.js";
import type { ServicePass } from "./service-pass.js";
import { isInOrder } from "./serving-order.js";
import type { TimerModel } from "./timer-model.js";
import type { Activity, Step } from "./trace-tree.js";

/** What has to be put back when an activity is left. */
export interface Outside {
  readonly pass: ServicePass | undefined;
  readonly entered: readonly number[];
  readonly maskedBy: number;
}

/**
 * Handlers and interrupts: when they are entered, in which order, and when they have returned.
 *
 * A handler is in flight for a little longer than its records say, at both ends. What interrupts it
 * between its taking and its first step is recorded before its expiry; what interrupts it between its
 * last step and its return to the HAL, after its exit. In both cases it is left open which it was.
 */
export class Callbacks {
  readonly #course: Course;
  readonly #model: Model;
  /** The `service()` in progress, from which soft callbacks run; none in an interrupt. */
  pass: ServicePass | undefined;
  /** Timers whose handlers may have been entered although that is recorded later. */
  #entered: readonly number[] = [];
  /** Handlers that may be in flight yet, although their exit is recorded. */
  #leaving: Activity[] = [];

  constructor(course: Course) {
    this.#course = course;
    this.#model = course.model;
  }

  /** How many entries of the handler of this operation's timer may be recorded after it. */
  isEntered({ op }: Step): number {
    if (!("timer" in op)) return 0;
    return this.#entered.filter((each) => each === op.timer).length;
  }

  /** An anonymous timer is made and started. */
  spawn(step: Step): void {
    spawn(step, this.#course);
  }

  /** An activity of these siblings begins; returns what to put back when it is left. */
  enter(siblings: readonly Activity[], place: number, within: Step | undefined): Outside {
    const model = this.#model;
    const activity = siblings[place] as Activity;
    const { kind, context } = activity;
    this.settle(context);
    const outside = { pass: this.pass, entered: this.#entered, maskedBy: model.maskedBy };
    if (context > 0) this.#mayHaveEntered(siblings, place);
    model.order += 1;
    activity.orderAtEntry = model.order;
    const isMasked = context > model.maskedBy && model.maskedBy >= 0;
    if (context > 0 && isMasked && activity.at > model.repeatedUntil) this.#masked(activity);
    if (kind === "handler") this.#handler(activity, siblings, place, within);
    if (kind === "interrupt") this.#course.second.enter(activity);
    if (context > 0) this.pass = undefined;
    model.running.push(activity);
    return outside;
  }

  /** The activity has returned, perhaps not quite. */
  leave(siblings: readonly Activity[], place: number, outside: Outside): void {
    const model = this.#model;
    const activity = siblings[place] as Activity;
    model.running.pop();
    this.pass = outside.pass;
    this.#entered = outside.entered;
    model.maskedBy = outside.maskedBy;
    model.order += 1;
    if (activity.kind !== "handler") return;
    if (activity.isAnonymous) {
      if (!isInterrupted(siblings, place)) return;
      model.anonymousLeaving += 1;
      this.#leaving.push(activity);
      return;
    }
    const timer = this.#timerOf(activity);
    if (!timer.isKnown) return;
    if (activity.hasThrown && model.bounds.semantics.callbackThrows === "stops-timer") {
      for (const each of timer.hypotheses) each.disarm();
    }
    if (!isInterrupted(siblings, place)) {
      landed(timer, activity.id);
      return;
    }
    const both = timer.hypotheses.map((each) => each.copy());
    landed(timer, activity.id);
    timer.hypotheses = distinct(timer.hypotheses.concat(both));
    this.#leaving.push(activity);
  }

  /** Something at this level, or below, goes on: handlers that were about to return have. */
  settle(level: number): void {
    if (this.#leaving.length === 0) return;
    const stay: Activity[] = [];
    for (const each of this.#leaving) {
      if (each.context < level) stay.push(each);
      else if (each.isAnonymous) this.#model.anonymousLeaving -= 1;
      else landed(this.#timerOf(each), each.id);
    }
    this.#leaving = stay;
  }

  /** An expiry inside a `repeat`: what its handler does is not recorded. */
  muted(activity: Activity): void {
    const model = this.#model;
    const timer = this.#timerOf(activity);
    timer.entries += 1;
    model.order += 1;
    if (timer.anonymous.length > 0 || !timer.isKnown || timer.isSoft) {
      this.#course.registry.unseen(timer.anonymous.length, 0);
      timer.anonymous = [];
      timer.forget();
      return;
    }
    this.#take(timer, this.#mutedEntryOf(activity), [activity], 0);
    landed(timer, activity.id);
  }

  #timerOf({ subject }: Activity): TimerModel {
    return this.#model.timers[subject] as TimerModel;
  }

  #handler(
    activity: Activity,
    siblings: readonly Activity[],
    place: number,
    within: Step | undefined,
  ): void {
    const model = this.#model;
    const timer = this.#timerOf(activity);
    const { index, at, subject } = activity;
    timer.entries += 1;
    if (
      !timer.isSoft &&
      model.running.some((each) => each.kind === "handler" && each.context > 0)
    ) {
      const found = `its handler interrupted that of another`;
      model.violate("CALL-17", "nested", "no other handler in progress", found, index, at, subject);
    }
    if (timer.isSoft && activity.context > 0) {
      const found = `its callback ran at level ${activity.context}`;
      model.violate("CALL-02", "level", "a callback in the thread", found, index, at, subject);
    }
    if (timer.isSoft && within?.name === "service" && this.pass !== undefined) {
      this.pass.ran += 1;
    } else if (timer.isSoft) {
      const found = "its callback ran outside of service()";
      model.violate("CALL-02", "outside", "nothing before service()", found, index, at, subject);
    }
    if (judgeAnonymous(timer, activity, this.#course)) return;
    if (!timer.isKnown) return;
    this.#take(
      timer,
      this.#entryOf(activity, at, this.#windowBegin(siblings, place), false),
      siblings,
      place,
    );
  }

  /** Judges a recorded entry. */
  #take(timer: TimerModel, entry: Entry, siblings: readonly Activity[], place: number): void {
    const model = this.#model;
    const { activity } = entry;
    const early: Hypothesis[] = [];
    let rest = timer.hypotheses;
    // Only what interrupts the entry leads to such hypotheses.
    if (place > 0 && (siblings[place - 1] as Activity).context > activity.context) {
      for (const each of rest) if (each.entered === activity.id) early.push(each);
      rest = rest.filter((each) => each.entered === 0);
    }
    const due: Due = newDue();
    let taken = enter(rest, timer, entry, model, due);
    if (timer.isSoft && entry.pass?.first === activity) entry.pass.firstOrder = model.order;
    if (taken.length > 0 && early.length === 0 && !isInOrder(timer, entry, due, model)) taken = [];
    for (const each of early) {
      each.entered = 0;
      taken.push(each);
    }
    model.keep(timer, taken, activity.index, activity.at);
  }

  /**
   * What runs now may have interrupted the entry of a handler that is recorded after it, and that one
   * the entry of another: a soft callback's is interrupted by a hard handler's, and that by an interrupt.
   */
  #mayHaveEntered(siblings: readonly Activity[], place: number): void {
    const { at, below } = siblings[place] as Activity;
    for (let next = below; next >= 0; next = (siblings[next] as Activity).below) {
      if ((siblings[next] as Activity).kind === "handler") this.#mayBeIn(siblings, next, at);
    }
  }

  /** The handler at that place may have been entered by this time. */
  #mayBeIn(siblings: readonly Activity[], place: number, at: number): void {
    const handler = siblings[place] as Activity;
    const timer = this.#timerOf(handler);
    this.#entered = [...this.#entered, handler.subject];
    if (!timer.isKnown || timer.anonymous.length > 0) return;
    if (timer.isSoft && this.pass === undefined) return;
    const begin = this.#windowBegin(siblings, place);
    const entry = this.#entryOf(handler, at, begin, true);
    const before = timer.hypotheses.filter((each) => each.entered !== handler.id);
    const early = enter(before, timer, entry, this.#model, newDue());
    const known = timer.hypotheses;
    const count = known.length;
    for (const each of early) {
      each.entered = handler.id;
      // Where many interrupt one after the other, each may have been the first.
      let isNew = true;
      for (let other = 0; other < count && isNew; other++) {
        isNew = !(known[other] as Hypothesis).absorb(each);
      }
      if (isNew) known.push(each);
    }
    if (known.length > MOST_HYPOTHESES) timer.forget();
  }

  /** An entry in a `repeat`: what interrupts it leaves no record. */
  #mutedEntryOf(activity: Activity): Entry {
    const { unseenInterruptTicks, order } = this.#model;
    const entry = this.#entryOf(activity, activity.at, order, false);
    const lookLo = Math.max(entry.scheduled, entry.lookLo - unseenInterruptTicks);
    return { ...entry, lookLo };
  }

  #entryOf(activity: Activity, at: number, orderLo: number, isEarly: boolean): Entry {
    const { record, context } = activity;
    const { heldBack, bounds, unseenTicks, order } = this.#model;
    const scheduled = record.kind === "expiry" ? record.scheduled : at;
    const lookTicks = bounds.dispatchTicks + unseenTicks;
    const look = heldBack.earliestLook(at, context, lookTicks);
    const lookLo = Math.max(scheduled, look);
    const pass = this.pass;
    return { activity, scheduled, at, lookLo, orderLo, orderHi: order, pass, isEarly };
  }

  /**
   * The order number from which on the handler at that place may have been taken: where activities of
   * higher levels stand directly before it, they may have interrupted its entry.
   */
  #windowBegin(siblings: readonly Activity[], place: number): number {
    const { windowFrom: first } = siblings[place] as Activity;
    const { orderAtEntry } = siblings[first] as Activity;
    return first === place || orderAtEntry === 0 ? this.#model.order : orderAtEntry;
  }

  #masked({ subject, context, kind, index, at }: Activity): void {
    const found = `${kind} ${subject} ran at level ${context}`;
    const timer = kind === "handler" ? subject : undefined;
    this.#model.violate(
      "ARM-19",
      "masked",
      "nothing, as interrupts were masked",
      found,
      index,
      at,
      timer,
    );
  }
}

function newDue(): Due {
  return {
    lo: Number.POSITIVE_INFINITY,
    orderLo: Number.POSITIVE_INFINITY,
    orderHi: Number.NEGATIVE_INFINITY,
    isExact: false,
    isFurther: false,
  };
}

/** Whether what stands after an activity may have interrupted its return. */
function isInterrupted(siblings: readonly Activity[], place: number): boolean {
  const after = siblings[place + 1];
  return after !== undefined && after.context > (siblings[place] as Activity).context;
}

/** The handler is not in flight any more. */
function landed(timer: TimerModel, id: number): void {
  let isChanged = false;
  for (const each of timer.hypotheses) {
    if (each.flight !== id) continue;
    each.flight = 0;
    each.isStopped = false;
    isChanged = true;
  }
  if (isChanged) timer.hypotheses = distinct(timer.hypotheses);
}
