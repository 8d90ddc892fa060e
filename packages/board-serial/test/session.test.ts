import { BoardError, linkErrors, requestTypes } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { encodeFrame, type Frame, FrameDecoder } from "../src/frame.js";
import { memoryPair, SerialSession } from "../src/index.js";
import { bench, errorOf } from "./bench.js";
import { ManualClock } from "./manual-clock.js";

/** A session against a device that a test plays itself. */
function scripted(onFrame: (frame: Frame, send: (bytes: Uint8Array) => void) => void) {
  const clock = new ManualClock();
  const { host, device } = memoryPair("/dev/fake at 115200 baud");
  const decoder = new FrameDecoder(
    (frame) => onFrame(frame, (bytes) => device.write(bytes)),
    () => {},
  );
  device.onData = (bytes) => decoder.push(bytes);
  const session = new SerialSession(host, { clock, random: () => 0.5 });
  return { clock, device, session };
}

describe("the handshake", () => {
  test("meets an agent and reports what it is", async () => {
    const { host, clock, sessionOptions } = bench();
    const session = new SerialSession(host, sessionOptions);
    expect(session.state).toBe("closed");
    expect(() => session.agent).toThrow(BoardError);
    await clock.settle(session.open());
    expect(session.state).toBe("ready");
    expect(session.agent).toMatchObject({ protocol: 1, firmwareVersion: "1.2.3" });
    expect(session.agent.board.name).toBe("fake");
  });

  test("is tried again until a board that boots slowly replies", async () => {
    const { host, clock, agent, sessionOptions } = bench();
    agent.isDead = true;
    clock.setTimer(() => {
      agent.isDead = false;
    }, 2_000);
    const session = new SerialSession(host, sessionOptions);
    await clock.settle(session.open());
    expect(session.counters.retries).toBe(8);
    expect(agent.hellos).toBe(1);
  });

  test("waits for an agent that still runs what an earlier host began", async () => {
    let hellos = 0;
    const { clock, session, device } = scripted((frame, send) => {
      hellos += 1;
      if (clock.now() < 12_000) return;
      send(encodeFrame({ ...frame, session: frame.payload[2] ?? 0, type: 0x81, payload: plain }));
    });
    const plain = new (await import("./fake-agent.js")).FakeAgent({
      onData: undefined,
      write: () => {},
    }).description();
    const beat = () => {
      device.write(
        encodeFrame({ type: 0xfe, session: 9, sequence: 9, payload: new Uint8Array(0) }),
      );
      if (clock.now() < 12_000) clock.setTimer(beat, 200);
    };
    clock.setTimer(beat, 200);
    await clock.settle(session.open());
    expect(hellos).toBeGreaterThan(0);
    expect(session.state).toBe("ready");
  });

  test("no-reply names the line, the wait and the likely causes", async () => {
    const { clock, session } = scripted(() => {});
    const error = await errorOf(clock.settle(session.open()));
    expect(error.code).toBe("no-reply");
    expect(error.message).toBe("Nothing replies on /dev/fake at 115200 baud: no byte in 5.0 s");
    expect(error.hint).toMatch(/wrong port.*not flashed.*baud/);
    expect(session.state).toBe("closed");
  });

  test("not-an-agent: a device that sends garbage, with what it said", async () => {
    const { clock, session, device } = scripted(() => {});
    device.onData = () => device.write(new TextEncoder().encode("ok\r\n> unknown command\r\n"));
    const error = await errorOf(clock.settle(session.open()));
    expect(error.code).toBe("not-an-agent");
    expect(error.message).toContain("6f 6b 0d 0a 3e 20 75 6e 6b 6e 6f 77 6e 20 63 6f)");
    expect(error.hint).toMatch(/baud rate is wrong.*another firmware/);
  });

  test("not-an-agent: another baud rate turns frames into noise", async () => {
    const { clock, session, device } = scripted(() => {});
    // What a receiver at half the rate makes of a frame: other bytes, zeros among them.
    device.onData = (bytes) =>
      device.write(Uint8Array.from([...bytes].flatMap((byte) => [byte & 0x66, 0, byte ^ 0x98])));
    const error = await errorOf(clock.settle(session.open()));
    expect(error.code).toBe("not-an-agent");
    expect(session.counters.framesBad).toBeGreaterThan(0);
  });

  test("not-an-agent: an echo, such as a loose pair of wires", async () => {
    const { clock, session, device } = scripted(() => {});
    device.onData = (bytes) => device.write(bytes);
    const error = await errorOf(clock.settle(session.open()));
    expect(["not-an-agent", "link-unreliable"]).toContain(error.code);
  });

  test("not-an-agent: a device that never stops talking does not hold the session up", async () => {
    const { clock, session, device } = scripted(() => {});
    const talk = () => {
      device.write(Uint8Array.of(1, 2, 3, 4, 5));
      if (clock.now() < 30_000) clock.setTimer(talk, 10);
    };
    clock.setTimer(talk, 10);
    expect((await errorOf(clock.settle(session.open()))).code).toBe("not-an-agent");
    expect(clock.now()).toBeLessThan(6_000);
  });

  test("version-mismatch: an agent that refuses, both versions named", async () => {
    const { host, clock, sessionOptions } = bench({ lowestProtocol: 3, highestProtocol: 5 });
    const session = new SerialSession(host, sessionOptions);
    const error = await errorOf(clock.settle(session.open()));
    expect(error.code).toBe("version-mismatch");
    expect(error.message).toContain("protocols 3 to 5");
    expect(error.message).toContain("this host speaks protocol 1");
  });

  test("version-mismatch: an agent that replies in another protocol", async () => {
    const { clock, session } = scripted((frame, send) => {
      const nonce = frame.payload[2] ?? 0;
      send(encodeFrame({ ...frame, session: nonce, type: 0x81, payload: Uint8Array.of(2, 9) }));
    });
    const error = await errorOf(clock.settle(session.open()));
    expect(error.code).toBe("version-mismatch");
    expect(error.message).toContain("protocol 2");
  });

  test("malformed: a description cut short", async () => {
    const { clock, session } = scripted((frame, send) => {
      const nonce = frame.payload[2] ?? 0;
      send(encodeFrame({ ...frame, session: nonce, type: 0x81, payload: Uint8Array.of(1, 16) }));
    });
    expect((await errorOf(clock.settle(session.open()))).code).toBe("malformed");
  });

  test("aborted: by its signal", async () => {
    const { clock, session } = scripted(() => {});
    const controller = new AbortController();
    const opening = errorOf(session.open(controller.signal));
    await clock.pass(600);
    controller.abort();
    expect((await clock.settle(opening)).code).toBe("aborted");
  });

  test("closed: close while the line opens", async () => {
    const { host, clock, agent, sessionOptions } = bench();
    const session = new SerialSession(host, sessionOptions);
    const opening = errorOf(session.open());
    await session.close();
    expect((await clock.settle(opening)).code).toBe("closed");
    expect(session.state).toBe("closed");
    expect(agent.hellos).toBe(0);
  });

  test("port-failed: a transport that never opens", async () => {
    const clock = new ManualClock();
    const { host } = memoryPair("a stuck port");
    host.open = () => new Promise(() => {});
    const session = new SerialSession(host, { clock });
    const error = await errorOf(clock.settle(session.open()));
    expect(error.code).toBe("port-failed");
    expect(error.message).toContain("a stuck port");
  });
});

