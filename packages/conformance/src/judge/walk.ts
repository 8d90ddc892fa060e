import { limits } from "@escapement/scenario";
import { passOver } from "./anonymous.js";
import { Callbacks } from "./callbacks.js";
import type { Course } from "./course.js";
import { EffectTracker } from "./effects.js";
import { judgeMachine, judgeTime } from "./machine-rules.js";
import { maskDepthAfter } from "./mask-depth.js";
import type { Model } from "./model.js";
import { judgeOverdue, judgeService } from "./overdue.js";
import { Registry } from "./registry.js";
import { SecondInterrupt } from "./second-interrupt.js";
import { passOf } from "./service-pass.js";
import { type Activity, nothing, type Step } from "./trace-tree.js";
import { leaveOpen } from "./unseen.js";

/**
 * Follows an iteration record by record and takes the model with it: what was nested in an operation,
 * in its order, and between any two of them the operation's own effect.
 */
export class Walk {
  readonly #model: Model;
  readonly #course: Course;
  readonly #callbacks: Callbacks;
  readonly #effects: EffectTracker;
  /** For each list under way, who had masked at each of its `mask`s. */
  readonly #masks: number[][] = [];

  constructor(model: Model) {
    this.#model = model;
    this.#course = { model, registry: new Registry(model), second: new SecondInterrupt(model) };
    this.#callbacks = new Callbacks(this.#course);
    this.#effects = new EffectTracker(this.#course);
  }

  /** Follows the whole iteration. Ends with `IterationOver` at the first violation. */
  run(root: Activity): void {
    this.#list(root);
    const time = Math.max(root.until, root.closing.at(-1)?.until ?? root.until);
    judgeOverdue(this.#model, time, root.index);
    this.#course.second.overdue(time, root.index);
  }

  #list(activity: Activity): void {
    const maskedBy = this.#model.maskedBy;
    this.#masks.push([]);
    for (const step of activity.steps) this.#step(step);
    // A return restores whatever the list left masked.
    this.#masks.pop();
    if (activity.kind !== "main") this.#model.maskedBy = maskedBy;
    this.#all(activity.closing, 0, undefined);
    this.#callbacks.settle(activity.context);
  }

