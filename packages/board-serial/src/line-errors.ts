import { type ErrorCause, errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";

const flashAgain =
  "Host and firmware do not agree about the protocol; flash the firmware that belongs to this version.";
const badLine = "a bad cable or ground; a baud rate that is slightly off";

// Situations of which a pattern in the damage may say more than a list of likely causes.
const noAgent = {
  code: "not-an-agent",
  message: "Something talks on {line}, but not an Escapement agent: {seen}, no whole frame",
} as const;
const noHandshake = {
  code: "link-unreliable",
  message:
    "An agent is on {line}, but no handshake came through: {seen}, {good} frames whole, {bad} damaged",
} as const;
const silent = {
  code: "timeout",
  message: "The board on {line} went silent: {tries} without a byte",
} as const;
const lostTooMuch = {
  code: "link-unreliable",
  message:
    "The line to the board on {line} lost too much: {tries}, {bad} damaged frames, {good} that reply to something else, {bytes} bytes",
} as const;

/** The errors of boards behind a line: ports, the session, and what the agent refuses. */
export const lineErrors = errorTable(BoardError, {
  // Names of ports.
  noPortName: {
    code: "port-not-found",
    message: '"{name}" names no port',
    hint: "A port is /dev/…, COM3, a shortcut (a0 is /dev/ttyACM0, u1 is /dev/ttyUSB1, c3 is COM3), id:<USB serial number> or tcp://host:port.",
  },
  noTcpName: {
    code: "port-not-found",
    message: '"{name}" names no TCP port',
    hint: "Write tcp://host:port with a port from 1 to 65535, such as tcp://localhost:4000.",
  },
  noTcpPort: {
    code: "port-not-found",
    message: "{name} names no TCP port",
    hint: "A TCP port is a number from 1 to 65535.",
  },
  noSerialNumbers: {
    code: "port-not-found",
    message: 'No port has the USB serial number "{serialNumber}"',
    hint: "No port has a serial number; name it by its path. `escapement devs` lists the ports there are.",
  },
  otherSerialNumbers: {
    code: "port-not-found",
    message: 'No port has the USB serial number "{serialNumber}"',
    hint: "There are: {known}.",
  },

  // Opening a port.
  noSuchPort: {
    code: "port-not-found",
    message: "There is no port {path}",
    hint: "Is the board plugged in, with a cable that carries data? `escapement devs` lists the ports there are.",
  },
  portGone: {
    code: "port-not-found",
    message: "The pseudo-terminal {path} is gone",
    hint: "The program behind it ended. Start it again, and open the path that it prints then.",
  },
  unplugged: {
    code: "port-not-found",
    message: "{name} is not there",
    hint: "The board's end was taken away; put it back and open again.",
  },
  unknownHost: {
    code: "port-not-found",
    message: "The host of {name} is not known",
    hint: "Check its spelling, or give its address.",
  },
  noProgram: {
    code: "port-not-found",
    message: "There is no program {name}",
    hint: "Give its path, from the folder that the command runs in, as exec:./agent.",
  },
  portBusy: {
    code: "port-busy",
    message: "The port {path} is in use by another program",
    hint: "Close the serial monitor, the other terminal or the debugger that holds it, then try again.",
  },
  notAllowed: {
    code: "port-failed",
    message: "You may not open the port {path}",
    hint: "On Linux add yourself to the group that owns it (dialout or uucp), then log in again.",
  },
  cannotOpen: {
    code: "port-failed",
    message: "The port {path} cannot be opened at {baudRate} baud: {reason}",
    hint: "Is it a serial port, and does its driver know this baud rate?",
  },
  cannotReach: {
    code: "port-failed",
    message: "{name} cannot be reached: {reason}",
    hint: "Is the serial server or the emulator running, and does it listen on that port?",
  },
  cannotStart: {
    code: "port-failed",
    message: "{name} cannot be started: {reason}",
    hint: "Is it a program for this machine, and may you execute it?",
  },
  openHangs: {
    code: "port-failed",
    message: "{name} did not open within {limitMs} ms",
    hint: "The driver or the far end hangs: unplug the board and plug it in again.",
  },
  noPackage: {
    code: "port-failed",
    message: "The package serialport cannot be loaded",
    hint: "Install it beside this one: npm install serialport@13. Boards behind TCP need no such package.",
  },

  // Writing to it.
  notOpen: { code: "disconnected", message: "{name} is not open", hint: "Open it first." },
  serialBlocked: {
    code: "timeout",
    message: "{name} took no bytes for {limitMs} ms",
    hint: "The far end does not read: the board hangs, or flow control holds the line.",
  },
  programBlocked: {
    code: "timeout",
    message: "{name} took no bytes for {limitMs} ms",
    hint: "The program does not read its standard input: it hangs, or it is no agent.",
  },
  tcpBlocked: {
    code: "timeout",
    message: "{name} took no bytes for {limitMs} ms",
    hint: "The far end does not read: the board or the serial server hangs.",
  },

  // The handshake.
  nothingThere: {
    code: "no-reply",
    message: "Nothing replies on {line}: no byte in {seconds} s",
    hint: "Likely, in this order: it is the wrong port; the board is not flashed with the Escapement agent; the baud rate is wrong; the board is in its boot loader or has no power.",
  },
  noAgent: {
    ...noAgent,
    hint: "Likely, in this order: the baud rate is wrong; another firmware runs on the board; it is the wrong port.",
  },
  noAgentBy: {
    ...noAgent,
    hint: "{pattern}",
  },
  noHandshake: {
    ...noHandshake,
    hint: `Likely, in this order: ${badLine}; another program talks on the same port.`,
  },
  noHandshakeBy: {
    ...noHandshake,
    hint: "{pattern}",
  },
  occupied: {
    code: "timeout",
    message:
      "The board on {line} replied to no handshake for {seconds} s: it says that it still runs a program",
    hint: "An earlier host started it. Press reset on the board and open it again.",
  },
  otherBoard: {
    code: "version-mismatch",
    message: "Another board replies on {line}: {found} where {known} was",
    hint: "Close this board and open the port again.",
  },
  otherProtocol: {
    code: "version-mismatch",
    message: "The board on {line} speaks {theirs}; this host speaks protocol {ours}",
    hint: "Flash the firmware that belongs to this version of Escapement, or use the version of Escapement that belongs to the firmware.",
  },
  badDescription: {
    code: "malformed",
    message: "The description of the board on {line} makes no sense: {what}",
    hint: "Flash the firmware again; a port of your own must send what docs/wire.md lists under the reply to hello.",
  },
  endlessStatements: {
    code: "malformed",
    message: "The board on {line} never ends its statements",
    hint: "A port of your own must reply to state with nothing after its last statement; see docs/wire.md.",
  },

  // The session.
  outOfStep: { code: "malformed", message: "The board on {line} {what}", hint: flashAgain },
  outOfStepOnBadLine: {
    code: "link-unreliable",
    message: "The board on {line} {what}, after frames were lost, late or damaged",
    hint: "Likely a late or damaged frame that was taken for another: check the cable, the ground and the baud rate, or what delays the line, then run again.",
  },
  hungInStep: {
    ...silent,
    hint: "The firmware hangs while it runs a program. On a new port likely, in this order: an interrupt that is never acknowledged comes again without end (an acknowledge that does nothing, or the wrong flag); esc_board_phase() waits for a count that never comes; interrupts stay masked; the board lost power or its cable. Press reset on the board and run again.",
  },
  hungElsewhere: {
    ...silent,
    hint: "Likely, in this order: the firmware hangs with interrupts masked; an interrupt that is never acknowledged comes again without end; the board lost power or its cable. Press reset on the board and run again.",
  },
  silentBy: {
    ...silent,
    hint: "{pattern} Press reset on the board and run again.",
  },
  lostTooMuch: {
    ...lostTooMuch,
    hint: `Likely, in this order: ${badLine}; a receive buffer that overruns; another program on the same port.`,
  },
  lostTooMuchBy: {
    ...lostTooMuch,
    hint: "{pattern}",
  },
  overdue: {
    code: "timeout",
    message: "The board on {line} still runs the program after {seconds} s",
    hint: "The program should have ended long ago: the board's clock may be slower than it says, or its interrupts leave no time to the thread. Ten minutes are the most for one run; timeouts.runMs says otherwise.",
  },
  tooLong: {
    code: "timeout",
    message:
      "By the figures of the board on {line} the program takes {seconds} s; one run has {limit} s",
    hint: "Correct the latencies and the frequency that the firmware states, make the program shorter, or allow more with timeouts.runMs.",
  },
  lost: {
    code: "disconnected",
    message: "The line to the board on {line} went away: {reason}",
    hint: "Likely, in this order: the cable was pulled or the board lost power; the board restarted its USB; what serves the port has ended. Put it back, then call reset().",
  },
  closed: {
    code: "closed",
    message: "The board on {line} was closed",
    hint: "Open it again for more runs.",
  },
  aborted: {
    code: "aborted",
    message: "The run on {line} was ended by its signal",
    hint: "Nothing is wrong with the board; the next run starts over.",
  },
  boardBusy: {
    code: "busy",
    message: "The board on {line} is at work",
    hint: "Await the run or the reset before it; one at a time.",
  },
  requestUnderWay: {
    code: "busy",
    message: "A request on {line} is under way",
    hint: "Await it before the next; one at a time.",
  },
  wrongIterations: {
    code: "link-unreliable",
    message:
      "The trace from {line} has {found} iterations that do not match the {count} of the program",
    hint: "The line delivered an old request late, or the firmware's agent breaks docs/wire.md; run again over a direct line.",
  },

  // What the board has no room for, or refuses.
  moreTimers: {
    code: "program-too-large",
    message: "The program uses {used} timers, {board} has {timers}",
    hint: "Use fewer timers, or build the firmware with more.",
  },
  moreBytes: {
    code: "program-too-large",
    message: "The program has {used} bytes, {board} takes {most}",
    hint: "Use a shorter program, or build the firmware with a larger program buffer.",
  },
  refusedTimers: {
    code: "program-too-large",
    message: "The board on {line} has {detail} timers, the program uses more",
    hint: "Use fewer timers, or build the firmware with more.",
  },
  refusedBytes: {
    code: "program-too-large",
    message: "The board on {line} has room for programs of {detail} bytes",
    hint: "Use a shorter program, or build the firmware with a larger program buffer.",
  },
  refusedProgram: {
    code: "invalid-program",
    message: "The board on {line} does not take the program: byte {detail} is wrong",
    hint: "An operation or a number is beyond what this board's firmware knows; a 32-bit agent takes numbers up to 4294967295.",
  },
  traceTooLarge: {
    code: "trace-too-large",
    message:
      "One iteration made more records than the {detail} bytes that the board on {line} has for them",
    hint: "Record less in one iteration: make timers quiet, or put more into a repeat or a sweep.",
  },
  damagedProgram: {
    code: "link-unreliable",
    message: "The program arrived damaged at the board on {line}",
    hint: "Check the cable and the baud rate, then run again.",
  },
  stepLimit: {
    code: "board-fault",
    message:
      "The board on {line} stopped the program: a list of operations ran longer than its agent allows",
    hint: "Look for a timer that its own handler starts again with no delay.",
  },
  neverEnds: {
    code: "never-ends",
    message:
      "The driver of the board on {line} never lets the program end: expiries follow each other and the thread gets no further",
    hint: "Look for a timer that is due again before its interrupt has returned: a minDeltaTicks that does not cover the way out of the interrupt, or a flag that is not acknowledged.",
  },
  restarted: {
    code: "board-reset",
    message: "The board on {line} forgot the session ({name})",
    hint: "It restarted: check its supply, its watchdog and its stack; or another program talked to it: close that one. Then run again.",
  },
  refused: {
    code: "board-fault",
    message: "The board on {line} reports {name} (detail {detail})",
    hint: flashAgain,
  },
});

/** The options of an error with a cause, if there is one. */
export function causedBy(cause: unknown): ErrorCause {
  return cause === undefined ? {} : { cause };
}

/** Milliseconds as seconds, for a message. */
export function secondsText(ms: number, decimals = 1): string {
  return (ms / 1000).toFixed(decimals);
}
