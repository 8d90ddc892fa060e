import type { BoardDescription, BoardErrorCode, Program } from "@escapement/scenario";
import type { ExcerptRecord, PickedIteration } from "@escapement/timeline";
import type { Violation } from "../judge/violation.js";
import type { ProgramOrigin } from "../law.js";

/** A program that broke a rule: as it was found, and as it was shrunk. */
export interface RandomFailure {
  /** Which program it is. */
  readonly origin: ProgramOrigin;
  /** The program as it was made. */
  readonly original: Program;
  /** The program that shows it: shrunk, or the original where it was not. */
  readonly program: Program;
  /** The violation in the trace of `program`. */
  readonly violation: Violation;
  /** The records around the violation. */
  readonly excerpt: readonly ExcerptRecord[];
  /** The iteration that shows it, for drawing. */
  readonly iteration: PickedIteration;
  /** Programs of the run that broke the same rule in the same kind of way; 1 or more. */
  readonly count: number;
  /** Programs that were run for the shrinking. */
  readonly shrinkRuns: number;
}

/** Why a run of random programs ended before its time: the board or its line failed. */
export interface StoppedPrograms {
  /** The program in progress; absent where the board did not open. */
  readonly origin?: ProgramOrigin;
  /** What happened. */
  readonly code: BoardErrorCode;
  /** What happened, in words. */
  readonly message: string;
  /** Likely causes and what to do. */
  readonly hint: string;
}

/** What a run of random programs found on one board. */
export interface RandomReport {
  /** The board's name. */
  readonly board: string;
  /** What the board said about itself; absent when it could not be opened. */
  readonly description?: BoardDescription;
  /** Version of the generator: another one makes other programs of the same seeds. */
  readonly generatorVersion: number;
  /** Seed of the first program; each further program has the next one. */
  readonly seed: number;
  /** Programs that were run and judged, those that are kept included, those of the shrinker not. */
  readonly programs: number;
  /** Programs that the board had no room for, or for their traces; absent where there is none. */
  readonly noRoom?: number;
  /** The host's time for all of it, in milliseconds. Says nothing about the board; differs from run to run. */
  readonly durationMs: number;
  /** One entry a rule and kind of violation, in the order in which they were found. */
  readonly failures: readonly RandomFailure[];
  /** Present when the run ended early. */
  readonly stopped?: StoppedPrograms;
}
