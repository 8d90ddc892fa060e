import { BoardError, crc16, limits, requestTypes } from "@escapement/scenario";
import type { SerialSession } from "./session.js";
import type { RequestOptions } from "./session-options.js";

/** Every reply's way of saying that it does not fit its request. */
function outOfStep(session: SerialSession, what: string): BoardError {
  return new BoardError(
    "malformed",
    `The board on ${session.line} ${what}`,
    "Host and firmware do not agree about the protocol; flash the firmware that belongs to this version.",
  );
}

function littleEndian(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]));
}

function u16At(session: SerialSession, payload: Uint8Array, offset: number): number {
  if (payload.length < offset + 2) {
    throw outOfStep(session, `answered with ${payload.length} bytes, ${offset + 2} are needed`);
  }
  return new DataView(payload.buffer, payload.byteOffset).getUint16(offset, true);
}

/** Loads an encoded program piece by piece and has the agent check it; iteration 0 is next. */
export async function loadProgram(
  session: SerialSession,
  program: Uint8Array,
  options: RequestOptions,
): Promise<void> {
  for (let offset = 0; offset < program.length; offset += limits.loadBytes) {
    const piece = program.subarray(offset, offset + limits.loadBytes);
    const payload = Uint8Array.of(...littleEndian(offset), ...piece);
    const reply = await session.request(requestTypes.load, payload, options);
    const loaded = u16At(session, reply, 0);
    if (loaded !== offset + piece.length) {
      throw outOfStep(
        session,
        `says it has ${loaded} bytes of the program, ${offset + piece.length} were sent`,
      );
    }
  }
  const payload = littleEndian(program.length, crc16(program));
  await session.request(requestTypes.begin, payload, options);
}

/**
 * Runs the loaded program to its end and collects its trace. `stepOptions` is asked before each
 * step, as what remains of the run's time changes. `iterations` bounds the steps: each one runs at
 * least one iteration.
 */
export async function runLoaded(
  session: SerialSession,
  iterations: number,
  stepOptions: () => RequestOptions,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  // One step more than iterations: the last may find that nothing is left.
  for (let step = 0; step <= iterations; step++) {
    const reply = await session.request(requestTypes.step, new Uint8Array(0), stepOptions());
    const isDone = reply[0] === 1;
    const waiting = u16At(session, reply, 1);
    for (let offset = 0; offset < waiting; ) {
      const length = Math.min(limits.fetchBytes, waiting - offset);
      const piece = await session.request(
        requestTypes.fetch,
        Uint8Array.of(...littleEndian(offset), length),
        stepOptions(),
      );
      if (piece.length !== length) {
        throw outOfStep(session, `gave ${piece.length} bytes of the trace, asked for ${length}`);
      }
      pieces.push(piece);
      offset += length;
    }
    if (isDone) return joined(pieces);
  }
  throw outOfStep(session, `made more than ${iterations + 1} steps of ${iterations} iterations`);
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
