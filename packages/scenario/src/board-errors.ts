import { CodedError, errorTable } from "@escapement/core";

/** Everything that can go wrong between suite and board; closed. */
export type BoardErrorCode =
  /** The program breaks a rule of the format, or a limit of the language. */
  | "invalid-program"
  /** The program is larger, or uses more timers, than the board has room for. */
  | "program-too-large"
  /** One iteration made more records than the board can hold. */
  | "trace-too-large"
  /** The bytes are not a trace, or not a program. */
  | "malformed"
  /** The description of the board cannot be: it contradicts itself, or states what there is not. */
  | "invalid-description"
  /** The board runs another version of the protocol or format. */
  | "version-mismatch"
  /** No port of that name. */
  | "port-not-found"
  /** Another program holds the port. */
  | "port-busy"
  /** The port exists but cannot be opened. */
  | "port-failed"
  /** Something returns, but not an Escapement agent. */
  | "not-an-agent"
  /** Nobody replies on the line. */
  | "no-reply"
  /** The line went away during the session. */
  | "disconnected"
  /** The board restarted during the session. */
  | "board-reset"
  /** The line works, but too many frames were lost or damaged. */
  | "link-unreliable"
  /** A deadline passed during a run. */
  | "timeout"
  /** The run was ended by its signal. */
  | "aborted"
  /** A run is in progress. */
  | "busy"
  /** The board was closed. */
  | "closed"
  /** The board itself reports a fault, such as a program whose own lists never end. */
  | "board-fault"
  /**
   * The driver under test never lets the program end: a call or an interrupt of it does not return, or
   * its expiries follow each other without end and the thread gets no further, or a driver in C crashes, or
   * fails an assertion, in a call that then does not return. Not infrastructure but
   * the driver's fault, the verdict is `fail`.
   */
  | "never-ends";

/**
 * The error of every board: infrastructure, never a verdict, but for `never-ends`, which is the
 * driver's fault and a `fail`. Distinguished by `code`.
 *
 * @example
 * ```ts
 * import { BoardError } from "@escapement/scenario";
 *
 * const error = new BoardError("port-busy", "/dev/ttyACM0 is busy", "Close the program that holds it.");
 * console.log(error.code, error.hint);
 * ```
 */
export class BoardError extends CodedError<BoardErrorCode> {
  /** `BoardError`. */
  override readonly name = "BoardError";
}

