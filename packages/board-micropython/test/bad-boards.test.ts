import { memoryPair, type Transport } from "@escapement/board-serial";
import { BoardError, program } from "@escapement/scenario";
import { expect, test } from "vitest";
import { ManualClock } from "../../board-serial/test/manual-clock.js";
import { openMicroPythonBoard } from "../src/index.js";
import { confirmed, type Script, scriptedRepl } from "./scripted-repl.js";
import { settled, vmLine } from "./vm-line.js";

/** The error of an opening, and how long it took in virtual time. */
async function openingError(
  host: Transport,
): Promise<{ readonly code: string; readonly message: string; readonly seconds: number }> {
  const clock = new ManualClock();
  const opening = openMicroPythonBoard({ transport: host, clock });
  const error = await settled(clock, undefined, opening).catch((thrown: unknown) => thrown);
  if (!(error instanceof BoardError)) throw new Error(`no BoardError: ${String(error)}`);
  expect(error.hint).not.toBe("");
  return { code: error.code, message: error.message, seconds: clock.now() / 1_000 };
}

const refusing = (reason: string): Script => {
  return (source) => {
    const sum = Number(/^load\((\d+),/.exec(source)?.[1] ?? Number.NaN);
    const isImport = source.includes("import machine");
    return { out: isImport ? `~no.${sum.toString(16)}.${reason}~\r\n` : confirmed(source) };
  };
};

test("a line on which nobody talks is no-reply", async () => {
  const { code, seconds } = await openingError(memoryPair("a cable").host);
  expect(code).toBe("no-reply");
  expect(seconds).toBeLessThanOrEqual(10);
});

test("a device that is no MicroPython is not-an-agent, and the message shows what it said", async () => {
  const { host, device } = memoryPair("a modem");
  device.onData = () => device.write(new TextEncoder().encode("ERROR\r\n"));
  const { code, message, seconds } = await openingError(host);
  expect([code, message]).toEqual(["not-an-agent", expect.stringContaining("ERROR")]);
  expect(seconds).toBeLessThanOrEqual(10);
});

test("a program that keeps Ctrl-C to itself and prints on ends the opening all the same", async () => {
  const { host, device } = memoryPair("a busy board");
  const clock = new ManualClock();
  const tick = (): void => {
    device.write(new TextEncoder().encode("tick\r\n"));
    clock.setTimer(tick, 5);
  };
  device.onOpen = tick;
  const opening = openMicroPythonBoard({ transport: host, clock });
  await expect(settled(clock, undefined, opening)).rejects.toMatchObject({
    code: "not-an-agent",
    hint: expect.stringContaining("Ctrl-C"),
  });
  expect(clock.now()).toBeLessThanOrEqual(10_100);
});

test.each([
  ["ImportError: no module named 'machine'", "not-an-agent"],
  ["AttributeError: 'module' object has no attribute 'Timer'", "not-an-agent"],
  ["MemoryError: memory allocation failed, allocating 1024 bytes", "board-fault"],
])("a MicroPython that cannot run the agent: %s", async (reason, wanted) => {
  const { code, message } = await openingError(scriptedRepl(refusing(reason)).host);
  expect([code, message]).toEqual([wanted, expect.stringContaining(reason)]);
});

test("a MicroPython without memory even for the loader is board-fault", async () => {
  const traceback = "Traceback (most recent call last):\r\nMemoryError: \r\n";
  const { code } = await openingError(scriptedRepl(() => ({ traceback })).host);
  expect(code).toBe("board-fault");
});

test("a board that hangs in a request is timeout, within a minute", async () => {
  const script: Script = (source) =>
    source.startsWith("E(") ? undefined : { out: confirmed(source) };
  const { code, seconds } = await openingError(scriptedRepl(script).host);
  expect(code).toBe("timeout");
  expect(seconds).toBeLessThanOrEqual(60);
});

test("a board whose replies are none is link-unreliable", async () => {
  const script: Script = (source) =>
    source.startsWith("E(") ? { out: "nothing" } : { out: confirmed(source) };
  expect((await openingError(scriptedRepl(script).host)).code).toBe("link-unreliable");
});

const short = program(({ main, timer }) => {
  const once = timer({ mode: "one-shot", period: 500 });
  main.start(once).sleep(2_000);
});

test("where raw-paste is refused, the plain raw REPL does", async () => {
  const { host, repl } = await vmLine({ refusesPaste: true });
  const clock = new ManualClock();
  const board = await settled(clock, repl, openMicroPythonBoard({ transport: host, clock }));
  const { records } = await settled(clock, repl, board.run(short));
  expect(records.map(({ kind }) => kind)).toEqual(["iteration", "call", "expiry", "call"]);
});

test("a board that vanishes is disconnected, and reset() finds it again", async () => {
  const { host, repl, unplug, plug } = await vmLine();
  const clock = new ManualClock();
  const board = await settled(clock, repl, openMicroPythonBoard({ transport: host, clock }));
  const running = board.run(short);
  unplug();
  await expect(settled(clock, repl, running)).rejects.toMatchObject({ code: "disconnected" });
  await expect(settled(clock, repl, board.reset())).rejects.toBeInstanceOf(BoardError);
  plug();
  await settled(clock, repl, board.reset());
  expect((await settled(clock, repl, board.run(short))).records).toHaveLength(4);
  await board.close();
  await expect(board.run(short)).rejects.toMatchObject({ code: "closed" });
});

test("what a callback prints all through costs nothing", async () => {
  const { host, repl } = await vmLine();
  const clock = new ManualClock();
  const { device, host: chatty } = memoryPair("a chatty board");
  host.onData = (bytes) => device.write(bytes);
  device.onData = (bytes) => void host.write(bytes);
  await host.open();
  // In front of each piece that the board sends, and while it waits.
  const tick = (): void => {
    device.write(new TextEncoder().encode("tick\r\n"));
    clock.setTimer(tick, 5);
  };
  tick();
  const opening = openMicroPythonBoard({ transport: chatty, clock });
  const board = await settled(clock, repl, opening);
  for (let round = 0; round < 20; round += 1) {
    const { records } = await settled(clock, repl, board.run(short));
    expect(records).toHaveLength(4);
  }
  expect(board.counters.retries).toBe(0);
});

test("a program of too many timers is refused before a byte is sent", async () => {
  const { host, repl } = await vmLine();
  const clock = new ManualClock();
  const board = await settled(clock, repl, openMicroPythonBoard({ transport: host, clock }));
  const { sent } = board.counters;
  const many = program(({ timer }) => {
    for (let count = 0; count < 17; count += 1) timer({ mode: "one-shot", period: 5 });
  });
  await expect(board.run(many)).rejects.toMatchObject({ code: "program-too-large" });
  expect(board.counters.sent).toBe(sent);
});
