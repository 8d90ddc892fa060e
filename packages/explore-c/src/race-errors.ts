import { errorTable } from "@escapement/core";
import { ExploreError } from "@escapement/explore";

/** The errors that only a search of a C program has. */
export const raceErrors = errorTable(ExploreError, {
  runTooLong: {
    code: "endless-program",
    message:
      "A run was cut after {rounds} rounds of loops{place}; whether it would end is not known",
    hint: "Make the loop there shorter for the search, such as by a macro of --define.",
  },
  noMain: {
    code: "invalid-argument",
    message: "there is no main program: {found}",
    hint: "Name the function with --main; it takes no arguments.",
  },
  noSuchFunction: {
    code: "invalid-argument",
    message: "the program has no function {name}",
    hint: "Give a function that is not static, without arguments. There are: {near}.",
  },
  takesArguments: {
    code: "invalid-argument",
    message: "{name} takes {count} arguments",
    hint: "Write a function around it that takes none, and name that one.",
  },
  noHandlers: {
    code: "invalid-argument",
    message: "there is no interrupt handler",
    hint: "Name each with --isr NAME=NUMBER; found by themselves are name_isr_1, ISR(VECTOR), TIM2_IRQHandler and the like.",
  },
  tooManyHandlers: {
    code: "invalid-argument",
    message: "there are {count} interrupt handlers",
    hint: "At most {most} fit into one search; name those that matter with --isr.",
  },
  tooLarge: {
    code: "invalid-argument",
    message: "the program has {bytes} bytes of data; at most {most} can be watched",
    hint: "Make its arrays smaller, with -D where they have a macro.",
  },
  noSuchVariable: {
    code: "invalid-argument",
    message: "the program has no variable {name}",
    hint: "Give a global variable, or a static one of a function, as the source names it.",
  },
  storesUnseen: {
    code: "invalid-argument",
    message: "the program does not say what it stores in registers with a model",
    hint: "Make it ready with prepareProgram(compiled, {{ wordBytes: 0 }}).",
  },
  predicateAsksModel: {
    code: "invalid-argument",
    message: "a predicate of an interrupt reads the register 0x{address}, which has a model",
    hint: "Let it look at variables: it is asked any number of times, and a model may change with each load.",
  },
  peripheralFailed: {
    code: "cannot-run",
    message: "a model of registers failed: {reason}",
    hint: "Look at the model: what it threw is no fault of the program.",
  },
  badSchedule: {
    code: "bad-schedule",
    message: '"{text}" is no schedule: {why}',
    hint: "A schedule of a C program looks like {example}.",
  },
  otherVersion: {
    code: "schedule-version",
    message: '"{text}" was written by another version: {found}, not {version}',
    hint: "Search again with this version, and replay what it prints.",
  },
  unusedMove: {
    code: "schedule-mismatch",
    message: "the move {move} of {schedule} cannot be made in this run",
    hint: "Replay a schedule with the files and options that it was printed for.",
  },
});
