import type { AssumedCapability, Capability } from "./board.js";
import type { OpResult, Refusal, TraceRecord } from "./trace.js";

/** Byte of each result in a trace; refusals have bit 7 set. */
export const resultCodes: Readonly<Record<OpResult, number>> = {
  ok: 0,
  armed: 1,
  late: 2,
  missed: 3,
  removed: 4,
  "in-flight": 5,
  fired: 6,
  idle: 7,
  "invalid-argument": 0x80,
  "capacity-exhausted": 0x81,
  "stale-handle": 0x82,
  "timer-shut-down": 0x83,
  "hal-closed": 0x84,
  "reentrant-service": 0x85,
  "in-interrupt": 0x86,
  "callback-threw": 0x87,
  "overflow-missed": 0x88,
  "not-supported": 0x90,
  "driver-fault": 0x91,
};

/** Bits 0 to 3 of each record's tag byte. */
export const recordKinds: Readonly<Record<TraceRecord["kind"], number>> = {
  iteration: 1,
  call: 2,
  read: 3,
  expiry: 4,
  exit: 5,
  interrupt: 6,
  mark: 7,
  stats: 8,
  error: 9,
};

/**
 * Bit numbers that take a capability away: an agent older than them is not taken for less. None for `hard`,
 * which every agent has.
 */
export const lackBits: Readonly<Record<Exclude<AssumedCapability, "hard">, number>> = {
  periodic: 17,
};

/** Bit number of an agent that has statements to be asked for, see docs/wire.md. */
export const statesBit = 19;

/** Codes of the figures among an agent's statements; the others are those of the semantics. */
export const figureCodes = {
  /** `dispatchTicks` of the latencies. */
  dispatchTicks: 128,
} as const;

/** Bit numbers of the capabilities in an agent's description, which is also their order in lists. */
export const capabilityBits: Readonly<Record<Exclude<Capability, AssumedCapability>, number>> = {
  reference: 0,
  phase: 1,
  mask: 2,
  "second-interrupt": 3,
  nesting: 4,
  soft: 5,
  "start-at": 6,
  "overrun-policy": 7,
  "set-period": 8,
  shutdown: 9,
  "stop-sync": 10,
  spawn: 11,
  stats: 12,
  remaining: 13,
  generations: 14,
  exceptions: 15,
  "fast-forward": 16,
};

/** What a host asks of an agent, and the two frames that only an agent sends. */
export type RequestName =
  | "hello"
  | "load"
  | "begin"
  | "step"
  | "fetch"
  | "reset"
  /** One of the agent's statements. */
  | "state"
  /** From an agent, during a step. */
  | "alive"
  /** From an agent, instead of a reply. */
  | "error";

/** The frame type of each. */
export const requestTypes: Readonly<Record<RequestName, number>> = {
  hello: 0x01,
  load: 0x02,
  begin: 0x03,
  step: 0x04,
  fetch: 0x05,
  reset: 0x06,
  state: 0x07,
  alive: 0xfe,
  error: 0xff,
};

/** Bit of a frame's type that makes it the reply to that request. */
export const replyBit = 0x80;

/** What an agent may send instead of a reply; `docs/wire.md` says when. */
export type LinkErrorName =
  | "no-session"
  | "unknown-request"
  | "bad-payload"
  | "version-mismatch"
  | "program-too-large"
  | "program-invalid"
  | "too-many-timers"
  | "trace-too-large"
  | "program-crc"
  | "no-program"
  | "step-limit"
  /** Expiries came without end and the thread got no further: the driver's fault. */
  | "never-ends";

/** The code of each in an `error` frame. */
export const linkErrors: Readonly<Record<LinkErrorName, number>> = {
  "no-session": 1,
  "unknown-request": 2,
  "bad-payload": 3,
  "version-mismatch": 4,
  "program-too-large": 5,
  "program-invalid": 6,
  "too-many-timers": 7,
  "trace-too-large": 8,
  "program-crc": 9,
  "no-program": 10,
  "step-limit": 11,
  "never-ends": 12,
};

const resultByCode = new Map<number, OpResult>(
  Object.entries(resultCodes).map(([result, code]) => [code, result as OpResult]),
);

/** The result that a byte means; absent for any other byte. */
export function resultOfCode(code: number): OpResult | undefined {
  return resultByCode.get(code);
}

/**
 * Whether a result says that the call was refused.
 *
 * @example
 * ```ts
 * import { isRefusal } from "@escapement/scenario";
 *
 * console.log(isRefusal("stale-handle"), isRefusal("removed")); // true false
 * ```
 */
export function isRefusal(result: OpResult): result is Refusal {
  return resultCodes[result] >= 0x80;
}

/** The refusal of a thrown value: its `code` where that is in the list, else `driver-fault`. */
export function refusalOf(error: unknown): Refusal {
  if (typeof error === "object" && error !== null && "code" in error) {
    const { code } = error;
    if (typeof code === "string" && Object.hasOwn(resultCodes, code)) {
      const result = code as OpResult;
      if (isRefusal(result)) return result;
    }
  }
  return "driver-fault";
}
