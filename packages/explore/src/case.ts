import type { Law, LawEnv, Finding as LawFinding } from "@escapement/conformance";
import { lawEnv, skipReason, unfitReason } from "@escapement/conformance";
import {
  type CallGuard,
  type Program,
  type Trace,
  thrownText,
  validateProgram,
} from "@escapement/scenario";
import { exploreErrors } from "./explore-errors.js";
import type { ExploreTarget } from "./target.js";
import { World } from "./world.js";

/** A program to explore on a target: one iteration, and what is to hold in every run of it. */
export interface ExploreCase {
  /** Its name in reports: the law's id, or the program's name. */
  readonly name: string;
  /** The value of the program's sweep variable; 0 where it has none. */
  readonly value: number;
  /** What it runs: a program of one iteration. */
  readonly program: Program;
  /** Judges a run's trace: no finding, all holds. Pure. */
  readonly check: (trace: Trace) => readonly CaseFinding[];
  /** The same case with another program, where any program will do: then a finding can be shown by a smaller one. */
  readonly withProgram?: (program: Program) => ExploreCase;
}

/** What is wrong with a run's trace. */
export interface CaseFinding extends LawFinding {
  /** The rule of the contract that is broken, where the whole contract was asked. */
  readonly rule?: string;
  /** What distinguishes it from others; where it is absent, its sentence without the numbers. */
  readonly violation?: string;
}

/** A program of the user's. */
export interface ProgramCase {
  /** Its name in reports. */
  readonly name: string;
  /** The program; a sweep is explored value by value. */
  readonly program: Program;
  /** Judges a run's trace; default: nothing but what the search checks itself. */
  readonly check?: (trace: Trace, value: number) => readonly LawFinding[];
}

/**
 * The board's units on a target, as laws are given them. The target is put up for it, and its driver
 * tried out.
 *
 * @param guard ends what does not return of that; nothing does where it is absent
 * @throws {@link ExploreError} `cannot-run` when the guard ended the target's boot.
 */
export function exploreEnv(target: ExploreTarget, guard?: CallGuard): LawEnv {
  const world = new World(target, 1);
  world.guard = guard;
  return lawEnv(world.describe(), { systematic: true });
}

/**
 * The cases of a law on a target: one for each value of its sweep.
 *
 * @param env the target's units, where they are known already
 * @returns none where the target lacks a capability or a delay that the law needs, nor of a law of several
 *   programs: random ones are searched by {@link randomCases}
 */
export function lawCases(
  law: Law,
  target: ExploreTarget,
  env: LawEnv = exploreEnv(target),
): readonly ExploreCase[] {
  if (law.programs !== undefined || skipReason(law, env.board) !== undefined) return [];
  const program = law.program(env);
  if (unfitReason(law, env, program) !== undefined) return [];
  return iterationsOf(program).map(({ value, part }) => ({
    name: law.id,
    value,
    program: part,
    check: (trace) => law.check(trace, env, part),
  }));
}

/**
 * The cases of a program of your own: one for each value of its sweep.
 *
 * @throws {@link ExploreError} `cannot-run` for a program that breaks a rule of the format.
 */
export function programCases({ name, program, check }: ProgramCase): readonly ExploreCase[] {
  try {
    validateProgram(program);
  } catch (cause) {
    throw exploreErrors.invalidProgram({ name, why: thrownText(cause) }, { cause });
  }
  return iterationsOf(program).map(({ value, part }) => ({
    name,
    value,
    program: part,
    check: (trace) => check?.(trace, value) ?? [],
  }));
}

function iterationsOf(program: Program): { value: number; part: Program }[] {
  const { from, count, step } = program.sweep ?? { from: 0, count: 1, step: 0 };
  return Array.from({ length: count }, (_, index) => {
    const value = from + index * step;
    return { value, part: { ...program, sweep: { from: value, count: 1, step: 0 } } };
  });
}
