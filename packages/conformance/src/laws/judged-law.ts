import type { Program } from "@escapement/scenario";
import { describeViolation, judgeTrace } from "../judge/index.js";
import type { Law, LawEnv, LawId, LawProgram } from "../law.js";

/** A law that asks for the whole contract, with several programs. */
export interface JudgedLawSpec {
  /** For instance `ANY-02`; also the rule of the contract that it judges. */
  readonly id: LawId;
  /** A few words for a table row. */
  readonly title: string;
  /** What holds on a good board, in one sentence. */
  readonly statement: string;
  /** Where it comes from. */
  readonly origin: readonly string[];
  /** Its programs for a board: only such as the board can run. Pure. */
  readonly programs: (env: LawEnv) => readonly LawProgram[];
}

/** What is there to be run where a board can run none of a law's programs. */
const nothing: Program = { timers: [], interrupts: [], main: [{ op: "read" }] };

/**
 * Makes a law of programs that are judged by the whole contract: what a trace breaks is named by the
 * rule that it breaks.
 *
 * @example
 * ```ts
 * import { judgedLaw } from "@escapement/conformance";
 * import { program } from "@escapement/scenario";
 *
 * export const shortest = judgedLaw({
 *   id: "ANY-99",
 *   title: "stopped at once",
 *   statement: "A timer that is stopped at once keeps every rule of the contract.",
 *   origin: ["our blinker, issue 41"],
 *   programs: (env) => [
 *     {
 *       origin: { corpus: "stopped-at-once" },
 *       program: program(({ main, timer }) => {
 *         const t = timer({ mode: "one-shot", period: env.beat });
 *         main.start(t).stop(t).sleep(2 * env.beat);
 *       }),
 *     },
 *   ],
 * });
 * ```
 */
export function judgedLaw({ programs, ...spec }: JudgedLawSpec): Law {
  const first = (env: LawEnv): Program => programs(env)[0]?.program ?? nothing;
  return {
    ...spec,
    rules: [spec.id],
    needs: [],
    // Which refusals are right is among what is judged.
    provokes: ["invalid-argument"],
    program: first,
    programs,
    check: (trace, env, part) =>
      judgeTrace(part ?? first(env), trace, env.board).map((violation) => ({
        message: describeViolation(violation),
        record: violation.record,
      })),
  };
}
