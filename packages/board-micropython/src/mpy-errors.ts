import { type ErrorCause, errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

/** What goes wrong between the suite and a MicroPython board. */
export const mpyErrors = errorTable(BoardError, {
  // Reaching the REPL.
  nothingHeard: {
    code: "no-reply",
    message: "Nothing came from {line} in {seconds} s",
    hint: "Check the cable and the port (`escapement devs` lists them), and press the board's reset button.",
  },
  noRepl: {
    code: "not-an-agent",
    message: "Something talks on {line}, but not the raw REPL of MicroPython; it ends with {seen}",
    hint: "Is this MicroPython? A program that keeps Ctrl-C to itself (`micropython.kbd_intr(-1)`, a watchdog) has to be removed first. A board with our firmware is judged without mpy:.",
  },
  noReset: {
    code: "timeout",
    message: "The soft reset of the board on {line} did not come back in {seconds} s",
    hint: "A boot.py that does not end keeps it; or leave the reset out with resume.",
  },
  outOfStep: {
    code: "link-unreliable",
    message:
      "The REPL on {line} lost too much: {tries} attempts at one request, the last ended with {seen}",
    hint: "Check cable and ground; over a USB hub or a radio link try a direct one.",
  },
  silent: {
    code: "timeout",
    message: "The board on {line} did not come back from a request in {seconds} s, nor from Ctrl-C",
    hint: "Its interrupt may run without end, which no REPL can stop: press reset or pull the plug; the run goes on after it.",
  },
  lost: {
    code: "disconnected",
    message: "The line {line} went away: {reason}",
    hint: "Plug the board in again; reset() opens the line.",
  },
  restarted: {
    code: "board-reset",
    message: "The board on {line} restarted: the agent is gone",
    hint: "A watchdog or a weak supply restarts a board; the next program loads the agent again.",
  },

  // What the board is.
  noTimer: {
    code: "not-an-agent",
    message: "The MicroPython on {line} cannot run the agent: {reason}",
    hint: "It needs machine.Timer, time.ticks_us and binascii; the unix, qemu and webassembly ports have no machine.Timer.",
  },
  noTimerArmed: {
    code: "board-fault",
    message: "The MicroPython on {line} can arm {count} timers at once; {least} are needed",
    hint: "Other code holds the timers, or earlier programs lost them: reset the board.",
  },
  noMemory: {
    code: "board-fault",
    message: "The MicroPython on {line} has too little memory for the agent: {reason}",
    hint: "About 36 kB of heap are needed; remove what boot.py and main.py load.",
  },
  oddFacts: {
    code: "malformed",
    message: "The agent on {line} describes its board as {facts}",
    hint: "The agent on the board is of another version; leave resume away.",
  },

  // Runs.
  refused: {
    code: "board-fault",
    message: "The agent on {line} failed: {reason}",
    hint: "Where it is MemoryError, free memory on the board; else report this with the program.",
  },
  tooManyTimers: {
    code: "program-too-large",
    message: "The program uses {used} timers, the board on {line} has {timers}",
    hint: "Use fewer timers, or a board with more.",
  },
  traceFull: {
    code: "trace-too-large",
    message: "One iteration makes more records than the {most} that the board on {line} can keep",
    hint: "Free memory on the board, or make the program shorter.",
  },
  endless: {
    code: "board-fault",
    message: "The program never ends on {line}: more than {most} operations in one iteration",
    hint: "Look for a timer that starts itself again without delay.",
  },
  oddReply: {
    code: "malformed",
    message: "The agent on {line} replied what cannot be: {what}",
    hint: "The agent on the board is of another version; leave resume away.",
  },
  aborted: {
    code: "aborted",
    message: "The run on {line} was ended by its signal",
    hint: "Nothing to do; the board stays usable.",
  },
  busy: {
    code: "busy",
    message: "{call} on {line} during a run",
    hint: "Await the run before it.",
  },
  closed: {
    code: "closed",
    message: "{call} on {line} after close",
    hint: "Open the board again.",
  },

  // The board without hardware.
  noVm: {
    code: "port-failed",
    message: "The MicroPython that runs without hardware is not installed: {reason}",
    hint: "npm install @micropython/micropython-webassembly-pyscript",
  },
  noTcp: {
    code: "port-failed",
    message: "TCP port {port} of this computer cannot be served: {reason}",
    hint: "Another program holds it; take another, or 0 for any free one.",
  },
});

/** The cause of an error, where there is one. */
export function causedBy(cause: unknown): ErrorCause {
  return cause === undefined ? {} : { cause };
}