describe("a request", () => {
  const reply = (frame: Frame, payload: readonly number[]) =>
    encodeFrame({ ...frame, type: frame.type | 0x80, payload: Uint8Array.from(payload) });

  /** Replies to hellos by itself, everything else by the test's script. */
  async function opened(onRequest: (frame: Frame, send: (bytes: Uint8Array) => void) => void) {
    const agent = bench().agent;
    const made = scripted((frame, send) => {
      if (frame.type !== requestTypes.hello) return onRequest(frame, send);
      const nonce = frame.payload[2] ?? 0;
      send(encodeFrame({ ...frame, session: nonce, type: 0x81, payload: agent.description() }));
    });
    await made.clock.settle(made.session.open());
    return made;
  }

  test("is repeated with the same number until its reply comes", async () => {
    const seen: number[] = [];
    const { clock, session } = await opened((frame, send) => {
      seen.push(frame.sequence);
      if (seen.length === 3) send(reply(frame, [42]));
    });
    const bytes = await clock.settle(session.request(requestTypes.step, new Uint8Array(0)));
    expect(bytes).toEqual(Uint8Array.of(42));
    expect(new Set(seen).size).toBe(1);
    expect(session.counters.retries).toBe(2);
  });

  test("takes no reply of another request, another session or another type", async () => {
    const { clock, session } = await opened((frame, send) => {
      send(reply({ ...frame, sequence: frame.sequence - 1 }, [1]));
      send(reply({ ...frame, session: (frame.session % 255) + 1 }, [2]));
      send(reply({ ...frame, type: requestTypes.fetch }, [3]));
      send(encodeFrame({ ...frame, type: 0xff, session: 0, payload: Uint8Array.of(1, 0, 0) }));
      send(reply(frame, [4]));
      send(reply(frame, [5]));
    });
    for (let round = 0; round < 3; round++) {
      const bytes = await clock.settle(session.request(requestTypes.step, new Uint8Array(0)));
      expect(bytes).toEqual(Uint8Array.of(4));
    }
    expect(session.counters.framesStale).toBeGreaterThanOrEqual(12);
  });

  test.each([
    ["no-session", "board-reset"],
    ["unknown-request", "version-mismatch"],
    ["bad-payload", "board-fault"],
    ["version-mismatch", "version-mismatch"],
    ["program-too-large", "program-too-large"],
    ["program-invalid", "invalid-program"],
    ["too-many-timers", "program-too-large"],
    ["trace-too-large", "trace-too-large"],
    ["program-crc", "link-unreliable"],
    ["no-program", "board-reset"],
    ["step-limit", "board-fault"],
    ["never-ends", "never-ends"],
  ] as const)("a reply with the error %s rejects with %s", async (name, code) => {
    const { clock, session } = await opened((frame, send) => {
      const payload = Uint8Array.of(linkErrors[name], 0x34, 0x12);
      send(encodeFrame({ ...frame, type: 0xff, payload }));
    });
    const error = await errorOf(
      clock.settle(session.request(requestTypes.begin, new Uint8Array(4))),
    );
    expect(error.code).toBe(code);
    expect(error.message).toContain("/dev/fake at 115200 baud");
    expect(error.hint.length).toBeGreaterThan(20);
  });

  test("a reply with an error that is not in the list rejects with board-fault", async () => {
    const { clock, session } = await opened((frame, send) => {
      send(encodeFrame({ ...frame, type: 0xff, payload: Uint8Array.of(99, 0, 0) }));
    });
    const error = await errorOf(
      clock.settle(session.request(requestTypes.begin, new Uint8Array(4))),
    );
    expect(error.code).toBe("board-fault");
    expect(error.message).toContain("unknown error 99");
  });

  test("link-unreliable: every reply damaged", async () => {
    const { clock, session } = await opened((frame, send) => {
      send(reply(frame, [1, 2, 3]).map((byte, index) => (index === 3 ? byte ^ 0x10 : byte)));
    });
    const error = await errorOf(
      clock.settle(session.request(requestTypes.step, new Uint8Array(0))),
    );
    expect(error.code).toBe("link-unreliable");
    expect(error.message).toMatch(/30 attempts.*30 damaged frames/);
  });

  test("does not take the number of the last command however many fetches follow it", async () => {
    const seen: Frame[] = [];
    const { clock, session } = await opened((frame, send) => {
      seen.push(frame);
      send(reply(frame, []));
    });
    for (let count = 250; count < 260; count++) {
      seen.length = 0;
      await clock.settle(session.request(requestTypes.step, new Uint8Array(0)));
      for (let fetch = 0; fetch < count; fetch++) {
        await clock.settle(session.request(requestTypes.fetch, new Uint8Array(3)));
      }
      await clock.settle(session.request(requestTypes.step, new Uint8Array(0)));
      const [first, ...rest] = seen;
      expect(rest).toHaveLength(count + 1);
      expect(rest.map((frame) => frame.sequence)).not.toContain(first?.sequence);
    }
  });

  test("rejects with busy while another is under way, which goes on", async () => {
    const { clock, session } = await opened((frame, send) => send(reply(frame, [6])));
    const first = session.request(requestTypes.step, new Uint8Array(0));
    const second = errorOf(session.request(requestTypes.step, new Uint8Array(0)));
    const third = errorOf(session.handshake());
    expect([(await second).code, (await third).code]).toEqual(["busy", "busy"]);
    expect(await clock.settle(first)).toEqual(Uint8Array.of(6));
  });

  test("rejects with closed before open", async () => {
    const { session } = scripted(() => {});
    expect((await errorOf(session.request(1, new Uint8Array(0)))).code).toBe("closed");
  });
});

test("reopen refuses another board on the same line", async () => {
  const { host, device, clock, sessionOptions } = bench();
  const session = new SerialSession(host, sessionOptions);
  await clock.settle(session.open());
  device.unplug();
  await clock.pass(0);
  device.plug();
  const { FakeAgent } = await import("./fake-agent.js");
  const other = new FakeAgent(device, { name: "other" });
  const error = await errorOf(clock.settle(session.reopen()));
  expect(other.hellos).toBe(1);
  expect(error.code).toBe("version-mismatch");
  expect(error.message).toMatch(/other.*where fake/);
});
