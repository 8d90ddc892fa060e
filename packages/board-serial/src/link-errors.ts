import type { BoardError } from "@escapement/scenario";
import type { Heard } from "./exchange.js";
import { lineErrors, secondsText } from "./line-errors.js";

/**
 * A reply does not fit its request. On a line that is troubled that is late or damaged frames;
 * on a clean one the firmware speaks another protocol.
 */
export function outOfStepError(line: string, what: string, isTroubled: boolean): BoardError {
  return isTroubled
    ? lineErrors.outOfStepOnBadLine({ line, what })
    : lineErrors.outOfStep({ line, what });
}

/**
 * No reply to the handshake: what was heard distinguishes no device, an unknown device and a bad line.
 * `firstBytes` are the first that came since the line was opened, `pattern` is what the damage says.
 */
export function connectError(
  line: string,
  heard: Heard,
  firstBytes: Uint8Array,
  waitedMs: number,
  pattern?: string,
): BoardError {
  const seconds = secondsText(waitedMs);
  if (heard.bytes === 0) return lineErrors.nothingThere({ line, seconds });
  const seen = `${heard.bytes} bytes in ${seconds} s (the line began with ${hex(firstBytes)})`;
  if (heard.framesGood === 0) {
    return pattern === undefined
      ? lineErrors.noAgent({ line, seen })
      : lineErrors.noAgentBy({ line, seen, pattern });
  }
  const frames = { line, seen, good: heard.framesGood, bad: heard.framesBad };
  return pattern === undefined
    ? lineErrors.noHandshake(frames)
    : lineErrors.noHandshakeBy({ ...frames, pattern });
}

/** What a silence shows: where it came, and what was seen on the line before. */
export interface Silence {
  /** What came since the last sign of life. */
  readonly heard: Heard;
  /** How long nothing useful came. */
  readonly waitedMs: number;
  /** Whether the request without a reply runs the program. */
  readonly isStep: boolean;
  /** What the damage on the line, or the request itself, says about the line. */
  readonly pattern?: string | undefined;
}

/** No reply to a request of a session that had replied before. */
export function silentError(line: string, silence: Silence): BoardError {
  const { heard, waitedMs, isStep, pattern } = silence;
  const tries = `${heard.attempts} attempts, the last ${secondsText(waitedMs)} s`;
  if (heard.bytes === 0) {
    if (isStep) return lineErrors.hungInStep({ line, tries });
    return pattern === undefined
      ? lineErrors.hungElsewhere({ line, tries })
      : lineErrors.silentBy({ line, tries, pattern });
  }
  const seen = { line, tries, bad: heard.framesBad, good: heard.framesGood, bytes: heard.bytes };
  return pattern === undefined
    ? lineErrors.lostTooMuch(seen)
    : lineErrors.lostTooMuchBy({ ...seen, pattern });
}

/** Bytes for a person: `7e 00 a1`. */
function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