/** The errors of programs, traces and boards that run in this process. */
export const boardErrors = errorTable(BoardError, {
  // Programs that break a rule: `path` says where.
  badNumber: {
    code: "invalid-program",
    message: "{path} is {value}",
    hint: "Give an integer from {low} to {high}.",
  },
  noOperand: {
    code: "invalid-program",
    message: "{path} is an object but not a variable operand",
    hint: "Use variable() or variable(offset).",
  },
  operandTooLarge: {
    code: "invalid-program",
    message: "{path} grows beyond 2^53 - 1 in the sweep",
    hint: "Take a smaller offset or a shorter sweep.",
  },
  misplaced: {
    code: "invalid-program",
    message: "{path} is not allowed in this list",
    hint: "It may only stand in {where}.",
  },
  noneOfKind: {
    code: "invalid-program",
    message: "{path} names a {kind}, but the program has none",
    hint: "Add the {kind}.",
  },
  noList: {
    code: "invalid-program",
    message: "{path} is {value}",
    hint: "Give a list of operations.",
  },
  noOperation: {
    code: "invalid-program",
    message: "{path} is no operation: {value}",
    hint: "See OpName for the list.",
  },
  nestedTooDeep: {
    code: "invalid-program",
    message: "{path} nests {depth} deep",
    hint: "Nest at most {most} deep in one list.",
  },
  sweepTooLong: {
    code: "invalid-program",
    message: "sweep goes beyond 2^53 - 1",
    hint: "Take fewer iterations or a smaller step.",
  },
  noChoice: {
    code: "invalid-program",
    message: "{path} is {value}",
    hint: "Choose one of {choices}.",
  },
  noFlag: {
    code: "invalid-program",
    message: "{path} is {value}",
    hint: "Give true or false.",
  },
  timersNoList: {
    code: "invalid-program",
    message: "timers is not a list of at most {most}",
    hint: "Use spawn for more timers than that.",
  },
  interruptsNoList: {
    code: "invalid-program",
    message: "interrupts is not a list of at most {most}",
    hint: "Share a list between requests.",
  },
  tooManyTimers: {
    code: "program-too-large",
    message: "the program uses {used} timers, {board} has {timers}",
    hint: "Use fewer timers, or a board with more.",
  },

  // Bytes.
  notWritable: {
    code: "malformed",
    message: "{value} cannot be written as a {form}",
    hint: "Times and counts are whole numbers of 0 or more, and at most 2^53 - 1.",
  },
  damagedBytes: {
    code: "malformed",
    message: "not a {what}: {problem}, at byte {offset}",
    hint: "The bytes were damaged, or the two sides disagree about the format; see docs/wire.md.",
  },
  otherFormat: {
    code: "version-mismatch",
    message: "the program at byte 0 is of format {theirs}, this side reads format {ours}",
    hint: "Encode it with the same version of @escapement/scenario.",
  },

  // Descriptions.
  unknownDifference: {
    code: "invalid-description",
    message: "{board} states a difference in {member}, which is none of the semantics",
    hint: "Choose one of {known}.",
  },
  differsByNoWord: {
    code: "invalid-description",
    message: "{board} states that its {member} is {value}",
    hint: "Choose one of {choices}.",
  },
  differsByNoNumber: {
    code: "invalid-description",
    message: "{board} states that its {member} is {value}",
    hint: "Give a whole number of {least} or more, at most 2^53 - 1.",
  },
  noSource: {
    code: "invalid-description",
    message: "{board} states a difference in {member} and no source",
    hint: "Name the page, header or issue that documents it; what no document says is a defect.",
  },
  differsInWhatIsMissing: {
    code: "invalid-description",
    message: "{board} states a difference in {member} and has no {capability}",
    hint: "Leave the difference out, or give the board the capability.",
  },
  coarserThanLongest: {
    code: "invalid-description",
    message:
      "{board} states a granularityTicks of {granularity} and a longest delay of {maxDelayTicks}",
    hint: "Both are ticks of the board's counter: one tick of the system fits into the longest delay.",
  },
  noDescription: {
    code: "invalid-description",
    message: "a board describes itself as {value}",
    hint: "Let describe() return a BoardDescription.",
  },
  badMember: {
    code: "invalid-description",
    message: "{board} states that its {member} is {value}, expected {expected}",
    hint: "Let the board describe itself as it is; all that is judged rests on these figures.",
  },

  // Runs.
  busy: {
    code: "busy",
    message: "{call} on {board} during a run",
    hint: "Await the run before it.",
  },
  closed: {
    code: "closed",
    message: "{call} on {board} after close",
    hint: "Open the board again.",
  },
  aborted: {
    code: "aborted",
    message: "the run on {board} was ended by its signal",
    hint: "Nothing to do; the board stays usable.",
  },
  iterationTooLong: {
    code: "timeout",
    message: "one iteration took longer than {limitMs} ms on {board}",
    hint: "Allow more time, or make the iteration shorter.",
  },
  endlessProgram: {
    code: "board-fault",
    message: "the program never ends: {many}",
    hint: "Look for a timer that starts itself again without delay, or raise stepLimit.",
  },
  machineFailed: {
    code: "board-fault",
    message: "the machine failed: {reason}",
    hint: "The cause is in the machine under the driver, not in the program.",
  },
  neverReturned: {
    code: "never-ends",
    message: "{place} did not return: {reason}",
    hint: "Look for a loop in the driver that waits for what never comes, or that steps over its own end.",
  },
});
