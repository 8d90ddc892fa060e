import { errorTable } from "@escapement/core";
import { ExploreError } from "@escapement/explore";
import { BoardError } from "@escapement/scenario";

/** The errors that only a search of machine code has. */
export const avrErrors = errorTable(ExploreError, {
  noSymbol: {
    code: "symbols",
    message: "The symbol map has no {name}",
    hint: "Give the image together with the symbol map of the same build, as unoImage() returns them.",
  },
  noImage: {
    code: "symbols",
    message: "There is a symbol map, but no image",
    hint: "Give hex and symbols of the same build, or neither for the shipped firmware.",
  },
  noSymbols: {
    code: "symbols",
    message: "There is an image, but no symbol map",
    hint: "Give hex and symbols of the same build, or neither for the shipped firmware.",
  },
  noSuchIteration: {
    code: "invalid-argument",
    message: "{name} has no iteration with the value {value}",
    hint: "Give a value of its sweep: from {from}, {count} values, {step} apart.",
  },
  tooManyArguments: {
    code: "invalid-argument",
    message: "{count} words of arguments",
    hint: "At most 9 go in registers.",
  },
  outOfReach: {
    code: "schedule-mismatch",
    message: "Before point {point} of {schedule} no such event is within {slack} ticks",
    hint: "Replay a schedule with the program, iteration, image, emulator and slack that it was printed for.",
  },
  notLoaded: {
    code: "cannot-run",
    message: "The program of {name} cannot be loaded: {why}",
    hint: "Give programs for the board that describeUno() returns.",
  },
  noReply: {
    code: "cannot-run",
    message: "The firmware does not reply to request {type}",
    hint: "Search programs that run on the board: their errors are those of docs/wire.md.",
  },
  refused: {
    code: "cannot-run",
    message: "The firmware replies with error {payload} to request {type}",
    hint: "Search programs that run on the board: their errors are those of docs/wire.md.",
  },
  noReturn: {
    code: "cannot-run",
    message: "{name} does not return within {cycles} cycles",
    hint: "Search functions that come back by themselves; prepare what they need.",
  },
  timerStopped: {
    code: "cannot-run",
    message: "Timer1 stands still",
    hint: "Search an image that starts Timer1 in its start-up.",
  },
});

/** The errors of a trace that the firmware left in its memory. */
export const traceErrors = errorTable(BoardError, {
  tooEarly: {
    code: "malformed",
    message: "the trace begins before power-up",
    hint: "Look at what wrote over the trace buffer.",
  },
});
