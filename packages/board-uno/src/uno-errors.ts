import { errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

/** What to do without a pseudo-terminal. */
const inProcess =
  "Use the emulated board in process instead (openUnoBoard); a tty needs Linux or macOS and the package @lydell/node-pty with its binary for this platform.";

/** The errors of the emulated board, its image and its tty. */
export const unoErrors = errorTable(BoardError, {
  notStarted: {
    code: "board-fault",
    message: "the firmware does not wait for the host after its start",
    hint: "Rebuild the firmware; its start-up may have crashed.",
  },
  noInterrupt: {
    code: "board-fault",
    message: "no interrupt began and ended within {cycles} cycles",
    hint: "The firmware did not arm its timer, or hangs in a handler.",
  },
  otherMode: {
    code: "board-fault",
    message: "waveform mode {mode} of a {bits}-bit timer is not modelled",
    hint: "The corrected timers know normal and CTC mode; run this firmware with stock: true.",
  },
  tooManyWords: {
    code: "board-fault",
    message: "{target} is called with {words} words",
    hint: "At most 9 go in registers.",
  },
  noReturn: {
    code: "board-fault",
    message: "{target} did not return within {cycles} cycles",
    hint: "Reset the emulator.",
  },
  noSymbol: {
    code: "board-fault",
    message: 'the firmware has no symbol "{symbol}"',
    hint: "Give the symbol map of the same build as the image.",
  },
  noEndRecord: {
    code: "malformed",
    message: "the HEX image has no end record",
    hint: "The file was cut off, or is not Intel HEX; build or copy it again.",
  },
  badLine: {
    code: "malformed",
    message: "line {line} of the HEX image {what}",
    hint: "The file is damaged, or is not Intel HEX; build or copy it again.",
  },
  lineGone: {
    code: "disconnected",
    message: "{path} went away",
    hint: "Open the emulated board again.",
  },
  noTtyPaths: {
    code: "port-failed",
    message: "Windows has no pseudo-terminals with a path",
    hint: inProcess,
  },
  noTty: { code: "port-failed", message: "no pseudo-terminal: {reason}", hint: inProcess },
});
