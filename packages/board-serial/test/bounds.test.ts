import { requestTypes } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { decodeDescription } from "../src/description.js";
import { encodeFrame, type Frame, FrameDecoder } from "../src/frame.js";
import { memoryPair, openSerialBoard } from "../src/index.js";
import { bench, errorOf, smallProgram, sweptProgram } from "./bench.js";
import { FakeAgent } from "./fake-agent.js";
import { ManualClock } from "./manual-clock.js";
import { toyTrace } from "./toy-board.js";

/** A field of the description that is written over. */
type Field = readonly [at: number, size: 1 | 2 | 4, value: number];

/** A fake agent's description, with other figures. */
function described(...fields: readonly Field[]): Uint8Array {
  const bytes = new FakeAgent({ onData: undefined, write: () => {} }).description();
  const view = new DataView(bytes.buffer);
  for (const [at, size, value] of fields) {
    if (size === 1) view.setUint8(at, value);
    else if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  return bytes;
}

type Reply = readonly [type: number, payload: readonly number[]];

/** A board whose every reply is the test's; \`hello\` gets the description as its reply. */
function hostile(description: Uint8Array, replyTo: (frame: Frame) => Reply | undefined) {
  const clock = new ManualClock();
  const { host, device } = memoryPair("a hostile line");
  const decoder = new FrameDecoder(
    (frame) => {
      if (frame.type === requestTypes.hello) {
        const session = frame.payload[2] ?? 0;
        device.write(encodeFrame({ ...frame, session, type: 0x81, payload: description }));
        return;
      }
      const reply = replyTo(frame);
      if (reply === undefined) return;
      const [type, payload] = reply;
      device.write(encodeFrame({ ...frame, type, payload: Uint8Array.from(payload) }));
    },
    () => {},
  );
  device.onData = (bytes) => decoder.push(bytes);
  const options = { transport: host, clock, random: () => 0.5 };
  /** Replies to a request with signs of life, five a second and forever. */
  const signsOfLife = (frame: Frame): void => {
    device.write(encodeFrame({ ...frame, type: 0xfe, payload: new Uint8Array(0) }));
    clock.setTimer(() => signsOfLife(frame), 200);
  };
  return { clock, device, signsOfLife, open: () => clock.settle(openSerialBoard(options)) };
}

/** Follows the protocol up to the step, whose reply is the test's. */
function upToStep(step: (frame: Frame) => Reply | undefined) {
  return (frame: Frame): Reply | undefined => {
    if (frame.type === requestTypes.load) {
      const end = new DataView(frame.payload.buffer).getUint16(0, true) + frame.payload.length - 2;
      return [0x82, [end & 0xff, end >> 8]];
    }
    if (frame.type === requestTypes.step) return step(frame);
    return [frame.type | 0x80, []];
  };
}

describe("a description that no board can have is malformed, and says which figure", () => {
  const wrong: readonly (readonly [name: string, what: string, fields: readonly Field[]])[] = [
    ["opTicks", "an operation of half an hour", [[21, 4, 0xffff_ffff]]],
    ["opTicks", "just above a second", [[21, 4, 2_000_001]]],
    ["lateTicks", "an entry a minute late", [[15, 4, 120_000_000]]],
    [
      "minDeltaTicks",
      "a least delay of minutes",
      [
        [2, 4, 100],
        [19, 2, 65_535],
      ],
    ],
    ["bits", "a counter of 65 bits", [[1, 1, 65]]],
    ["Hz", "a counter that stands", [[2, 4, 0]]],
    ["no timer", "no timer", [[6, 1, 0]]],
    ["maxProgramBytes", "no room for a program", [[7, 2, 15]]],
    ["maxTraceBytes", "no room for a record", [[9, 2, 0]]],
    ["longest delay", "no delay", [[25, 4, 0]]],
  ];
  test.each(wrong)("%s: %s", async (name, _, fields) => {
    const { open } = hostile(described(...fields), () => undefined);
    const error = await errorOf(open());
    expect(error.code).toBe("malformed");
    expect(error.message).toContain(name);
  });

  test("figures at the limits are taken", () => {
    const bytes = described([21, 4, 2_000_000], [1, 1, 64], [6, 1, 1], [7, 2, 16], [9, 2, 16]);
    expect(decodeDescription(bytes, "here").board.latencies.opTicks).toBe(2_000_000);
  });
});

describe("every wait has an end of the host's own", () => {
  test.each([0, 9])("alive frames of session %i do not hold the handshake", async (session) => {
    const clock = new ManualClock();
    const { host, device } = memoryPair("a line");
    const beat = () => {
      device.write(encodeFrame({ type: 0xfe, session, sequence: 1, payload: new Uint8Array(0) }));
      clock.setTimer(beat, 100);
    };
    device.onData = () => {};
    device.onOpen = beat;
    const error = await errorOf(
      clock.settle(openSerialBoard({ transport: host, clock, random: () => 0.5 })),
    );
    expect(error.code).toBe(session === 0 ? "link-unreliable" : "timeout");
    expect(clock.now()).toBe(session === 0 ? 5_000 : 20_000);
  });

  test("a step with signs of life forever ends after what the program may take", async () => {
    const { clock, signsOfLife, open } = hostile(
      described([21, 4, 2_000_000]),
      upToStep((frame) => {
        signsOfLife(frame);
        return undefined;
      }),
    );
    const board = await open();
    const startedAt = clock.now();
    const error = await errorOf(clock.settle(board.run(smallProgram)));
    expect(error.code).toBe("timeout");
    expect(clock.now() - startedAt).toBeLessThanOrEqual(600_000);
  });

  test("a program that takes longer than a run may, by the board's figures, is not begun", async () => {
    const seen: number[] = [];
    const { clock, open } = hostile(described([21, 4, 2_000_000]), (frame) => {
      seen.push(frame.type);
      return undefined;
    });
    const board = await open();
    const startedAt = clock.now();
    const long = { ...sweptProgram, sweep: { from: 0, count: 1_000_000, step: 1 } };
    const error = await errorOf(clock.settle(board.run(long)));
    expect(error.code).toBe("timeout");
    expect(error.hint).toContain("runMs");
    expect(clock.now()).toBe(startedAt);
    expect(seen).toEqual([]);
  });

  test("alive frames hold no request that gets its reply at once", async () => {
    const { clock, signsOfLife, open } = hostile(described(), (frame) => {
      signsOfLife(frame);
      return undefined;
    });
    const board = await open();
    const startedAt = clock.now();
    expect((await errorOf(clock.settle(board.run(smallProgram)))).code).toBe("link-unreliable");
    expect(clock.now() - startedAt).toBe(3_000);
  });
});

describe("replies that are not what the wire says", () => {
  test.each([
    ["more trace than there is room for", [0x84, [1, 0x01, 0x01, 0, 0]], "257 bytes"],
    ["a state that is none", [0x84, [2, 0, 0, 0, 0]], "state 2"],
    ["a byte too many", [0x84, [1, 0, 0, 0, 0, 0]], "6 bytes"],
    ["a byte too few", [0x84, [1, 0]], "2 bytes"],
  ] as const)("a step with %s", async (_, reply, text) => {
    const { clock, open } = hostile(
      described(),
      upToStep(() => reply),
    );
    const error = await errorOf(clock.settle((await open()).run(smallProgram)));
    expect(error.code).toBe("malformed");
    expect(error.message).toContain(text);
  });

  test("a trace with another CRC than was said is fetched again, and given up after four times", async () => {
    let fetches = 0;
    const { clock, open } = hostile(described(), (frame) => {
      if (frame.type !== requestTypes.fetch) {
        return upToStep(() => [0x84, [1, 3, 0, 0x12, 0x34]])(frame);
      }
      fetches += 1;
      return [0x85, [1, 0, 0]];
    });
    const error = await errorOf(clock.settle((await open()).run(smallProgram)));
    expect(error.code).toBe("link-unreliable");
    expect(error.message).toContain("another CRC");
    expect(fetches).toBe(4);
  });

  test("a damage that the frame's own CRC misses is caught, and the trace is still right", async () => {
    let damaged = 0;
    const { open, clock } = bench({}, (line) => {
      const far = {
        onData: undefined as ((bytes: Uint8Array) => void) | undefined,
        write: (bytes: Uint8Array) => {
          const decoder = new FrameDecoder(
            (frame) => {
              const isFetch = frame.type === 0x85 && damaged === 0;
              if (isFetch) damaged += 1;
              const payload = isFetch ? frame.payload.map((byte) => byte ^ 1) : frame.payload;
              line.write(encodeFrame({ ...frame, payload }));
            },
            () => {},
          );
          decoder.push(bytes);
        },
      };
      line.onData = (bytes) => far.onData?.(bytes);
      return far;
    });
    const board = await open();
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
    expect(damaged).toBe(1);
  });

  test("an agent of an earlier release sends no CRC and works", async () => {
    const { open, clock } = bench({ isOlder: true });
    expect(await clock.settle((await open()).run(sweptProgram))).toEqual(toyTrace(sweptProgram));
  });
});
