import { describeViolation, programSource, runRandomPrograms } from "@escapement/conformance";
import type { Board } from "@escapement/scenario";

/** Random programs that are run at a stretch on one board. */
export interface ProgramChunk {
  /** The board. */
  readonly board: string;
  /** Seed of the first. */
  readonly seed: number;
  /** How many. */
  readonly runs: number;
}

/** A program of a sound implementation that the judge accused: a false alarm, or a defect. */
export interface Alarm {
  /** The board. */
  readonly board: string;
  /** Which program: a seed, or the name of a law or of a program that is kept. */
  readonly program: string;
  /** The rule. */
  readonly rule: string;
  /** What was expected and what was found. */
  readonly message: string;
  /** How many programs of the chunk showed the same. */
  readonly count: number;
  /** A small program that shows it, in the builder's syntax. */
  readonly source: string;
}

/** What a chunk showed. */
export interface ChunkResult {
  /** Programs that were run and judged. */
  readonly programs: number;
  /** Programs for which the board had no room. */
  readonly noRoom: number;
  /** What was found. */
  readonly alarms: readonly Alarm[];
  /** Why it ended early: the board or its line failed. */
  readonly stopped?: string;
}

/** Most programs that are tried to make one smaller. */
const SHRINK_RUNS = 300;

/** Runs and judges the programs of a chunk. */
export async function judgePrograms(
  board: Board,
  { board: name, seed, runs }: ProgramChunk,
): Promise<ChunkResult> {
  const report = await runRandomPrograms(board, { seed, runs, shrinkRuns: SHRINK_RUNS });
  const { programs, noRoom = 0, failures, stopped } = report;
  return {
    programs,
    noRoom,
    alarms: failures.map(({ origin, violation, count, program }) => ({
      board: name,
      program: "seed" in origin ? `seed ${origin.seed}` : origin.corpus,
      rule: violation.rule,
      message: describeViolation(violation),
      count,
      source: programSource(program),
    })),
    ...(stopped !== undefined && { stopped: `${stopped.code}: ${stopped.message}` }),
  };
}
