import {
  type Board,
  type BoardError,
  type Program,
  type Trace,
  thrownText,
} from "@escapement/scenario";
import { pickIteration } from "@escapement/timeline";
import { conformanceErrors } from "../conformance-errors.js";
import { excerptOf } from "../excerpt.js";
import { latenessOf } from "../lateness.js";
import type { Finding, Law, LawEnv } from "../law.js";
import type { LawResult, StoppedRun } from "../report.js";
import { type LawSigns, signsOf } from "../signs.js";
import { skipReason } from "../skip-reason.js";
import type { Evidence } from "../suggest-differences.js";
import { unfitReason } from "../unfit.js";
import { hostNowMs } from "./host.js";
import { type ProgramsRun, runLawPrograms } from "./run-law-programs.js";
import { type LawRunOptions, runOnBoard } from "./run-on-board.js";

/** A law's result, and why nothing more can be asked of the board when that is so. */
export interface LawRun {
  /** What happened to the law. */
  readonly result: LawResult;
  /** Present when the board is lost. */
  readonly stopped?: StoppedRun;
  /** Present when the law left a trace. */
  readonly signs?: LawSigns;
  /** Its program and trace, where the law is broken. */
  readonly evidence?: Evidence;
}

/** Findings named in a reason; the rest are counted. */
const findingsNamedMax = 3;

/** Runs one law on a board: needs, program, reset, run, check. Never rejects. */
export async function runLaw(
  board: Board,
  law: Law,
  env: LawEnv,
  options: LawRunOptions,
): Promise<LawRun> {
  const startedMs = hostNowMs();
  const finish: Finish = (part) => ({
    id: law.id,
    title: law.title,
    statement: law.statement,
    ...part,
    durationMs: hostNowMs() - startedMs,
  });
  // Before the program is built: a law may count on what it needs.
  const reason = skipReason(law, env.board);
  if (reason !== undefined) return { result: finish({ verdict: "skip", reason }) };
  if (law.programs !== undefined) return runPrograms(board, law, env, options, finish);
  const program = attempt(() => law.program(env));
  if (!program.ok) return { result: finish(lawFault("program", program.error)) };
  const unfit = unfitReason(law, env, program.value);
  if (unfit !== undefined) return { result: finish({ verdict: "skip", reason: unfit }) };
  const run = await runOnBoard(board, program.value, options);
  if (!run.ok) {
    const result = finish(withoutTrace(run.error));
    if (!run.lost) return { result };
    const { code, message, hint } = run.error;
    return { result, stopped: { law: law.id, code, message, hint } };
  }
  const findings = attempt(() => law.check(run.trace, env));
  if (!findings.ok) return { result: finish(lawFault("check", findings.error)) };
  const verdict = judged(run.trace, findings.value);
  const signs = signsOf(run.trace, env);
  const evidence =
    verdict.verdict === "fail" ? { program: program.value, trace: run.trace } : undefined;
  const { keepTraces = "none" } = options;
  if (keepTraces === "none" || (keepTraces === "failed" && verdict.verdict !== "fail")) {
    return { result: finish(verdict), signs, ...(evidence && { evidence }) };
  }
  const trace = kept(run.trace, program.value, findings.value, env);
  return { result: finish({ ...verdict, ...trace }), signs, ...(evidence && { evidence }) };
}

type Finish = (part: ProgramsRun["part"]) => LawResult;

async function runPrograms(
  board: Board,
  law: Law,
  env: LawEnv,
  options: LawRunOptions,
  finish: Finish,
): Promise<LawRun> {
  const programs = attempt(() => law.programs?.(env) ?? []);
  if (!programs.ok) return { result: finish(lawFault("program", programs.error)) };
  let run: ProgramsRun;
  try {
    run = await runLawPrograms(board, programs.value, env, options);
  } catch (error) {
    return { result: finish(lawFault("check", error)) };
  }
  const { part, fault, signs } = run;
  const result = finish(part);
  if (fault?.lost === true) {
    const { code, message, hint } = fault.error;
    return { result, stopped: { law: law.id, code, message, hint } };
  }
  return { result, ...(signs && { signs }) };
}

/** The result of a law that was never tried, because the run had stopped. */
export function notRun(law: Law, stopped: StoppedRun): LawResult {
  return {
    id: law.id,
    title: law.title,
    statement: law.statement,
    verdict: "error",
    code: "not-run",
    reason: `not run: ${stopped.code} during ${stopped.law}`,
    durationMs: 0,
  };
}

/** The result of a law that the caller did not want. */
export function skippedByRequest(law: Law): LawResult {
  return {
    id: law.id,
    title: law.title,
    statement: law.statement,
    verdict: "skip",
    reason: "skipped by request",
    durationMs: 0,
  };
}

function judged(
  trace: Trace,
  findings: readonly Finding[],
): Pick<LawResult, "verdict" | "reason" | "findings" | "excerpt"> {
  if (findings.length === 0) return { verdict: "pass" };
  const named = findings.slice(0, findingsNamedMax).map((finding) => finding.message);
  const rest = findings
    .slice(findingsNamedMax)
    .reduce((sum, finding) => sum + (finding.more ?? 1), 0);
  const reason = named.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
  return { verdict: "fail", reason, findings, excerpt: excerptOf(trace, findings) };
}

/** What a drawing needs of a trace. */
function kept(
  { records }: Trace,
  program: Program,
  findings: readonly Finding[],
  env: LawEnv,
): Pick<LawResult, "iteration" | "lateness"> {
  const named = findings.flatMap(({ record }) => record ?? []);
  return {
    iteration: pickIteration(records, named),
    lateness: latenessOf(records, program, env.board.latencies),
  };
}

/** A driver that never lets the program end has broken the law; everything else concerns the board. */
function withoutTrace(
  error: BoardError,
): Pick<LawResult, "verdict" | "reason" | "findings" | "excerpt" | "code" | "hint"> {
  const { code, message, hint } = error;
  if (code === "never-ends") {
    return { verdict: "fail", reason: message, findings: [{ message }], excerpt: [] };
  }
  return { verdict: "error", reason: `${code}: ${message}`, code, hint };
}

function lawFault(
  part: "program" | "check",
  error: unknown,
): Pick<LawResult, "verdict" | "reason" | "code" | "hint"> {
  const message = thrownText(error);
  return {
    verdict: "error",
    reason: `law-fault: its ${part} threw: ${message}`,
    code: "law-fault",
    hint: conformanceErrors.rows.lawFault.hint,
  };
}

type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown };

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
