import { program } from "../src/builder.js";
import { backOperandBit } from "../src/opcodes.js";
import type { Program } from "../src/program.js";
import type { Trace } from "../src/trace.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const ramp = (from: number, count: number) =>
  Uint8Array.from({ length: count }, (_, index) => ((from + index - 1) % 255) + 1);

/** Byte runs that a frame may hold, with the cases that stuffing gets wrong. */
export const byteRuns: Readonly<Record<string, Uint8Array>> = {
  nothing: bytes(),
  "one zero": bytes(0),
  "two zeros": bytes(0, 0),
  "one byte": bytes(0x11),
  "a zero inside": bytes(0x11, 0x22, 0, 0x33),
  "a zero at the end": bytes(0x11, 0),
  "253 bytes without a zero": ramp(1, 253),
  "254 bytes without a zero": ramp(1, 254),
  "255 bytes without a zero": ramp(1, 255),
  "254 bytes, then a zero": bytes(...ramp(1, 254), 0),
  "the check string 123456789": new TextEncoder().encode("123456789"),
  "a hello frame without its CRC": bytes(0x01, 0, 0, 1, 1, 0x5a),
};

/** A program with every operation, each flag of a timer, and both places of the sweep variable. */
const everyOperation = program(({ main, timer, interrupt, sweep, variable }) => {
  sweep({ from: 3, count: 5, step: 200 });
  const t = timer({ mode: "periodic", period: variable(500), overrun: "burst" });
  const s = timer({
    mode: "one-shot",
    period: 128,
    dispatch: "soft",
    overrun: "skip",
    late: "refuse",
    quiet: true,
  });
  const irq = interrupt();
  irq.handler.stop(t).mark(200);
  t.handler.when(2).read().stop(t).throw();
  main
    .init(t)
    .start(t)
    .capture(2)
    .startAt(t, { register: 2, back: variable(1), delta: 300 });
  main
    .startAt(s, { register: 0, back: 7, delta: variable(16_384) })
    .stop(s)
    .stopSync(t, 1_000);
  main.setPeriod(t, variable()).remaining(t).pending(t).overruns(t).count(t).read();
  main.readMany(100).mask().enabled().restore().spin(50).sleep(variable(127)).shutdown(s);
  main.deinit(s).phase(0xfff0).interrupt(irq, 40).service().collect().mark(0).stats();
  main.repeat(10_000, (body) => body.spawn(s).sleep(2)).deinitAll();
});

/** Programs that are right. */
export const programs: Readonly<Record<string, Program>> = {
  nothing: program(() => {}),
  "a sleep": program(({ main }) => main.sleep(300)),
  "a periodic that stops itself": program(({ main, timer }) => {
    const t = timer({ mode: "periodic", period: 500 });
    t.handler.stop(t);
    main.start(t).sleep(5_000);
  }),
  "a sweep of the stop": program(({ main, timer, sweep, variable }) => {
    sweep({ from: 90, count: 20, step: 1 });
    const t = timer({ mode: "one-shot", period: 100 });
    main.start(t).spin(variable()).stop(t).count(t).sleep(200);
  }),
  "every operation": everyOperation,
};

/** Right, but with numbers that a 32-bit agent refuses. */
export const widePrograms: Readonly<Record<string, Program>> = {
  "the largest number": program(({ main }) => main.sleep(Number.MAX_SAFE_INTEGER)),
  "2^32 ticks": program(({ main }) => main.sleep(2 ** 32)),
};

/** Bytes that are no program, and the error that decoding them ends in. */
export interface BadProgram {
  readonly bytes: Uint8Array;
  readonly code: string;
}

