import { BoardError } from "@escapement/scenario";
import { afterEach, describe, expect, test } from "vitest";
import { openSerialBoard, serialTransport } from "../src/index.js";
import { lineErrors } from "../src/line-errors.js";
import { errorOf, smallProgram, sweptProgram } from "./bench.js";
import { FakeAgent } from "./fake-agent.js";
import { hasPty, openPty, type Pty } from "./pty.js";
import { toyTrace } from "./toy-board.js";

const timeouts = { connectMs: 1_500 };
const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function ptyForTest(): Pty {
  const pty = openPty();
  ends.push(() => pty.destroy());
  return pty;
}

describe("without a port", () => {
  test("port-not-found: a path that does not exist", async () => {
    const error = await errorOf(openSerialBoard({ path: "/dev/ttyNoSuchPort9" }));
    expect(error.code).toBe("port-not-found");
    expect(error.message).toContain("/dev/ttyNoSuchPort9");
    expect(error.hint).toContain("escapement devs");
  });

  test.skipIf(process.platform === "win32")("port-failed: a file that is no port", async () => {
    const error = await errorOf(openSerialBoard({ path: "/dev/null" }));
    expect(error.code).toBe("port-failed");
    expect(error.message).toContain("/dev/null");
  });

  test("port-failed: without the package serialport, with what to install", async () => {
    const cause = new Error("Cannot find package 'serialport'");
    const transport = serialTransport({
      path: "/dev/ttyACM0",
      load: () => Promise.reject(lineErrors.noPackage({}, { cause })),
    });
    const error = await errorOf(openSerialBoard({ transport }));
    expect(error.code).toBe("port-failed");
    expect(error.hint).toContain("npm install serialport");
  });

  test("writing to a port that is not open rejects, closing it does nothing", async () => {
    const transport = serialTransport({ path: "/dev/ttyACM0", baudRate: 9600 });
    expect(transport.description).toBe("/dev/ttyACM0 at 9600 baud");
    await expect(transport.write(Uint8Array.of(1))).rejects.toThrow(BoardError);
    await transport.close();
  });
});

describe.skipIf(!hasPty)("over a tty, by the package serialport (needs @lydell/node-pty)", () => {
  test("a whole conversation, with modem lines that a tty does not have", async () => {
    const pty = ptyForTest();
    const agent = new FakeAgent(pty);
    const board = await openSerialBoard({ path: pty.path, dtr: false });
    ends.push(() => board.close());
    expect(await board.run(sweptProgram)).toEqual(toyTrace(sweptProgram));
    expect(agent.iterationsRun).toBe(40);
  });

  test("replies that come late arrive by themselves (Node 26.4 and later need help)", async () => {
    const pty = ptyForTest();
    const agent = new FakeAgent(pty, { realDelayMs: 60 });
    // No repetition could wake the loop: what arrives must arrive by itself.
    const quiet = {
      ...timeouts,
      helloMs: 20_000,
      replyMs: 20_000,
      silenceMs: 20_000,
      connectMs: 20_000,
    };
    const board = await openSerialBoard({ path: pty.path, timeouts: quiet });
    ends.push(() => board.close());
    expect(await board.run(smallProgram)).toEqual(toyTrace(smallProgram));
    expect(board.session.counters.retries).toBe(0);
    expect(agent.begins).toBe(1);
  });

  test("port-busy: a port that another session has open; free again after it closed", async () => {
    const pty = ptyForTest();
    new FakeAgent(pty);
    const first = await openSerialBoard({ path: pty.path });
    const error = await errorOf(openSerialBoard({ path: pty.path }));
    expect(error.code).toBe("port-busy");
    expect(error.message).toContain(pty.path);
    await first.close();
    const second = await openSerialBoard({ path: pty.path });
    ends.push(() => second.close());
    expect(await second.run(smallProgram)).toEqual(toyTrace(smallProgram));
  });

  test("not-an-agent: a device that sends garbage, named with port, baud and bytes", async () => {
    const pty = ptyForTest();
    pty.onData = () => pty.write(Uint8Array.of(0xff, 0xfe, 0x0d));
    const error = await errorOf(openSerialBoard({ path: pty.path, baudRate: 57600 }));
    expect(error.code).toBe("not-an-agent");
    expect(error.message).toContain(`${pty.path} at 57600 baud`);
    expect(error.message).toContain("ff fe 0d");
  });

  test("no-reply: a device that says nothing", async () => {
    const pty = ptyForTest();
    const error = await errorOf(openSerialBoard({ path: pty.path, timeouts }));
    expect(error.code).toBe("no-reply");
    expect(error.message).toContain(pty.path);
  });

  test("disconnected: a tty that disappears in a run; then port-not-found", async () => {
    const pty = ptyForTest();
    const agent = new FakeAgent(pty);
    const board = await openSerialBoard({ path: pty.path, timeouts: { reopenMs: 300 } });
    ends.push(() => board.close());
    agent.isDead = true;
    const run = errorOf(board.run(smallProgram));
    setTimeout(() => pty.destroy(), 100);
    const error = await run;
    expect(error.code).toBe("disconnected");
    expect(error.message).toContain(pty.path);
    expect((await errorOf(board.run(smallProgram))).code).toBe("disconnected");
    expect((await errorOf(board.reset())).code).toBe("port-not-found");
  });

  test("port-not-found: a tty that hung up is not opened again where a stranger has its number", async () => {
    const pty = ptyForTest();
    new FakeAgent(pty);
    const board = await openSerialBoard({ path: pty.path, timeouts: { reopenMs: 300 } });
    ends.push(() => board.close());
    pty.destroy();
    expect((await errorOf(board.run(smallProgram))).code).toBe("disconnected");
    // The system gives the lowest free number, so one of the next ones has it, unless another
    // program was quicker: then this shows nothing, and fails nothing.
    const strangers = Array.from({ length: 4 }, ptyForTest);
    const heard: Uint8Array[] = [];
    for (const stranger of strangers) stranger.onData = (bytes) => heard.push(bytes);
    const error = await errorOf(board.reset());
    expect(error.code).toBe("port-not-found");
    expect(error.message).toContain(pty.path);
    expect(heard).toEqual([]);
  });
});
