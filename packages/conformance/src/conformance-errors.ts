import { CodedError, errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

/** Everything that the runner itself can refuse or report; closed. */
export type ConformanceErrorCode =
  /** No law of the catalogue has this id. */
  | "unknown-law"
  /** An option is of no use: two laws of one id, a time that is not a positive number. */
  | "invalid-option"
  /** What is to be judged is no trace at all. */
  | "bad-trace"
  /** The module of a board cannot be imported, or has no board in it. */
  | "bad-module"
  /** A law does not hold; thrown by the vitest binding only, the runner returns `fail`. */
  | "law-broken"
  /** A law's own code threw: a fault of the suite, not of the board. */
  | "law-fault"
  /** The board or the line failed; thrown by the vitest binding only, the runner returns `error`. */
  | "infrastructure";

/**
 * The error of this package, distinguished by `code`. What a board does wrong is never an error
 * but a verdict.
 *
 * @example
 * ```ts
 * import { ConformanceError, selectLaws } from "@escapement/conformance";
 *
 * try {
 *   selectLaws({ only: ["STOP-99"] });
 * } catch (error) {
 *   if (error instanceof ConformanceError) console.log(error.code, error.hint);
 * }
 * ```
 */
export class ConformanceError extends CodedError<ConformanceErrorCode> {
  /** `ConformanceError`. */
  override readonly name = "ConformanceError";
}

/** The errors of the runner and of its vitest binding. */
export const conformanceErrors = errorTable(ConformanceError, {
  unknownLaw: {
    code: "unknown-law",
    message: 'there is no law "{id}"',
    hint: "`escapement laws` lists all {count}.",
  },
  misspeltLaw: {
    code: "unknown-law",
    message: 'there is no law "{id}"',
    hint: "Did you mean {near}? `escapement laws` lists all {count}.",
  },
  noLaws: {
    code: "invalid-option",
    message: "there are no laws to choose from",
    hint: "Give some.",
  },
  sameId: {
    code: "invalid-option",
    message: "two laws have the id {id}",
    hint: "Give each law an id of its own.",
  },
  badTimeout: {
    code: "invalid-option",
    message: "timeoutMs is {value}, expected a number of milliseconds above 0",
    hint: "Leave it out for the board's own deadlines.",
  },
  badKeepTraces: {
    code: "invalid-option",
    message: 'keepTraces is {value}, expected "none", "failed" or "all"',
    hint: "Leave it out to keep none.",
  },
  tooSmall: {
    code: "invalid-option",
    message: "{name} is {value}, expected a number from {least} up",
    hint: "Leave it out for what is usual.",
  },
  badTrace: {
    code: "bad-trace",
    message: "this is no trace: {reason}",
    hint: "Give what the board's run() resolved with; see TraceRecord.",
  },
  needsNode: {
    code: "invalid-option",
    message: "the board of a module needs Node",
    hint: "Give a function that makes the board.",
  },
  noExport: {
    code: "bad-module",
    message: "{module} exports no {name}",
    hint: "Export a board, such as createSimBoard or createBoard returns, or a function that returns one.",
  },
  noBoardInModule: {
    code: "bad-module",
    message: "the export {name} of {module} is no board, and makes none",
    hint: "Export a board, such as createSimBoard or createBoard returns, or a function that returns one.",
  },
  noSuchFile: {
    code: "bad-module",
    message: "{module} cannot be imported: there is no such file",
    hint: "Give the path of a file, from the folder that the command runs in.",
  },
  cannotImport: {
    code: "bad-module",
    message: "{module} cannot be imported: {reason}",
    hint: "Is the file there, and does it import only what is installed?",
  },
  cannotImportTypeScript: {
    code: "bad-module",
    message: "{module} cannot be imported: {reason}",
    hint: "Node takes TypeScript by itself from 22.18 on; else build it, and give the JavaScript file.",
  },
  lawBroken: {
    code: "law-broken",
    message: "{law} fails on {board}: {reason}\nlaw: {statement}{timeline}",
    hint: "The law comes from: {origin}.",
  },
  lawFault: {
    code: "law-fault",
    message: "{law} has no verdict on {board}: {reason}{advice}",
    hint: "This is a fault of the law, not of the board; please report it with the board's description.",
  },
  noVerdict: {
    code: "infrastructure",
    message: "{law} has no verdict on {board}: infrastructure error: {reason}{advice}",
    hint: "{hint}",
  },
  noBoard: {
    code: "infrastructure",
    message: "there is no board",
    hint: "Look at the error of the function that makes it.",
  },
});

/** A call that does not return: trouble of the board where its host got no turn, else a fault of the driver. */
const notReturned = {
  message: "{call} of the board did not return in {seconds} s",
  hint: "Look for a loop in the driver or in what puts it up; a board that works as long as that has to let its host have a turn.",
} as const;

/** The errors of a board as the runner, or the thread of a board, finds it. */
export const runErrors = errorTable(BoardError, {
  aborted: {
    code: "aborted",
    message: "the run was ended by its signal",
    hint: "Run it again to the end.",
  },
  lawTooLong: {
    code: "timeout",
    message: "the law took longer than {limitMs} ms",
    hint: "Give a longer time for each law, or look whether the board makes progress.",
  },
  noTurn: { code: "timeout", ...notReturned },
  neverReturned: { code: "never-ends", ...notReturned },
  foreignError: {
    code: "board-fault",
    message: "the board threw something that is not a BoardError: {reason}",
    hint: "A Board rejects with a BoardError only; fix the board.",
  },
  noTrace: {
    code: "board-fault",
    message: "the board ran a program and gave back no trace: {reason}",
    hint: "Resolve run() with the records of the program; see TraceRecord.",
  },
  notOpen: { code: "closed", message: "the board is not open", hint: "Open it." },
  closed: { code: "closed", message: "the board was closed", hint: "Open the board again." },
  calledAfterClose: {
    code: "closed",
    message: "{call} on {board} after close",
    hint: "Open the board again.",
  },
  calledDuringRun: {
    code: "busy",
    message: "{call} on {board} during a run",
    hint: "Await the run before it.",
  },
  threadConfused: {
    code: "board-fault",
    message: 'the board\'s thread returned "{kind}"',
    hint: "Run it again.",
  },
  threadSilent: {
    code: "never-ends",
    message: "{what} did not return: {reason}",
    hint: "Look for a loop in the driver or in what puts it up; a board that works as long as that has to let its thread have a turn.",
  },
  threadWaits: {
    code: "timeout",
    message: "{what} waits for what does not come",
    hint: "Look for an await, at the module's top level or in the board, of a promise that never settles.",
  },
  threadDied: {
    code: "board-fault",
    message: "the thread of the board ended: {reason}",
    hint: "Look for process.exit, an error thrown outside of any call, or memory that grows without end.",
  },
});