/** Bytes that an agent, too, refuses before it runs anything. */
export const agentRefuses: Readonly<Record<string, BadProgram>> = {
  "no bytes": { bytes: bytes(), code: "malformed" },
  "format 2": { bytes: bytes(2, 0, 0, 0, 1, 0, 0), code: "version-mismatch" },
  "33 timers": { bytes: bytes(1, 33), code: "malformed" },
  "5 interrupt lists": { bytes: bytes(1, 0, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0), code: "malformed" },
  "timer flags with bit 7": { bytes: bytes(1, 1, 0x80, 5, 0, 0, 1, 0, 0, 0), code: "malformed" },
  "overrun policy 3": { bytes: bytes(1, 1, 0x0c, 5, 0, 0, 1, 0, 0, 0), code: "malformed" },
  "an unknown opcode": { bytes: bytes(1, 0, 0, 0, 1, 0, 1, 0x3f), code: "malformed" },
  "a list longer than the bytes": { bytes: bytes(1, 0, 0, 0, 1, 0, 9, 0x10), code: "malformed" },
  "an operation beyond its list": {
    bytes: bytes(1, 0, 0, 0, 1, 0, 1, 0x17, 5),
    code: "malformed",
  },
  "a number longer than it need be": {
    bytes: bytes(1, 0, 0, 0, 1, 0, 3, 0x17, 0x85, 0x00),
    code: "malformed",
  },
  "a byte after the last list": { bytes: bytes(1, 0, 0, 0, 1, 0, 0, 0), code: "malformed" },
  "a sweep flag without an operand": { bytes: bytes(1, 0, 0, 0, 1, 0, 1, 0x90), code: "malformed" },
  "a back flag outside startAt": {
    bytes: bytes(1, 0, 0, 0, 1, 0, 2, 0x17 | backOperandBit, 5),
    code: "malformed",
  },
  "a repeat inside a repeat": {
    bytes: bytes(1, 0, 0, 0, 1, 0, 7, 0x21, 2, 4, 0x21, 2, 1, 0x10),
    code: "malformed",
  },
  "a sweep of 0": { bytes: bytes(1, 0, 0, 0, 0, 0, 0), code: "invalid-program" },
  "a timer that is not there": {
    bytes: bytes(1, 0, 0, 0, 1, 0, 2, 0x02, 0),
    code: "invalid-program",
  },
  "register 4": { bytes: bytes(1, 0, 0, 0, 1, 0, 2, 0x11, 4), code: "invalid-program" },
  "a sleep in a handler": {
    bytes: bytes(1, 1, 1, 5, 0, 0, 1, 0, 0, 2, 0x17, 5),
    code: "invalid-program",
  },
  "a throw in the main list": { bytes: bytes(1, 0, 0, 0, 1, 0, 1, 0x1f), code: "invalid-program" },
  "when 0": { bytes: bytes(1, 1, 1, 5, 0, 0, 1, 0, 0, 2, 0x20, 0), code: "invalid-program" },
};

/** The same, and what only the host refuses beforehand. */
export const badPrograms: Readonly<Record<string, BadProgram>> = {
  ...agentRefuses,
  "mask five deep": {
    bytes: bytes(1, 0, 0, 0, 1, 0, 5, 0x13, 0x13, 0x13, 0x13, 0x13),
    code: "invalid-program",
  },
};

/** A trace and the modulus of the reference clock that it was taken with; 0 for none. */
export interface TraceSource {
  readonly modulusTicks: number;
  readonly trace: Trace;
}

/** Traces with every kind of record, results of both sorts, and times that go back a little. */
export const traces: Readonly<Record<string, TraceSource>> = {
  nothing: { modulusTicks: 0, trace: { records: [] } },
  "a call with and without a value": {
    modulusTicks: 0,
    trace: {
      records: [
        { kind: "iteration", value: 300, at: 1_000 },
        {
          kind: "call",
          op: "start",
          subject: 3,
          context: 0,
          result: "armed",
          value: 0,
          at: 1_010,
          until: 1_030,
        },
        {
          kind: "call",
          op: "remaining",
          subject: 3,
          context: 1,
          result: "ok",
          value: 480,
          at: 1_040,
          until: 1_200,
        },
        {
          kind: "call",
          op: "stop",
          subject: 0,
          context: 0,
          result: "stale-handle",
          value: 0,
          at: 1_300,
          until: 1_300,
        },
      ],
    },
  },
  "every other kind": {
    modulusTicks: 64_256,
    trace: {
      records: [
        { kind: "iteration", value: 0, at: 70_000 },
        { kind: "read", context: 0, value: 69_990, at: 70_010 },
        {
          kind: "read",
          context: 2,
          value: 70_025,
          at: 70_020,
          reference: { call: 64_250, return: 10 },
        },
        { kind: "expiry", timer: 31, context: 1, at: 70_005, scheduled: 70_000 },
        { kind: "expiry", timer: 0, context: 7, at: 70_100, scheduled: 70_101 },
        { kind: "exit", timer: 31, context: 1, at: 70_150 },
        { kind: "interrupt", interrupt: 3, context: 2, at: 70_160 },
        { kind: "mark", id: 255, context: 0, at: 200_000 },
        { kind: "stats", allocated: 8, pending: 3, retired: 130, context: 1, at: 200_001 },
        { kind: "error", code: "overflow-missed", context: 1, at: 200_001 },
      ],
    },
  },
};
