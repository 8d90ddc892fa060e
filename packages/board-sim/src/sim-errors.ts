import { errorTable, TimerError } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

/** The errors of options: of a board, a chip or its models. */
export const simErrors = errorTable(TimerError, {
  twoChips: {
    code: "invalid-argument",
    message: "both profile and chip are given",
    hint: "Give one of the two.",
  },
  noPort: {
    code: "invalid-argument",
    message: "a chip is given without a port",
    hint: "Give port, a function that writes a TimerPort.",
  },
  noProfile: {
    code: "invalid-argument",
    message: "there is no profile {name}",
    hint: "Choose one of {profiles}.",
  },
  otherFrequency: {
    code: "invalid-argument",
    message: "port.frequencyHz is {portHz}, and the chip counts at {chipHz} Hz",
    hint: "Give the counter's frequency after its prescaler: cpuHz / cyclesPerTick.",
  },
  badMember: {
    code: "invalid-argument",
    message: "chip.{name} is {value}",
    hint: "Give {name} {wanted}.",
  },
  badModel: {
    code: "invalid-argument",
    message: "models.{name} is {value}",
    hint: "Give {name} an integer from {least} to {most}.",
  },
});

/** The errors of a run on a simulated chip. */
export const chipErrors = errorTable(BoardError, {
  starvedThread: {
    code: "never-ends",
    message:
      "{entries} interrupts followed each other, and the code that they interrupted never had its turn",
    hint: "Let minDeltaTicks cover the way out of the interrupt, so that a timer that starts itself again leaves the thread room.",
  },
  crowdedThread: {
    code: "never-ends",
    message:
      "{entries} interrupts followed each other without an instant at which none waited, and the code that they interrupted had one step after every eighth",
    hint: "Look for a handler that requests its own interrupt each time, such as by an alarm that it always sets too late.",
  },
  nestedTooDeep: {
    code: "board-fault",
    message: "the {source} interrupt came with {depth} handlers running inside one another",
    hint: "Look at the port: restore has to put the state back as saveAndMask found it.",
  },
  tooManyAccesses: {
    code: "never-ends",
    message: "more than {most} accesses to the chip in one {what}",
    hint: "Look for a loop that waits for what never comes, or allow more with accessesMax.",
  },
});
