import { describeViolation, generateProgram, judgeTrace } from "@escapement/conformance";
import type { BoardDescription, Program } from "@escapement/scenario";
import { type ExploreCase, exploreEnv } from "./case.js";
import { exploreErrors, wholeNumber } from "./explore-errors.js";
import type { ExploreTarget } from "./target.js";

/** Which random programs are searched: those of so many seeds, one after another. */
export interface RandomPrograms {
  /** The first seed, 0 to 2^32 − 1. */
  readonly seed: number;
  /** How many; 1 or more. */
  readonly count: number;
}

/** What the cases of random programs are called; their value is the seed. */
export const randomCaseName = "random";

const SEED_MAX = 0xffff_ffff;
const COUNT_MAX = 1_000_000;

/**
 * Cases of small random programs on a target, one for each seed, each judged by the whole contract.
 *
 * The same seed gives the same program on every target with the same description.
 *
 * @param board the target's description, where it is known already
 * @throws {@link ExploreError} `invalid-argument` for a seed or a count out of range.
 *
 * @example
 * ```ts
 * import { explore, halTarget, randomCases, summarize } from "@escapement/explore";
 *
 * const target = halTarget({ profile: "rp2040" });
 * const cases = randomCases({ seed: 1, count: 100 }, target);
 * const report = await explore([{ target, cases }], { limits: { bound: 1 } });
 * console.log(summarize(report).findings); // 0
 * ```
 */
export function randomCases(
  { seed, count }: RandomPrograms,
  target: ExploreTarget,
  board: BoardDescription = exploreEnv(target).board,
): readonly ExploreCase[] {
  wholeNumber("programs", count, 1, COUNT_MAX);
  wholeNumber("seed", seed, 0, SEED_MAX);
  if (seed + count - 1 > SEED_MAX) throw exploreErrors.seedsEnd({ seed, count });
  return Array.from({ length: count }, (_, index) => {
    const value = seed + index;
    return judgedCase(generateProgram(value, board, { size: "small" }), value, board);
  });
}

function judgedCase(program: Program, value: number, board: BoardDescription): ExploreCase {
  return {
    name: randomCaseName,
    value,
    program,
    check: (trace) => {
      // What follows from the first violation is no finding of its own.
      const [first] = judgeTrace(program, trace, board);
      if (first === undefined) return [];
      const { rule, kind, record } = first;
      return [{ message: describeViolation(first), record, rule, violation: `${rule} ${kind}` }];
    },
    withProgram: (other) => judgedCase(other, value, board),
  };
}
