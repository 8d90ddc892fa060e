import type { OpName, StatsRecord } from "@escapement/scenario";
import type { Course } from "./course.js";
import type { Model } from "./model.js";
import { expireQuietly } from "./quiet-timers.js";
import type { Registry } from "./registry.js";
import { judgeServiceCall } from "./service-rules.js";
import type { Step } from "./trace-tree.js";
import { returned } from "./transitions/transition.js";

/** Operations that take as long as they are to, or as others need. */
const unbounded: ReadonlySet<OpName> = new Set<OpName>([
  "spin",
  "sleep",
  "phase",
  "service",
  "deinitAll",
  "collect",
  "readMany",
  "restore",
  "spawn",
  "init",
]);

/** STOP-20, CALL-24: a call that nothing interrupts takes no longer than the board's operation time. */
export function judgeTime(step: Step, model: Model): void {
  const { record, name, nested, at, until, index } = step;
  if (record.kind !== "call" || nested.length > 0 || unbounded.has(name)) return;
  if (model.isRearmedUnseen) return;
  const most = model.bounds.opTicks + model.unseenTicks;
  if (until - at <= most) return;
  const isStop = name === "stop" || name === "stopSync" || name === "shutdown";
  const found = `${name} took ${until - at} ticks`;
  model.violate(isStop ? "STOP-20" : "CALL-24", "duration", `at most ${most}`, found, index, until);
}

/** What calls that are not about one timer return. `toCome`: entries of the handler that may be recorded after it. */
export function judgeMachine(step: Step, course: Course, toCome: number): void {
  const { model, registry } = course;
  const { name, result, index, until } = step;
  const wrong = (rule: string, kind: string, expected: string): never =>
    model.violate(rule, kind, expected, `${returned(step)} at level ${step.context}`, index, until);
  if (result === "not-supported") {
    if (isStated(name, model))
      wrong("WIRE", "not-supported", "what the board states that it can do");
    return;
  }
  switch (name) {
    case "spin":
    case "sleep":
    case "interrupt":
      if (result !== "ok") wrong("WIRE", "result", "ok");
      break;
    case "enabled":
      judgeEnabled(step, model, wrong);
      break;
    case "count":
      judgeCount(step, model, toCome, wrong);
      break;
    case "readMany":
      if (result !== "ok" || step.value !== 0)
        wrong("READ-03", "backwards", "0 reads below the one before");
      break;
    case "service":
      judgeServiceCall(step, model, wrong);
      break;
    case "collect":
    case "deinitAll":
      judgeCollecting(step, registry, wrong);
      break;
    case "phase":
      judgePhase(step, model, wrong);
      break;
    case "init":
      if (result === "capacity-exhausted") registry.exhausted(step);
      break;
    case "spawn":
      judgeSpawn(step, course, wrong);
      break;
    case "stats":
      if (step.record.kind === "stats") {
        registry.judgeCounts(step, step.record as StatsRecord);
      }
      break;
    default:
  }
}

type Wrong = (rule: string, kind: string, expected: string) => never;

/** Whether the board states that it can do this. */
function isStated(name: OpName, { bounds }: Model): boolean {
  const needed = {
    startAt: "start-at",
    setPeriod: "set-period",
    shutdown: "shutdown",
    stopSync: "stop-sync",
    spawn: "spawn",
    collect: "spawn",
    stats: "stats",
    remaining: "remaining",
    overruns: "overrun-policy",
    service: "soft",
    mask: "mask",
    restore: "mask",
    enabled: "mask",
    phase: "phase",
    interrupt: "second-interrupt",
    throw: "exceptions",
  } as const;
  const capability = (needed as Partial<Record<OpName, (typeof needed)[keyof typeof needed]>>)[
    name
  ];
  return capability === undefined || bounds.description.capabilities.includes(capability);
}

/** READ-05: interrupts are as the program left them. */
function judgeEnabled(step: Step, model: Model, wrong: Wrong): void {
  if (step.context > 0 || model.isQuiet) return;
  const expected = model.maskedBy >= 0 ? 0 : 1;
  if (step.value !== expected) wrong("READ-05", "enabled", `${expected}`);
}

/** PER-18: the handler was entered as often as the trace shows. */
function judgeCount(step: Step, model: Model, toCome: number, wrong: Wrong): void {
  if (step.op.op !== "count") return;
  const timer = model.timers[step.op.timer];
  if (timer === undefined || timer.spec.quiet) return;
  const least = step.entriesBefore;
  const most = timer.entries + toCome;
  if (step.value < least || step.value > most) wrong("PER-18", "count", `${least} to ${most}`);
}

/** REG-10, CALL-21: collecting calls, in the thread only. */
function judgeCollecting(step: Step, registry: Registry, wrong: Wrong): void {
  const expected = step.context === 0 ? "ok" : "in-interrupt";
  if (step.result !== expected) wrong("CALL-21", "result", expected);
  if (step.context === 0) registry.collect(step);
}

/** CALL-15: time can be brought forward only while no timer is active and nothing is masked. */
function judgePhase(step: Step, model: Model, wrong: Wrong): void {
  if (step.nested.length > 0) return;
  let isSure = model.maskedBy >= 0;
  let isPossible = isSure;
  for (const timer of model.timers) {
    expireQuietly(timer, step.at, step.until, step.context, model);
    const { isKnown, hypotheses } = timer;
    const active = hypotheses.filter((each) => !each.isStale && each.isActive);
    if (isKnown && active.length === hypotheses.length) isSure = true;
    if (!isKnown || active.length > 0) isPossible = true;
  }
  if (isSure && step.result === "ok") wrong("CALL-15", "phase", "a refusal, as a timer is active");
  if (!isPossible && step.result !== "ok") wrong("CALL-15", "phase", "ok, as no timer is active");
}

/** REG-01, REG-03, CALL-21: an anonymous timer is made where there is room, in the thread. */
function judgeSpawn(step: Step, { model, registry }: Course, wrong: Wrong): void {
  const { op, result, context } = step;
  if (op.op !== "spawn") return;
  const { makingInInterrupt, relativeStart } = model.bounds.semantics;
  const isAllowed = context === 0 || makingInInterrupt === "allowed";
  const mayBeLate = result === "late" && relativeStart === "armed-or-late";
  if (!isAllowed) {
    if (result !== "in-interrupt") wrong("CALL-21", "result", "in-interrupt");
  } else if (result === "capacity-exhausted") {
    registry.exhausted(step);
  } else if (model.timers[op.timer]?.isBad === true) {
    if (result !== "invalid-argument") wrong("ARM-22", "period", "invalid-argument");
  } else if (result !== "armed" && !mayBeLate) {
    wrong("REG-01", "result", "armed");
  } else {
    registry.collect(step);
  }
}
