import { type BoardError, crc16, limits, requestTypes } from "@escapement/scenario";
import { outOfStepError } from "./link-errors.js";
import type { SerialSession } from "./session.js";
import type { RequestOptions } from "./session-options.js";

/** Every reply's way of saying that it does not fit its request. */
function outOfStep(session: SerialSession, what: string): BoardError {
  return outOfStepError(session.line, what, session.isTroubled);
}

function littleEndian(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]));
}

/** The little-endian 16-bit numbers of a reply, which has exactly `bytes` bytes. */
function replyView(session: SerialSession, payload: Uint8Array, bytes: number): DataView {
  if (payload.length !== bytes) {
    throw outOfStep(session, `replied with ${payload.length} bytes, ${bytes} belong there`);
  }
  return new DataView(payload.buffer, payload.byteOffset);
}

/** Loads an encoded program piece by piece and has the agent check it; iteration 0 is next. */
export async function loadProgram(
  session: SerialSession,
  program: Uint8Array,
  options: () => RequestOptions,
): Promise<void> {
  for (let offset = 0; offset < program.length; ) {
    const most = Math.min(limits.loadBytes, session.pace.pieceBytes);
    const piece = program.subarray(offset, offset + most);
    const payload = Uint8Array.of(...littleEndian(offset), ...piece);
    const reply = await session.request(requestTypes.load, payload, options());
    const loaded = replyView(session, reply, 2).getUint16(0, true);
    offset += piece.length;
    if (loaded !== offset) {
      throw outOfStep(session, `says it has ${loaded} bytes of the program, ${offset} were sent`);
    }
  }
  const payload = littleEndian(program.length, crc16(program));
  replyView(session, await session.request(requestTypes.begin, payload, options()), 0);
}

/** What a run of a loaded program keeps to. */
export interface RunBounds {
  /** Of the program that was loaded: what the CRC of its trace starts from. */
  readonly programCrc: number;
  /** Each step runs at least one iteration. */
  readonly iterations: number;
  /** A step announces no more than this. */
  readonly maxTraceBytes: number;
  /** Asked before each request, as what remains of the run's time changes. */
  readonly options: () => RequestOptions;
}

/** Runs the loaded program to its end and collects its trace. */
export async function runLoaded(session: SerialSession, bounds: RunBounds): Promise<Uint8Array> {
  const { iterations } = bounds;
  const pieces: Uint8Array[] = [];
  // One step more than iterations: the last may find that nothing is left.
  for (let step = 0; step <= iterations; step++) {
    const nothing = new Uint8Array(0);
    const reply = await session.request(requestTypes.step, nothing, bounds.options());
    const { isDone, ...waiting } = readStep(session, reply);
    if (waiting.bytes > bounds.maxTraceBytes) {
      throw outOfStep(
        session,
        `announced ${waiting.bytes} bytes of trace, it says it has room for ${bounds.maxTraceBytes}`,
      );
    }
    pieces.push(await fetchTrace(session, waiting, bounds));
    if (isDone) return joined(pieces);
  }
  throw outOfStep(session, `made more than ${iterations + 1} steps of ${iterations} iterations`);
}

/** What a step says waits to be fetched. */
interface Waiting {
  readonly bytes: number;
  /** Absent from an agent of an older release. */
  readonly crc?: number;
}

const stepBytes = 5;
const olderStepBytes = 3;

function readStep(session: SerialSession, reply: Uint8Array): Waiting & { isDone: boolean } {
  const isOlder = reply.length === olderStepBytes;
  const view = replyView(session, reply, isOlder ? olderStepBytes : stepBytes);
  const state = view.getUint8(0);
  if (state > 1) throw outOfStep(session, `replied to a step with the unknown state ${state}`);
  const bytes = view.getUint16(1, true);
  return { isDone: state === 1, bytes, ...(isOlder ? {} : { crc: view.getUint16(3, true) }) };
}

/** Often enough for any damage that a frame's CRC misses; more is no accident. */
const collectionsMax = 4;

/** Collects what a step recorded; all of it once more where its CRC is another. */
async function fetchTrace(
  session: SerialSession,
  { bytes, crc }: Waiting,
  { options, programCrc }: RunBounds,
): Promise<Uint8Array> {
  for (let collection = 0; collection < collectionsMax; collection++) {
    const pieces: Uint8Array[] = [];
    for (let offset = 0; offset < bytes; ) {
      const length = Math.min(limits.fetchBytes, session.pace.pieceBytes, bytes - offset);
      const request = Uint8Array.of(...littleEndian(offset), length);
      const piece = await session.request(requestTypes.fetch, request, options());
      if (piece.length !== length) {
        throw outOfStep(session, `gave ${piece.length} bytes of the trace, asked for ${length}`);
      }
      pieces.push(piece);
      offset += length;
    }
    const trace = joined(pieces);
    if (crc === undefined || crc16(trace, programCrc) === crc) return trace;
  }
  throw outOfStepError(
    session.line,
    `gave a trace of ${bytes} bytes with another CRC than it said, ${collectionsMax} times`,
    true,
  );
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
