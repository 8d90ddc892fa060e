import {
  type Capability,
  type Program,
  type Refusal,
  type SemanticsMember,
  traceView,
} from "@escapement/scenario";
import { checkEvidence, Findings, Judge, MissingEvidence } from "../check/index.js";
import type { Law, LawEnv, LawId } from "../law.js";

/** A law as its file writes it down. */
export interface LawSpec {
  /** For instance `STOP-04`; also the rule of the contract that it judges. */
  readonly id: LawId;
  /** A few words for a table row. */
  readonly title: string;
  /** What holds on a good board, in one sentence. */
  readonly statement: string;
  /** Where it comes from. */
  readonly origin: readonly string[];
  /** Capabilities that its program uses; default none. */
  readonly needs?: readonly Capability[];
  /** What of the contract's semantics it rests on; skipped where a board states a difference in it. */
  readonly restsOn?: readonly SemanticsMember[];
  /** Refusals that its program provokes; any other breaks the law. */
  readonly refusals?: readonly Refusal[];
  /** Errors that its program makes the HAL report; any other breaks the law. */
  readonly errors?: readonly Refusal[];
  /** See {@link Law.mayHang}. */
  readonly mayHang?: true;
  /** Builds the program. */
  readonly program: (env: LawEnv) => Program;
  /** Judges one iteration. */
  readonly judge: (run: Judge, env: LawEnv) => void;
  /** Judges the sweep as a whole: that it reached what it set out to reach. */
  readonly whole?: (runs: readonly Judge[], env: LawEnv) => void;
}

/**
 * Makes a law of its description. Its check first asks whether the trace is a whole run of the
 * program, with nothing refused or reported that the law does not expect. Both functions are pure;
 * evidence that the judgement asks for and does not find is a finding.
 *
 * @example
 * ```ts
 * import { law } from "@escapement/conformance";
 * import { program } from "@escapement/scenario";
 *
 * export const stopsItself = law({
 *   id: "STOP-04",
 *   title: "periodic stopped by its own handler",
 *   statement: "A periodic timer stopped by its own handler does not fire again.",
 *   origin: ["ChibiOS chVTResetI in the callback"],
 *   program: (env) =>
 *     program(({ main, timer }) => {
 *       const t = timer({ mode: "periodic", period: env.beat });
 *       t.handler.stop(t);
 *       main.start(t).sleep(10 * env.beat);
 *     }),
 *   judge: (run) => {
 *     run.results("stop", 0).all("in-flight");
 *     run.expiries(0).exactly(1).onTime();
 *   },
 * });
 * ```
 */
export function law(spec: LawSpec): Law {
  const { id, title, statement, origin, needs = [], restsOn = [] } = spec;
  const { refusals = [], errors = [] } = spec;
  return {
    id,
    title,
    statement,
    origin,
    rules: [id],
    needs,
    ...(restsOn.length > 0 && { restsOn }),
    ...(refusals.length > 0 && { provokes: refusals }),
    ...(spec.mayHang === true && { mayHang: true }),
    program: spec.program,
    check: (trace, env, part) => {
      const view = traceView(trace);
      const program = part ?? spec.program(env);
      const findings = new Findings();
      checkEvidence(view, program, { refusals, errors }, env, findings);
      const runs = view.iterations.map(
        (iteration) => new Judge(iteration, env, findings, program.sweep !== undefined),
      );
      for (const run of runs) judged(() => spec.judge(run, env));
      if (part === undefined) judged(() => spec.whole?.(runs, env));
      return findings.list();
    },
  };
}

/** Missing evidence has left its finding; it ends one judgement and not the others. */
function judged(judgement: () => void): void {
  try {
    judgement();
  } catch (error) {
    if (!(error instanceof MissingEvidence)) throw error;
  }
}