  #step(step: Step): void {
    if (step.name === "repeat") {
      this.#repeat(step);
      return;
    }
    if (step.nested.length === 0) {
      this.#plain(step);
      return;
    }
    const { nested } = step;
    const model = this.#model;
    // What interrupted before the call was recorded as made.
    let next = this.#before(nested, step.at);
    this.#begin(step);
    let lo = step.at;
    for (; next < nested.length; next++) {
      const each = nested[next] as Activity;
      if (!isInside(each, step)) break;
      this.#effects.maybe(step, lo, each.at);
      this.#one(nested, next, step);
      lo = Math.max(lo, each.until);
    }
    this.#callbacks.settle(step.context);
    this.#effects.maybe(step, lo, Math.max(lo, step.until));
    this.#effects.end(step);
    model.inProgress.pop();
    this.#end(step);
    this.#all(nested, next, undefined);
    this.#callbacks.settle(step.context);
  }

  /** An operation that nothing interrupts: it takes effect in one place. */
  #plain(step: Step): void {
    const model = this.#model;
    this.#begin(step);
    model.order += 1;
    this.#effects.once(step);
    model.inProgress.pop();
    this.#end(step);
  }

  #begin(step: Step): void {
    const { model, registry, second } = this.#course;
    model.order += 1;
    step.orderAtBegin = model.order;
    registry.begin(step);
    passOver(step, this.#course);
    model.registers.begin(step);
    second.begin(step);
    if ("timer" in step.op) step.entriesBefore = model.timers[step.op.timer]?.entries ?? 0;
    model.inProgress.push(step);
    if (step.name === "service" && step.result === "ok") {
      this.#callbacks.pass = passOf(step, this.#callbacks.pass);
    }
    if (step.name === "spawn" && isStarted(step)) this.#callbacks.spawn(step);
    if (step.name === "restore" && step.result !== "not-supported") this.#restore(step);
    if (step.context === 0) {
      judgeOverdue(model, step.at, step.index);
      second.overdue(step.at, step.index);
    }
  }

  /** A list may have only so many masks in force; after a `repeat` one more may be refused. */
  #mask({ context, index, result, until }: Step): void {
    const model = this.#model;
    if (model.isQuiet) return;
    const masks = this.#masks.at(-1) ?? [];
    const isRoom = masks.length < limits.maskDepth;
    if ((result === "ok") !== isRoom) {
      const expected = isRoom ? "ok" : `invalid-argument, as ${masks.length} masks are in force`;
      model.violate("WIRE", "result", expected, `mask returned ${result}`, index, until);
    }
    if (result !== "ok") return;
    masks.push(model.maskedBy);
    model.maskedBy = Math.max(model.maskedBy, context);
  }

  /** What waits runs inside a `restore`, so its effect is at its begin. */
  #restore({ result, index, until }: Step): void {
    const model = this.#model;
    if (model.isQuiet) return;
    const before = this.#masks.at(-1)?.pop();
    const expected = before === undefined ? "invalid-argument, as nothing was masked" : "ok";
    if ((result === "ok") !== (before !== undefined)) {
      model.violate("WIRE", "result", expected, `restore returned ${result}`, index, until);
    }
    if (before !== undefined) model.maskedBy = before;
  }

  #end(step: Step): void {
    const model = this.#model;
    model.registers.end(step, model.inProgress);
    this.#course.second.end(step);
    judgeTime(step, model);
    this.#course.registry.end(step);
    passOver(step, this.#course);
    judgeMachine(step, this.#course, this.#callbacks.isEntered(step));
    if (step.name === "mask" && step.result !== "not-supported") this.#mask(step);
    const { pass } = this.#callbacks;
    if (pass !== undefined && pass.step === step) {
      judgeService(pass, model);
      this.#callbacks.pass = pass.outer;
    }
    model.order += 1;
  }

  /** `repeat`s: what ran in them, which says nothing of its own operations, and the masks that they leave. */
  #repeat(step: Step): void {
    const model = this.#model;
    leaveOpen(step, this.#course);
    model.repeatedUntil = step.until;
    for (const each of step.nested) this.#callbacks.muted(each);
    const masks = this.#masks.at(-1) ?? [];
    const depth = maskDepthAfter(step, masks.length, model.value);
    while (masks.length > depth) model.maskedBy = masks.pop() ?? model.maskedBy;
    while (masks.length < depth) {
      masks.push(model.maskedBy);
      model.maskedBy = Math.max(model.maskedBy, 0);
    }
    model.order += 1;
  }

  #before(nested: readonly Activity[], at: number): number {
    let next = 0;
    while (next < nested.length && (nested[next] as Activity).until < at) {
      this.#one(nested, next, undefined);
      next += 1;
    }
    return next;
  }

  #all(activities: readonly Activity[], from: number, within: Step | undefined): void {
    for (let next = from; next < activities.length; next++) this.#one(activities, next, within);
  }

  #one(siblings: readonly Activity[], place: number, within: Step | undefined): void {
    const activity = siblings[place] as Activity;
    const callbacks = this.#callbacks;
    const outer = callbacks.enter(siblings, place, within);
    if (activity.steps.length > 0 || activity.closing !== nothing) this.#list(activity);
    callbacks.leave(siblings, place, outer);
  }
}

/**
 * Whether an activity ran before the call had its effect and returned. On a real board an interrupt may
 * come between the stamp of the return and the writing of the record; that one comes after it.
 */
function isInside(activity: Activity, step: Step): boolean {
  return activity.at <= step.until || step.name === "service" || step.record.kind !== "call";
}

/** `late` where the board may say so, which the machine's rules judge. */
function isStarted({ result }: Step): boolean {
  return result === "armed" || result === "late";
}
