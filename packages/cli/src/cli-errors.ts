import { CodedError, errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

/** Everything that the command line itself can refuse; closed. */
export type CliErrorCode =
  /** No command of that name. */
  | "unknown-command"
  /** An option that the command does not have, or a value that it cannot take. */
  | "invalid-option"
  /** An argument too many, or one missing. */
  | "invalid-argument"
  /** A board name of no known form, or a profile that does not exist. */
  | "unknown-board"
  /** No board was named, on the command line or in ESCAPEMENT_PORT. */
  | "no-board-named"
  /** A report could not be written. */
  | "cannot-write"
  /** A report could not be read. */
  | "cannot-read"
  /** A replayed run does not return: a finding, with exit code 1. */
  | "endless-replay"
  /** Something is wrong in the program itself. */
  | "internal";

/** The error of the command line, distinguished by `code`. */
export class CliError extends CodedError<CliErrorCode> {
  /** `CliError`. */
  override readonly name = "CliError";
}

const moduleShape =
  "The default export has to be a board, a target of @escapement/explore, or a function that returns one of them.";

/** The errors of the command line. */
export const cliErrors = errorTable(CliError, {
  unknownCommand: {
    code: "unknown-command",
    message: 'there is no command "{name}"',
    hint: "`escapement --help` lists the commands and boards.",
  },
  misspeltCommand: {
    code: "unknown-command",
    message: 'there is no command "{name}"',
    hint: "Did you mean `escapement {near}`?",
  },
  lawForCommand: {
    code: "unknown-command",
    message: 'there is no command "{name}"',
    hint: "`escapement laws {name}` is of a law, `escapement bugs {name}` of a bug.",
  },
  unknownOption: {
    code: "invalid-option",
    message: "unknown option {option}",
    hint: "`{help}` lists the options.",
  },
  misspeltOption: {
    code: "invalid-option",
    message: "unknown option {option}",
    hint: "Did you mean {near}? `{help}` lists the options.",
  },
  lackingOption: {
    code: "invalid-option",
    message: "{name} has no option {option}",
    hint: "{instead}",
  },
  valueOfFlag: {
    code: "invalid-option",
    message: "--{name} takes no value",
    hint: "Leave the value out.",
  },
  noValue: {
    code: "invalid-option",
    message: "--{name} has no value",
    hint: "For instance --{name} {example}.",
  },
  namesNothing: {
    code: "invalid-option",
    message: "--{name} names nothing",
    hint: "For instance --{name} {example}.",
  },
  badValue: {
    code: "invalid-option",
    message: '--{name} is "{text}", expected {expected}',
    hint: "For instance --{name} {example}.",
  },
  noLawLeft: {
    code: "invalid-option",
    message: "--skip leaves no law to run",
    hint: "Leave one in, or leave the run out.",
  },
  valueWithoutSchedule: {
    code: "invalid-option",
    message: "--value is of a replay",
    hint: "Give --schedule with it; a finding's line has both.",
  },
  manyReplayed: {
    code: "invalid-option",
    message: "a replay is of one law, or of one random program, on one chip",
    hint: "For instance `{example}`, or --programs 1 with the seed.",
  },
  noCase: {
    code: "invalid-option",
    message: "{law} has no case on this target",
    hint: "`escapement laws {law}` says what it needs.",
  },
  noCaseOfValue: {
    code: "invalid-option",
    message: "{law} has no case {value}",
    hint: "Give one of them with --value: {values}.",
  },
  manyCases: {
    code: "invalid-option",
    message: "{law} has {cases}",
    hint: "Give one of them with --value: {values}.",
  },
  boardLacksNeeds: {
    code: "invalid-option",
    message: "the Uno lacks what these laws need",
    hint: "`escapement laws <id>` says what a law needs.",
  },
  bugOfBoard: {
    code: "invalid-option",
    message: "--bug is of sim and uno, not of {board}",
    hint: "The bugs are those of our own HAL, port and chip: a board of yours has its own.",
  },
  unknownProfile: {
    code: "invalid-option",
    message: 'there is no profile "{profile}"',
    hint: "Choose from {profiles}.",
  },
  twoDraws: {
    code: "invalid-option",
    message: "--random and --pct exclude each other",
    hint: "Give one of them.",
  },
  depthOption: {
    code: "invalid-option",
    message: "--depth is of searches that draw their schedules",
    hint: "Give --random 1000 or --pct 1000 with it, or leave it out.",
  },
  seedOption: {
    code: "invalid-option",
    message: "--seed is of searches that draw their schedules or their programs",
    hint: "Give --random 1000, --pct 1000 or --programs 1000 with it, or leave it out.",
  },
  lawsAndPrograms: {
    code: "invalid-option",
    message: "--only and --programs exclude each other",
    hint: "Give one of them: random programs are judged by the whole contract.",
  },
  extraWord: {
    code: "invalid-argument",
    message: '"{word}" is one argument too many',
    hint: "Usage: {usage}",
  },
  nothingServed: {
    code: "invalid-argument",
    message: "no board was named",
    hint: "Usage: {usage}",
  },
  notServed: {
    code: "invalid-argument",
    message: '"{board}" cannot be served',
    hint: "Usage: {usage}",
  },
  nothingNew: {
    code: "invalid-argument",
    message: "what is to be written was not said",
    hint: "Usage: {usage}",
  },
  fileThere: {
    code: "cannot-write",
    message: "{file} is there already",
    hint: "Name a folder that is not there yet.",
  },
  noShell: {
    code: "invalid-argument",
    message: "no shell was named that there is a script for",
    hint: "Usage: {usage}",
  },
  noSourceNamed: {
    code: "invalid-argument",
    message: "no C file was named",
    hint: "Usage: {usage}",
  },
  noReportNamed: {
    code: "invalid-argument",
    message: "no report was named",
    hint: "Usage: {usage}",
  },
  noSuchProfile: {
    code: "unknown-board",
    message: 'there is no simulated board "{profile}"',
    hint: "There are {boards}; `sim` is all of them.",
  },
  misspeltBoard: {
    code: "unknown-board",
    message: '"{name}" is not the name of a board',
    hint: "Did you mean {near}? `escapement help boards` has every form.",
  },
  misspeltProfile: {
    code: "unknown-board",
    message: 'there is no simulated board "{profile}"',
    hint: "Did you mean {near}? There are {boards}; `sim` is all of them.",
  },
  noBoardName: {
    code: "unknown-board",
    message: '"{name}" is not the name of a board',
    hint: "A board is sim, sim:<profile>, uno, a device path, COM3, a0, u0, c0, id:<usb serial>, tcp://host:port, mpy:<port> or a module such as ./my-board.mjs.",
  },
  profileForBoard: {
    code: "unknown-board",
    message: '"{name}" is not the name of a board',
    hint: "Did you mean sim:{name}?",
  },
  noBoardNamed: {
    code: "no-board-named",
    message: "no board was named",
    hint: "Name one, such as `escapement conform sim`, or set ESCAPEMENT_PORT; `escapement` lists what is here.",
  },
  cannotWrite: {
    code: "cannot-write",
    message: "{file} cannot be written: {reason}",
    hint: "Choose a file in a folder that you may write to.",
  },
  stdoutFailed: {
    code: "cannot-write",
    message: "stdout cannot be written: {reason}",
    hint: "The output is not whole; make room, or send it somewhere else.",
  },
  cannotRead: {
    code: "cannot-read",
    message: "{file} cannot be read: {reason}",
    hint: "Give a file that `escapement explore --json` wrote.",
  },
  endlessReplay: {
    code: "endless-replay",
    message: "{law} does not return in this run: livelock",
    hint: "Look for a loop that touches neither the chip nor a shared cell.",
  },
  internal: {
    code: "internal",
    message: "{reason}",
    hint: "This is a fault in escapement; run it again with ESCAPEMENT_DEBUG=1 and report it.",
  },
});

/** The errors of a board as the command line opens, serves and ends it. */
export const boardErrors = errorTable(BoardError, {
  ended: { code: "aborted", message: "the run was ended from the keyboard", hint: "" },
  timeIsUp: {
    code: "timeout",
    message: "the run took longer than the {seconds} s of --timeout",
    hint: "Give a longer --timeout, or fewer laws with --only.",
  },
  ttyGone: {
    code: "disconnected",
    message: "the tty {path} went away",
    hint: "Start it again; if it happens again, look what else opens that tty.",
  },
  noProfile: {
    code: "port-not-found",
    message: "there is no profile {profile}",
    hint: "Run `escapement`.",
  },
  noBoardInModule: {
    code: "port-not-found",
    message: "the default export of {module} is no board, and makes none",
    hint: moduleShape,
  },
  noDefaultExport: {
    code: "port-not-found",
    message: "{module} has no default export",
    hint: moduleShape,
  },
  manyTargets: {
    code: "port-not-found",
    message: "{module} has {count} targets: {names}",
    hint: "Export one of them.",
  },
  noSuchFile: {
    code: "port-not-found",
    message: "{file} cannot be imported: there is no such file",
    hint: "Give the path of a file, from the folder that the command runs in.",
  },
  cannotImport: {
    code: "port-not-found",
    message: "{module} cannot be imported: {reason}",
    hint: "Is the file there, and is it an ES module that imports only what is installed?",
  },
  cannotImportTypeScript: {
    code: "port-not-found",
    message: "{module} cannot be imported: {reason}",
    hint: "Node takes TypeScript by itself from 22.18 on; else build it, and give the JavaScript file.",
  },
});
