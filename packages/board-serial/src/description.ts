import type { BoardDescription } from "@escapement/scenario";
import {
  type BoardError,
  capabilityBits,
  checkDescription,
  decodeStatements,
  lackBits,
  limits,
  statesBit,
} from "@escapement/scenario";
import { lineErrors } from "./line-errors.js";

/** What an agent says about itself in the handshake. */
export interface AgentInfo {
  /** The protocol that both sides now speak. */
  readonly protocol: number;
  /** The firmware's version, such as `1.2.0`. */
  readonly firmwareVersion: string;
  /** The board. */
  readonly board: BoardDescription;
  /** Whether it has statements to be asked for. */
  readonly hasStatements: boolean;
}

/** Length of the fixed part; the name follows it. */
const fixedBytes = 40;

/** A wider counter is none: times are exact to 2^53. */
const counterBitsMax = 64;
/** No board takes so long for one operation or one entry; deadlines are made of these figures. */
const latencySecondsMax = 1;
/** Room for a program, and for the records, that nothing fits into. */
const roomBytesMin = 16;

/**
 * Reads the reply to a `hello`, as docs/wire.md lays it out.
 *
 * A modulus of 0 means 2^32, which four bytes cannot hold. Capability bits that this version
 * does not know are passed over, so that a newer board stays usable.
 *
 * @throws BoardError `version-mismatch` for another protocol, `malformed` for anything
 * else that is no description; `line` names the port in the message.
 */
export function decodeDescription(payload: Uint8Array, line: string): AgentInfo {
  const protocol = payload[0];
  if (protocol !== undefined && protocol !== limits.protocol) {
    const theirs = `protocol ${protocol}`;
    throw lineErrors.otherProtocol({ line, theirs, ours: limits.protocol });
  }
  if (protocol === undefined || payload.length < fixedBytes) {
    throw malformed(line, `it has ${payload.length} bytes, at least ${fixedBytes} are needed`);
  }
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const counterBits = view.getUint8(1);
  const frequencyHz = view.getUint32(2, true);
  if (counterBits === 0 || counterBits > counterBitsMax || frequencyHz === 0) {
    throw malformed(line, `it describes a counter of ${counterBits} bits at ${frequencyHz} Hz`);
  }
  const bits = view.getUint32(11, true);
  const lacks = namesOf(lackBits, bits);
  const referenceHz = view.getUint32(29, true);
  const board: BoardDescription = {
    name: new TextDecoder().decode(payload.subarray(fixedBytes)) || "unnamed",
    counterBits,
    frequencyHz,
    timers: view.getUint8(6),
    maxProgramBytes: view.getUint16(7, true),
    maxTraceBytes: view.getUint16(9, true),
    capabilities: namesOf(capabilityBits, bits),
    ...(lacks.length > 0 && { lacks }),
    latencies: {
      lateTicks: view.getUint32(15, true),
      minDeltaTicks: view.getUint16(19, true),
      opTicks: view.getUint32(21, true),
    },
    maxDelayTicks: view.getUint32(25, true),
    ...(referenceHz === 0
      ? {}
      : {
          reference: {
            frequencyHz: referenceHz,
            modulusTicks: view.getUint32(33, true) || 2 ** 32,
          },
        }),
  };
  checkFigures(board, line);
  const firmwareVersion = [...payload.subarray(37, fixedBytes)].join(".");
  return { protocol, firmwareVersion, board, hasStatements: ((bits >>> statesBit) & 1) === 1 };
}

/**
 * What an agent is with its statements, which are the replies to `state`.
 *
 * @throws BoardError `malformed` or `invalid-description`.
 */
export function withStatements(agent: AgentInfo, replies: readonly Uint8Array[]): AgentInfo {
  const { semantics, dispatchTicks } = decodeStatements(replies);
  const board: BoardDescription = {
    ...agent.board,
    latencies: {
      ...agent.board.latencies,
      ...(dispatchTicks !== undefined && { dispatchTicks }),
    },
    ...(Object.keys(semantics).length > 0 && { semantics }),
  };
  checkDescription(board);
  return { ...agent, board };
}

/** Refuses figures that no board can have: waits and tolerances are made of them. */
function checkFigures(board: BoardDescription, line: string): void {
  const { frequencyHz, latencies, maxDelayTicks, timers } = board;
  for (const [name, ticks] of Object.entries(latencies)) {
    const seconds = ticks / frequencyHz;
    if (seconds > latencySecondsMax) {
      throw malformed(
        line,
        `its ${name} of ${ticks} are ${seconds.toPrecision(3)} s at ${frequencyHz} Hz, more than ${latencySecondsMax} s`,
      );
    }
  }
  if (timers === 0) throw malformed(line, "it describes no timer");
  if (maxDelayTicks === 0) throw malformed(line, "its longest delay is 0 ticks");
  for (const name of ["maxProgramBytes", "maxTraceBytes"] as const) {
    const bytes = board[name] ?? roomBytesMin;
    if (bytes < roomBytesMin)
      throw malformed(line, `its ${name} is ${bytes}, too few for anything`);
  }
}

function malformed(line: string, what: string): BoardError {
  return lineErrors.badDescription({ line, what });
}

function namesOf<Name extends string>(table: Readonly<Record<Name, number>>, bits: number): Name[] {
  const names = Object.entries(table) as [Name, number][];
  return names.filter(([, bit]) => ((bits >>> bit) & 1) === 1).map(([name]) => name);
}
