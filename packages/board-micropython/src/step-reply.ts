import { BoardError, decodeTrace, type TraceRecord } from "@escapement/scenario";
import { mpyErrors } from "./mpy-errors.js";

/** What a step of the agent gave. */
export interface StepReply {
  /** Iterations that were run; 1 or more. */
  readonly iterations: number;
  /** Their records, in time from the first of them on. */
  readonly records: readonly TraceRecord[];
}

/** What a reply has to fit. */
export interface StepScene {
  readonly line: string;
  /** Iterations that were left. */
  readonly left: number;
  /** The size of the record buffer, in words. */
  readonly words: number;
}

/** Numbers of the record buffer that a record takes. */
export const wordsOfRecord = 7;
const bufferFull = 8;

/**
 * Reads a step's reply: how many iterations, what went wrong, and the trace as `docs/wire.md` has it.
 *
 * @throws BoardError `trace-too-large`, `board-fault`, `malformed`.
 */
export function readStep(reply: Uint8Array, { line, left, words }: StepScene): StepReply {
  let iterations = 0;
  let at = 0;
  for (let factor = 1; at < reply.length; factor *= 128) {
    const byte = reply[at] ?? 0;
    at += 1;
    iterations += (byte & 127) * factor;
    if (byte < 128) break;
  }
  const fault = reply[at] ?? 0;
  if (fault === bufferFull) {
    throw mpyErrors.traceFull({ line, most: Math.floor(words / wordsOfRecord) });
  }
  if (fault !== 0) throw mpyErrors.endless({ line, most: 20_000 });
  if (iterations < 1 || iterations > left) {
    throw mpyErrors.oddReply({ line, what: `${iterations} iterations where ${left} were left` });
  }
  let records: readonly TraceRecord[];
  try {
    ({ records } = decodeTrace(reply.subarray(at + 1)));
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    throw mpyErrors.oddReply({ line, what: error.message }, { cause: error });
  }
  const begun = records.filter(({ kind }) => kind === "iteration").length;
  if (begun !== iterations) {
    throw mpyErrors.oddReply({ line, what: `${begun} iterations of ${iterations}` });
  }
  return { iterations, records };
}
