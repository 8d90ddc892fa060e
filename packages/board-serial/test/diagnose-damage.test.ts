import { requestTypes } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { bench, errorOf, smallProgram } from "./bench.js";
import type { AgentLine } from "./fake-agent.js";

/** A line that does something to each byte, in one direction or in both. */
function changing(change: (byte: number) => readonly number[], both = false) {
  return (line: AgentLine): AgentLine => {
    const apply = (bytes: Uint8Array) => Uint8Array.from([...bytes].flatMap(change));
    const far: AgentLine = {
      onData: undefined,
      write: (bytes) => line.write(apply(bytes)),
    };
    line.onData = (bytes) => far.onData?.(both ? apply(bytes) : bytes);
    return far;
  };
}

/** What comes of ten runs, which use all sequence numbers and so all special bytes. */
async function endOf(between: (line: AgentLine) => AgentLine) {
  const { open, clock } = bench({}, between);
  return errorOf(
    (async () => {
      const board = await open();
      for (let run = 0; run < 10; run++) await clock.settle(board.run(smallProgram));
    })(),
  );
}

describe("damage that repeats in the same place has a hint of its own", () => {
  test.each([
    [
      "CR before each LF",
      /carriage return before each line feed/,
      (byte: number) => (byte === 10 ? [13, 10] : [byte]),
    ],
    ["CR turned into LF", /turns carriage returns/, (byte: number) => [byte === 13 ? 10 : byte]],
    ["LF turned into CR", /turns carriage returns/, (byte: number) => [byte === 10 ? 13 : byte]],
    ["XON swallowed", /software flow control/, (byte: number) => (byte === 17 ? [] : [byte])],
    ["CR swallowed", /swallows carriage returns/, (byte: number) => (byte === 13 ? [] : [byte])],
    ["7 data bits", /7 data bits/, (byte: number) => [byte & 0x7f]],
  ] as const)("%s", async (_, hint, change) => {
    const error = await endOf(changing(change));
    expect(["link-unreliable", "not-an-agent"]).toContain(error.code);
    expect(error.hint).toMatch(hint);
  });

  test("on the way to the board nobody sees it: the request is named", async () => {
    const toAgent = (line: AgentLine): AgentLine => {
      const far: AgentLine = { onData: undefined, write: (bytes) => line.write(bytes) };
      line.onData = (bytes) => far.onData?.(bytes.filter((byte) => byte !== 17));
      return far;
    };
    const error = await endOf(toAgent);
    expect(error.code).toBe("timeout");
    expect(error.hint).toMatch(/0x11.*software flow control/);
  });
});

test("a printf between any two frames costs nothing", async () => {
  const { open, clock } = bench({}, (line) => {
    const far: AgentLine = {
      onData: undefined,
      write: (bytes) => {
        line.write(new TextEncoder().encode("tick 1234\r\n"));
        line.write(bytes);
      },
    };
    line.onData = (bytes) => far.onData?.(bytes);
    return far;
  });
  const board = await open();
  for (let run = 0; run < 5; run++) await clock.settle(board.run(smallProgram));
  expect(clock.now()).toBe(0);
});

test("prints inside the frames are quoted", async () => {
  const error = await endOf((line) => {
    const far: AgentLine = {
      onData: undefined,
      write: (bytes) => {
        const text = new TextEncoder().encode("adc=512 \u001b[31m volts=3.30 temp=21\r\n");
        line.write(Uint8Array.of(...bytes.subarray(0, 3), ...text, ...bytes.subarray(3)));
      },
    };
    line.onData = (bytes) => far.onData?.(bytes);
    return far;
  });
  expect(error.hint).toMatch(/Something prints on the line: "[^"]*volts=3.30/);
});

test("a board that hangs in a step gets the first-day mistakes of a port", async () => {
  const { open, clock, agent } = bench({ stepMs: 60_000 });
  const board = await open();
  const run = errorOf(board.run(smallProgram));
  await clock.pass(1_000);
  agent.isDead = true;
  const error = await clock.settle(run);
  expect(error.code).toBe("timeout");
  expect(error.hint).toMatch(/never acknowledged.*acknowledge that does nothing.*esc_board_phase/);
});

test("late frames are the line's fault, not the firmware's", async () => {
  let loads = 0;
  const { open, clock } = bench({}, (line) => {
    const far: AgentLine = { onData: undefined, write: (bytes) => line.write(bytes) };
    line.onData = (bytes) => far.onData?.(bytes);
    return far;
  });
  const board = await open();
  const { session } = board;
  // A reply to another load than was asked for, after the line had lost something.
  const ask = session.request.bind(session);
  session.request = async (type, payload, options) => {
    const reply = await ask(type, payload, options);
    if (type !== requestTypes.load) return reply;
    loads += 1;
    return Uint8Array.of(1, 0);
  };
  expect((await errorOf(clock.settle(board.run(smallProgram)))).code).toBe("malformed");
  Object.defineProperty(session, "isTroubled", { value: true });
  const error = await errorOf(clock.settle(board.run(smallProgram)));
  expect(error.code).toBe("link-unreliable");
  expect(error.hint).not.toContain("flash the firmware");
  expect(loads).toBe(2);
});
