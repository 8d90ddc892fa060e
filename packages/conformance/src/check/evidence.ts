import {
  type Indexed,
  isRefusal,
  type Op,
  type OpName,
  type OpResult,
  type Program,
  type RecordOf,
  type RecordView,
  type Refusal,
  type TimerSpec,
  type TraceRecord,
  type TraceView,
} from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import type { LawEnv } from "../law.js";
import type { Findings } from "./findings.js";
import { saidOf } from "./said.js";

/** What a law expects to be refused or reported; everything else that is, breaks it. */
export interface Expected {
  /** Refusals that calls may return. */
  readonly refusals: readonly Refusal[];
  /** Errors that the HAL may report. */
  readonly errors: readonly Refusal[];
}

/** Operations that leave no record, whatever happens. */
const silent: ReadonlySet<string> = new Set(["when", "repeat", "throw"]);

/** The record that an operation leaves, by name. */
function nameOf(op: Op): string {
  if (op.op === "read" || op.op === "capture") return "read";
  if (op.op === "mark") return `mark ${op.id}`;
  if (op.op === "stats") return "stats";
  if ("timer" in op) return `${op.op}(${op.timer})`;
  return op.op;
}

/** The same name for a record; nothing for one that no operation asked for. */
function nameOfRecord(record: TraceRecord): string | undefined {
  if (record.kind === "read" || record.kind === "stats") return record.kind;
  if (record.kind === "mark") return `mark ${record.id}`;
  if (record.kind !== "call") return undefined;
  if (record.op === "read" || record.op === "capture") return "read";
  return onTimer.has(record.op) ? `${record.op}(${record.subject})` : record.op;
}

const onTimer: ReadonlySet<string> = new Set([
  ...["init", "start", "startAt", "stop", "stopSync", "shutdown", "deinit", "setPeriod"],
  ...["remaining", "pending", "overruns", "count", "spawn"],
]);

/** Whether an operation is about a timer, an interrupt or a register, so that its number says something. */
function hasSubject(op: OpName): boolean {
  return onTimer.has(op) || op === "interrupt" || op === "capture";
}

/** Why `phase` is refused in a program that masks nothing then: some timer should be over, and is not. */
function stillPending(view: RecordView, phase: Indexed<RecordOf<"call">>): string | undefined {
  if (phase.result !== "invalid-argument") return undefined;
  const next = view.expiries().find((each) => each.index > phase.index);
  const when = "when the program came to phase(), by which none may be";
  if (next === undefined) return `a timer was still pending ${when}, and its handler never came`;
  return `timer ${next.timer} was still pending ${when}: its handler came ${next.at - phase.at} ticks later`;
}

function tally(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** What the main list is sure to leave in every iteration's trace. */
function planOf(main: readonly Op[]): Map<string, number> {
  return tally(main.filter((op) => !silent.has(op.op)).map(nameOf));
}

/**
 * Checks that the trace is a whole run of the program: every iteration, every operation of the
 * main list, nothing refused that had to work, and no error that the law does not expect.
 */
export function checkEvidence(
  view: TraceView,
  program: Program,
  expected: Expected,
  env: LawEnv,
  findings: Findings,
): void {
  const wanted = program.sweep?.count ?? 1;
  if (view.iterations.length !== wanted) {
    findings.say(
      `${counted(view.iterations.length, "iteration")} in the trace, expected ${wanted}`,
    );
  }
  const plan = planOf(program.main);
  for (const iteration of view.iterations)
    checkIteration(iteration, program, plan, expected, env, findings);
}

const stopResults: readonly OpResult[] = ["removed", "in-flight", "fired", "idle"];

/** What an operation may return at all, refusals aside. */
function possibleResults(
  op: OpName,
  late: TimerSpec["late"] | undefined,
  env: LawEnv,
): readonly OpResult[] {
  if (op === "stop" || op === "stopSync" || op === "shutdown") {
    return stopResults.flatMap((result) => saidOf(env, result));
  }
  if (op === "start" || op === "spawn") return ["armed", "late"];
  if (op !== "startAt") return ["ok"];
  const { pastDeadline } = env.semantics;
  if (pastDeadline === "clamped") return ["armed"];
  const isRefused = pastDeadline === "by-policy" ? late === "refuse" : pastDeadline === "refused";
  return isRefused ? ["armed", "missed"] : ["armed", "late"];
}

function checkIteration(
  view: RecordView,
  program: Program,
  plan: ReadonlyMap<string, number>,
  expected: Expected,
  env: LawEnv,
  findings: Findings,
): void {
  const thread = view.records.filter((record) => !("context" in record) || record.context === 0);
  const seen = tally(thread.flatMap((record) => nameOfRecord(record) ?? []));
  for (const [name, count] of plan) {
    const found = seen.get(name) ?? 0;
    if (found >= count) continue;
    findings.say(`${counted(found, "record")} of ${name}, the program's main list makes ${count}`);
  }
  for (const call of view.calls()) {
    const { result } = call;
    const name = hasSubject(call.op) ? `${call.op}(${call.subject})` : `${call.op}()`;
    if (isRefusal(result)) {
      if (expected.refusals.includes(result)) continue;
      const cause = call.op === "phase" ? stillPending(view, call) : undefined;
      findings.say(cause ?? `${name} was refused with "${result}"`, call.index);
    } else if (
      !possibleResults(call.op, program.timers[call.subject]?.late, env).includes(result)
    ) {
      findings.say(`${name} returned "${result}", which it never may here`, call.index);
    }
  }
  for (const error of view.errors()) {
    if (expected.errors.includes(error.code)) continue;
    findings.say(`the HAL reported "${error.code}", expected no error`, error.index);
  }
}
