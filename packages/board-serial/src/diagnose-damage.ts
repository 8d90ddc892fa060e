import { decodeFrame } from "./frame.js";

/** What was seen of damage on a line. */
export interface Damage {
  /** Damaged frames, as they came between two zeros. */
  readonly frames: readonly Uint8Array[];
  /** Bytes received in all. */
  readonly bytes: number;
  /** Those of them above 0x7f. */
  readonly bytesHigh: number;
}

const cr = 0x0d;
const lf = 0x0a;
const xon = 0x11;
const xoff = 0x13;

/** Bytes that a line in the wrong mode takes for itself, and what it does with them. */
const specialBytes = [cr, lf, xon, xoff];

/** So few bytes say nothing about the eighth bit. */
const sevenBitBytesMin = 30;
/** So many places are tried in all their combinations. */
const placesMax = 10;
const textBytesMin = 4;
/** So many in a row come about by no chance. */
const textBytesSure = 16;
const textKept = 40;

/**
 * What damage that repeats in the same way says about the line, as a sentence; undefined where it
 * has no pattern. Each finding is proven: with the change undone, a damaged frame is whole.
 */
export function diagnoseDamage(damage: Damage): string | undefined {
  const { frames } = damage;
  if (frames.length === 0) return undefined;
  if (damage.bytes >= sevenBitBytesMin && damage.bytesHigh === 0) {
    return "No byte above 0x7f ever came: the line is set to 7 data bits, or strips the eighth. Set it to 8 data bits, no parity.";
  }
  if (frames.some((frame) => isWhole(withoutInserted(frame)))) {
    return "The line puts a carriage return before each line feed: turn the translation of line ends off (stty raw, or the console mode of the serial server).";
  }
  if (frames.some((frame) => wasExchanged(frame, lf, cr) || wasExchanged(frame, cr, lf))) {
    return "The line turns carriage returns into line feeds, or the reverse: turn the translation of line ends off (stty raw, or the console mode of the serial server).";
  }
  if (frames.some((frame) => wasSwallowed(frame, xon) || wasSwallowed(frame, xoff))) {
    return "The line swallows the bytes 0x11 or 0x13: software flow control (XON/XOFF) is on. Turn it off (stty -ixon -ixoff).";
  }
  if (frames.some((frame) => wasSwallowed(frame, cr) || wasSwallowed(frame, lf))) {
    return "The line swallows carriage returns or line feeds: turn the translation of line ends off (stty raw, or the console mode of the serial server).";
  }
  const text = frames.map(textOf).find((each) => each !== undefined);
  if (text === undefined) return undefined;
  return `Something prints on the line: "${text}". Give the agent a line of its own, or print between its frames only.`;
}

/**
 * What may be wrong where one request never gets a reply although the line works: the line may
 * change or swallow a byte of it on its way to the board, where it cannot be seen.
 */
export function diagnoseRequest(encoded: Uint8Array): string | undefined {
  const found = specialBytes.filter((byte) => encoded.includes(byte));
  if (found.length === 0) return undefined;
  const names = found.map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ");
  return `The request without a reply has the byte ${names} in it, and those before it got replies: look for translated line ends (stty raw) or software flow control (stty -ixon -ixoff) on the way to the board.`;
}

function isWhole(encoded: Uint8Array): boolean {
  return decodeFrame(encoded) !== undefined;
}

/** The frame without each carriage return that stands before a line feed. */
function withoutInserted(frame: Uint8Array): Uint8Array {
  return frame.filter((byte, at) => byte !== cr || frame[at + 1] !== lf);
}

/** Whether the frame is whole with some of its `now` being `before`. */
function wasExchanged(frame: Uint8Array, now: number, before: number): boolean {
  const places = [...frame.keys()].filter((at) => frame[at] === now);
  if (places.length === 0 || places.length > placesMax) return false;
  for (let choice = 1; choice < 2 ** places.length; choice++) {
    const tried = frame.slice();
    for (const [bit, at] of places.entries()) if ((choice >> bit) & 1) tried[at] = before;
    if (isWhole(tried)) return true;
  }
  return false;
}

/** Whether the frame is whole with one more `byte` somewhere. */
function wasSwallowed(frame: Uint8Array, byte: number): boolean {
  for (let at = 0; at <= frame.length; at++) {
    if (isWhole(Uint8Array.of(...frame.subarray(0, at), byte, ...frame.subarray(at)))) return true;
  }
  return false;
}

/** A run of text in what is no frame, for a person; undefined where there is hardly any. */
function textOf(frame: Uint8Array): string | undefined {
  const isText = (byte: number) =>
    (byte >= 0x20 && byte < 0x7f) || byte === cr || byte === lf || byte === 0x09;
  let best = "";
  let run = "";
  for (const byte of frame) {
    run = isText(byte) ? run + String.fromCharCode(byte) : "";
    if (run.length > best.length) best = run;
  }
  if (best.length < Math.max(textBytesMin, Math.min(textBytesSure, frame.length / 2)))
    return undefined;
  const shown = best.trim().replaceAll(/\s+/g, " ");
  return shown.length > textKept ? `${shown.slice(0, textKept)}…` : shown;
}
