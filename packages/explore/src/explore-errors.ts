import { CodedError, errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

/** Everything that can go wrong in a search, on either machine; closed. What a HAL does wrong is a finding, not an error. */
export type ExploreErrorCode =
  /** An option or argument is out of its range. */
  | "invalid-argument"
  /** The text is not a schedule. */
  | "bad-schedule"
  /** The schedule was written by another version of the notation. */
  | "schedule-version"
  /** The program, run by this schedule, has no such point, or no such event lies ahead there. */
  | "schedule-mismatch"
  /** The same schedule led to two different runs: something besides the schedule decides. */
  | "nondeterministic"
  /** A run went over its limit of points, or gave no sign of life. */
  | "endless-program"
  /** The program, or what it needs, cannot be run on this target. */
  | "cannot-run"
  /** The symbol map of a firmware image is missing, or does not belong to it. */
  | "symbols"
  /** A worker thread ended before it returned. */
  | "worker-lost"
  /** The text is not a report, or of another search than the one it is to be joined with. */
  | "report-mismatch";

/**
 * The error of a search, on either machine. Distinguish errors by `code`.
 *
 * @example
 * ```ts
 * import { ExploreError, parseSchedule } from "@escapement/explore";
 *
 * try {
 *   parseSchedule("hello");
 * } catch (error) {
 *   if (error instanceof ExploreError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class ExploreError extends CodedError<ExploreErrorCode> {
  /** `ExploreError`. */
  override readonly name = "ExploreError";
}

/** The errors of a search that need no Node API. */
export const exploreErrors = errorTable(ExploreError, {
  notWhole: {
    code: "invalid-argument",
    message: "{name} is {value}",
    hint: "Give a whole number from {least} to {most}.",
  },
  notWholeNorInfinite: {
    code: "invalid-argument",
    message: "{name} is {value}",
    hint: "Give a whole number from {least} to {most}, or Infinity.",
  },
  tooLong: {
    code: "endless-program",
    message: "the run has more than {most} points, and time goes on between them",
    hint: "It is too long to be searched: take a chip with a shorter lap, such as avr16.",
  },
  slackOutOfRange: {
    code: "invalid-argument",
    message: "slackTicks is {value}",
    hint: "Give a whole number of ticks from 1 to {most}.",
  },
  badLatency: {
    code: "invalid-argument",
    message: "latencies.{name} is {ticks}",
    hint: "Give a number of ticks from 0 up.",
  },
  unknownProfile: {
    code: "invalid-argument",
    message: "There is no profile {name}",
    hint: "Choose one of {known}.",
  },
  seedsEnd: {
    code: "invalid-argument",
    message: "{count} programs from seed {seed} on need seeds above 4294967295",
    hint: "Begin with a smaller seed.",
  },
  badShard: {
    code: "invalid-argument",
    message: "The shard is {index}/{count}",
    hint: "Give i/n with 1 ≤ i ≤ n, for instance 2/8.",
  },
  badSchedule: {
    code: "bad-schedule",
    message: '"{text}" is no schedule: {why}',
    hint: "A schedule looks like {example} (point, then w, c or s, then + or - or nothing); copy it whole from a report.",
  },
  otherVersion: {
    code: "schedule-version",
    message: 'The schedule "{text}" is of version {found}, this is version {version}',
    hint: "Replay it with the release that printed it, or search again for one of this version.",
  },
  noSuchEvent: {
    code: "schedule-mismatch",
    message: "Before point {point} of {schedule} no such event lies within the slack",
    hint: "Replay a schedule with the program, target and release that it was printed for.",
  },
  endedEarly: {
    code: "schedule-mismatch",
    message: "The run ended at point {point}, before all of {schedule} had come",
    hint: "Replay a schedule with the program, target and release that it was printed for.",
  },
  carriedOver: {
    code: "nondeterministic",
    message: "Two runs of {what}",
    hint: "Look for what is carried over from run to run: a module variable, the host's clock, Math.random.",
  },
  invalidProgram: {
    code: "cannot-run",
    message: "The program {name} is not valid: {why}",
    hint: "Build it with program() of @escapement/scenario.",
  },
  bootDidNotReturn: {
    code: "cannot-run",
    message: "The target {name} cannot be put up: its boot did not return",
    hint: "Look for a loop in what puts the driver up.",
  },
  unitThrew: {
    code: "cannot-run",
    message: "{id} cannot be run: {why}",
    hint: "Look at the target's boot function and the case's check: they threw.",
  },
  unknownUnit: {
    code: "cannot-run",
    message: "There is no case for the unit {id}",
    hint: "Give the same jobs that the units were planned from.",
  },
  nothingToMerge: {
    code: "report-mismatch",
    message: "There are no reports to merge",
    hint: "Give one or more.",
  },
  otherSearch: {
    code: "report-mismatch",
    message:
      "One report is of the search {one} with {oneUnits} units, another of {other} with {otherUnits}",
    hint: "Merge reports that were made with the same release, laws, targets, limits and code under test.",
  },
  otherMachine: {
    code: "report-mismatch",
    message: "The report is of a search by `escapement {command}`, not by `escapement {expected}`",
    hint: "Give it to `escapement {command}`.",
  },
  otherUnit: {
    code: "report-mismatch",
    message: "Two reports disagree on the unit {id}",
    hint: "The code under test was not the same, or is not deterministic; search again.",
  },
  otherResume: {
    code: "report-mismatch",
    message:
      "The report is of the search {resume} with {resumeUnits} units, this is {search} with {units}",
    hint: "Resume with the release, the laws, the targets and the limits that the report was made with, and the code under test as it was; or search again.",
  },
  noReport: {
    code: "report-mismatch",
    message: "The text is no report of a search: {why}",
    hint: "Give a file that `escapement explore --json` wrote, whole, with the same release.",
  },
});

/** A whole number within bounds, as an option of that name. */
export function wholeNumber(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw exploreErrors.notWhole({ name, value: String(value), least, most });
}

/** The errors of a program that does not come to its end in a run. */
export const programErrors = errorTable(BoardError, {
  deadlock: {
    code: "board-fault",
    message: "deadlock: the program waits in a loop{masked} for what never comes",
    hint: "Look for a wait whose interrupt is masked, disabled or was lost.",
  },
  livelock: {
    code: "board-fault",
    message: "livelock: the program went on for more than {most} points",
    hint: "Look for handlers that start themselves again without delay, or raise pointsMax.",
  },
});
