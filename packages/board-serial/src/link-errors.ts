import { BoardError, type RunSignal } from "@escapement/scenario";
import type { AgentInfo } from "./description.js";
import type { Heard } from "./exchange.js";

/**
 * A reply does not fit its request. On a line that is troubled that is late or damaged frames;
 * on a clean one the firmware speaks another protocol.
 */
export function outOfStepError(line: string, what: string, isTroubled: boolean): BoardError {
  if (isTroubled) {
    return new BoardError(
      "link-unreliable",
      `The board on ${line} ${what}, after frames were lost, late or damaged`,
      "Likely a late or damaged frame that was taken for another: check the cable, the ground and the baud rate, or what delays the line, then run again.",
    );
  }
  return new BoardError(
    "malformed",
    `The board on ${line} ${what}`,
    "Host and firmware do not agree about the protocol; flash the firmware that belongs to this version.",
  );
}

/** Another board than before answers on the same line. */
export function otherBoardError(line: string, known: AgentInfo, found: AgentInfo): BoardError {
  return new BoardError(
    "version-mismatch",
    `Another board answers on ${line}: ${found.board.name} with firmware ${found.firmwareVersion} where ${known.board.name} with ${known.firmwareVersion} was`,
    "Close this board and open the port anew.",
  );
}

/** A board that tells of an earlier host's program all through the handshake. */
export function occupiedError(line: string, waitedMs: number): BoardError {
  return new BoardError(
    "timeout",
    `The board on ${line} answered no handshake for ${(waitedMs / 1000).toFixed(1)} s: it says that it still runs a program`,
    "An earlier host started it. Press reset on the board and open it again.",
  );
}

/**
 * No answer to the handshake: what was heard tells nobody, a stranger and a bad line apart.
 * `firstBytes` are the first that came since the line was opened, `pattern` is what the damage says.
 */
export function connectError(
  line: string,
  heard: Heard,
  firstBytes: Uint8Array,
  waitedMs: number,
  pattern?: string,
): BoardError {
  const seconds = (waitedMs / 1000).toFixed(1);
  if (heard.bytes === 0) {
    return new BoardError(
      "no-reply",
      `Nothing answers on ${line}: no byte in ${seconds} s`,
      "Likely, in this order: it is the wrong port; the board is not flashed with the Escapement agent; the baud rate is wrong; the board is in its boot loader or has no power.",
    );
  }
  const seen = `${heard.bytes} bytes in ${seconds} s (the line began with ${hex(firstBytes)})`;
  if (heard.framesGood === 0) {
    return new BoardError(
      "not-an-agent",
      `Something talks on ${line}, but not an Escapement agent: ${seen}, no whole frame`,
      pattern ??
        "Likely, in this order: the baud rate is wrong; another firmware runs on the board; it is the wrong port.",
    );
  }
  return new BoardError(
    "link-unreliable",
    `An agent is on ${line}, but no handshake came through: ${seen}, ${heard.framesGood} frames whole, ${heard.framesBad} damaged`,
    pattern ??
      "Likely, in this order: a bad cable or ground; a baud rate that is slightly off; another program talks on the same port.",
  );
}

/** What a silence tells of: where it came, and what was seen on the line before. */
export interface Silence {
  /** What came since the last sign of life. */
  readonly heard: Heard;
  /** How long nothing useful came. */
  readonly waitedMs: number;
  /** Whether the request that was not answered runs the program. */
  readonly isStep: boolean;
  /** What the damage on the line, or the request itself, says about the line. */
  readonly pattern?: string | undefined;
}

/** No answer to a request of a session that had answered before. */
export function silentError(line: string, silence: Silence): BoardError {
  const { heard, waitedMs, isStep, pattern } = silence;
  const tries = `${heard.attempts} attempts, the last ${(waitedMs / 1000).toFixed(1)} s`;
  if (heard.bytes === 0) {
    return new BoardError(
      "timeout",
      `The board on ${line} went silent: ${tries} without a byte`,
      `${isStep ? hungInStep : (pattern ?? hungElsewhere)} Press reset on the board and run again.`,
    );
  }
  return new BoardError(
    "link-unreliable",
    `The line to the board on ${line} lost too much: ${tries}, ${heard.framesBad} damaged frames, ${heard.framesGood} that answer something else, ${heard.bytes} bytes`,
    pattern ??
      "Likely, in this order: a bad cable or ground; a baud rate that is slightly off; a receive buffer that overruns; another program on the same port.",
  );
}

const hungInStep =
  "The firmware hangs while it runs a program. On a new port likely, in this order: an interrupt that nobody acknowledges comes again without end (an acknowledge that does nothing, or the wrong flag); esc_board_phase() waits for a count that never comes; interrupts stay masked; the board lost power or its cable.";
const hungElsewhere =
  "Likely, in this order: the firmware hangs with interrupts masked; an interrupt that nobody acknowledges comes again without end; the board lost power or its cable.";

/** The board gives signs of life but does not come to an end. */
export function overdueError(line: string, waitedMs: number): BoardError {
  return new BoardError(
    "timeout",
    `The board on ${line} still runs the program after ${(waitedMs / 1000).toFixed(1)} s`,
    "The program should have ended long ago: the board's clock may be slower than it says, or its interrupts leave no time to the thread. Ten minutes are the most for one run; timeouts.runMs says otherwise.",
  );
}

/** The program would take longer than a run may, by what the board says of itself. */
export function tooLongError(line: string, estimateMs: number, limitMs: number): BoardError {
  return new BoardError(
    "timeout",
    `By the figures of the board on ${line} the program takes ${(estimateMs / 1000).toFixed(0)} s; one run has ${(limitMs / 1000).toFixed(0)} s`,
    "Correct the latencies and the frequency that the firmware states, make the program shorter, or allow more with timeouts.runMs.",
  );
}

/** The line went away. */
export function lostError(line: string, reason: string, cause?: unknown): BoardError {
  return new BoardError(
    "disconnected",
    `The line to the board on ${line} went away: ${reason}`,
    "Likely, in this order: the cable was pulled or the board lost power; the board restarted its USB; what serves the port has ended. Put it back, then call reset().",
    cause === undefined ? undefined : { cause },
  );
}

/** The session was closed by this side. */
export function closedError(line: string): BoardError {
  return new BoardError(
    "closed",
    `The board on ${line} was closed`,
    "Open it again for more runs.",
  );
}

/** The caller's signal fired. */
export function abortedError(line: string, signal: RunSignal | undefined): BoardError {
  return new BoardError(
    "aborted",
    `The run on ${line} was ended by its signal`,
    "Nothing is wrong with the board; the next run starts anew.",
    signal?.reason === undefined ? undefined : { cause: signal.reason },
  );
}

/** Bytes for a person: `7e 00 a1`. */
function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
