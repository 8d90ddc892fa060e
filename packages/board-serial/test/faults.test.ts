import { BoardError, type Trace } from "@escapement/scenario";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bench, smallProgram, sweptProgram } from "./bench.js";
import type { AgentLine } from "./fake-agent.js";
import { toyTrace } from "./toy-board.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

type Mangle = (bytes: Uint8Array, deliver: (bytes: Uint8Array) => void) => void;

/** Puts a fault into the line, one function for each direction. */
function mangled(line: AgentLine, toAgent: Mangle, toHost: Mangle): AgentLine {
  const far: AgentLine = {
    onData: undefined,
    write: (bytes) => toHost(bytes, (mangledBytes) => line.write(mangledBytes)),
  };
  line.onData = (bytes) => toAgent(bytes, (mangledBytes) => far.onData?.(mangledBytes));
  return far;
}

const straight: Mangle = (bytes, deliver) => deliver(bytes);

/** Does something at the n-th byte of the whole conversation, once. */
function atByte(at: number, act: (bytes: Uint8Array, index: number) => readonly Uint8Array[]) {
  let seen = 0;
  const mangle: Mangle = (bytes, deliver) => {
    const index = at - seen;
    seen += bytes.length;
    if (index < 0 || index >= bytes.length) return deliver(bytes);
    for (const piece of act(bytes, index)) deliver(piece);
  };
  return { mangle, seen: () => seen };
}

const oneFault = {
  dropped: (bytes: Uint8Array, index: number) => [bytes.filter((_, at) => at !== index)],
  corrupted: (bytes: Uint8Array, index: number) => [
    bytes.map((byte, at) => (at === index ? byte ^ 0x41 : byte)),
  ],
  "turned to zero": (bytes: Uint8Array, index: number) => [
    bytes.map((byte, at) => (at === index ? 0 : byte)),
  ],
  "the last of a truncated frame": (bytes: Uint8Array, index: number) => [
    bytes.subarray(0, index + 1),
  ],
  "in a repeated frame": (bytes: Uint8Array) => [bytes, bytes],
  "after which the line is cut in two": (bytes: Uint8Array, index: number) => [
    bytes.subarray(0, index),
    bytes.subarray(index),
  ],
};

describe.each(Object.entries(oneFault))("one byte %s", (_, act) => {
  test.each(["towards the agent", "towards the host"])(
    "%s, at every place of a conversation: the same trace, nothing run twice",
    async (direction) => {
      const expected = toyTrace(smallProgram);
      let end = 1;
      for (let at = 0; at < end; at++) {
        const fault = atByte(at, act);
        const { open, clock, agent } = bench({}, (line) =>
          direction === "towards the agent"
            ? mangled(line, fault.mangle, straight)
            : mangled(line, straight, fault.mangle),
        );
        const board = await open();
        const trace = await clock.settle(board.run(smallProgram));
        expect(trace, `at byte ${at}`).toEqual(expected);
        expect(agent.begins, `at byte ${at}`).toBe(1);
        expect(agent.iterationsRun, `at byte ${at}`).toBe(1);
        end = fault.seen();
      }
      expect(end).toBeGreaterThan(50);
    },
  );
});

test("the line goes away at the n-th byte: a typed error at every place, never a hang", async () => {
  const codes = new Set<string>();
  let end = 1;
  for (let at = 0; at < end; at++) {
    const parts = bench({}, (line) =>
      mangled(line, straight, (bytes, deliver) => cut(bytes, deliver)),
    );
    const fault = atByte(at, (bytes, index) => {
      parts.device.write(bytes.subarray(0, index));
      parts.device.unplug("cut");
      return [];
    });
    const cut = fault.mangle;
    const error = await parts
      .open()
      .then((board) => parts.clock.settle(board.run(smallProgram)))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (!(error instanceof BoardError)) throw new Error(`at byte ${at}: ${String(error)}`);
    codes.add(error.code);
    expect(parts.clock.waiting, `at byte ${at}`).toBe(0);
    end = fault.seen();
  }
  expect([...codes]).toEqual(["disconnected"]);
});

/** A small generator with a seed, so that a failure can be shown again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Drops, damages, truncates, repeats and reorders whole writes, each with this probability. */
function lossy(random: () => number, rate: number): Mangle {
  let held: Uint8Array | undefined;
  const hit = () => random() < rate;
  return (bytes, deliver) => {
    if (hit()) return;
    let sent = bytes;
    if (hit()) sent = sent.map((byte) => (random() < 0.1 ? Math.floor(random() * 256) : byte));
    if (hit()) sent = sent.subarray(0, Math.floor(random() * sent.length));
    if (hit() && held === undefined) {
      held = sent.slice();
      return;
    }
    deliver(sent);
    if (hit()) deliver(sent);
    if (held !== undefined) deliver(held);
    held = undefined;
  };
}

test("a lossy line gives the identical trace or a typed error, whatever the seed", async () => {
  const expected = toyTrace(sweptProgram);
  const allowed = ["link-unreliable", "timeout", "no-reply", "not-an-agent", "board-reset"];
  let good = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(0.01, 0.05, 0.15, 0.4), async (seed, rate) => {
      const random = randomFrom(seed);
      const { open, clock } = bench({ traceBytes: 120 }, (line) =>
        mangled(line, lossy(random, rate), lossy(random, rate)),
      );
      let trace: Trace;
      try {
        trace = await clock.settle((await open()).run(sweptProgram));
      } catch (error) {
        if (!(error instanceof BoardError)) throw error;
        expect(allowed).toContain(error.code);
        return;
      }
      expect(trace).toEqual(expected);
      good += 1;
    }),
    // A failure prints its seed and path; put them here to show it again.
    { numRuns: 150 },
  );
  expect(good).toBeGreaterThan(10);
});

test("a line that loses frames but keeps their order runs nothing twice, whatever the seed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const random = randomFrom(seed);
      const drop: Mangle = (bytes, deliver) => {
        if (random() < 0.2) return;
        deliver(bytes);
        if (random() < 0.2) deliver(bytes);
      };
      const { open, clock, agent } = bench({ traceBytes: 120 }, (line) =>
        mangled(line, drop, drop),
      );
      const board = await open();
      try {
        await clock.settle(board.run(sweptProgram));
      } catch (error) {
        if (!(error instanceof BoardError)) throw error;
      }
      expect(agent.begins).toBeLessThanOrEqual(1);
      expect(agent.iterationsRun).toBeLessThanOrEqual(40);
    }),
    { numRuns: 60 },
  );
});
