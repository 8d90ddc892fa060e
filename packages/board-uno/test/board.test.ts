import { openSerialBoard } from "@escapement/board-serial";
import { type Board, type Program, program } from "@escapement/scenario";
import { describe, expect, it, onTestFinished } from "vitest";
import { openUnoBoard, openUnoBoardOverTty, openUnoTty } from "../src/index.js";

const PERIOD_TICKS = 16_000;
const periodic: Program = program(({ main, timer }) => {
  const beat = timer({ mode: "periodic", period: PERIOD_TICKS });
  main.start(beat).sleep(100_000).stop(beat).read();
});

async function opened(open: () => Promise<Board>): Promise<Board> {
  const board = await open();
  onTestFinished(() => board.close());
  return board;
}

const ways = [
  ["in process", () => openUnoBoard()],
  ["in process, stock emulator", () => openUnoBoard({ stock: true })],
  ["in process, in real time", () => openUnoBoard({ pace: "real-time" })],
  ["behind a tty, through serialport", () => openUnoBoardOverTty()],
  ["behind a tty in real time", () => openUnoBoardOverTty({ pace: "real-time" })],
] as const;
const runnable = ways.filter(([name]) => process.platform !== "win32" || !name.includes("tty"));

describe.each(runnable)("the emulated Uno %s", (_name, open) => {
  it("says what it is", async () => {
    const board = await opened(open);
    expect(board.describe()).toMatchObject({
      name: "uno",
      counterBits: 16,
      frequencyHz: 16_000_000,
      timers: 8,
      reference: { frequencyHz: 16_000_000, modulusTicks: 256 * 251 },
    });
  });

  it("PER-01 runs a periodic timer without drift and sends its trace", async () => {
    const board = await opened(open);
    const { records } = await board.run(periodic);
    const expiries = records.filter((record) => record.kind === "expiry");
    expect(expiries).toHaveLength(6);
    const [first] = expiries;
    expiries.forEach(({ at, scheduled }, index) => {
      expect(scheduled).toBe((first?.scheduled ?? 0) + index * PERIOD_TICKS);
      expect(at).toBeGreaterThanOrEqual(scheduled);
      expect(at - scheduled).toBeLessThanOrEqual(board.describe().latencies.lateTicks);
    });
  });

  it("runs programs one after the other, with a reset between", async () => {
    const board = await opened(open);
    await board.run(periodic);
    await board.reset();
    const { records } = await board.run(periodic);
    expect(records.filter(({ kind }) => kind === "expiry")).toHaveLength(6);
  });
});

describe("openUnoBoard", () => {
  it("reads agree with the reference clock over a sweep of the counter's phase", async () => {
    const board = await opened(() => openUnoBoard());
    const { records } = await board.run(
      program(({ main, sweep, variable }) => {
        sweep({ from: 65_300, count: 120, step: 2 });
        main.phase(variable()).read().read();
      }),
    );
    const modulus = board.describe().reference?.modulusTicks ?? 0;
    const reads = records.filter((record) => record.kind === "read");
    expect(reads).toHaveLength(240);
    // READ-01: from one read to the next, the time advances as the reference does, within the windows.
    for (let index = 0; index < reads.length; index += 2) {
      const [before, after] = [reads[index], reads[index + 1]];
      if (before?.reference === undefined || after?.reference === undefined) {
        throw new Error("a read came without its reference");
      }
      const least = (after.reference.call - before.reference.return + modulus) % modulus;
      const most = (after.reference.return - before.reference.call + modulus) % modulus;
      const elapsed = after.value - before.value;
      expect(elapsed).toBeGreaterThanOrEqual(least);
      expect(elapsed).toBeLessThanOrEqual(most);
    }
  });

  it("refuses an image that is not Intel HEX", async () => {
    await expect(openUnoBoard({ hex: "no hex" })).rejects.toMatchObject({ code: "malformed" });
  });

  it("returns `closed` after close, and closes twice", async () => {
    const board = await openUnoBoard();
    await board.close();
    await board.close();
    await expect(board.run(periodic)).rejects.toMatchObject({ code: "closed" });
  });
});

describe.skipIf(process.platform === "win32")(
  "a tty that is taken away (needs pseudo-terminals)",
  () => {
    it("ends the run that is under way as `disconnected`", async () => {
      const tty = await openUnoTty();
      const board = await openSerialBoard({ path: tty.path });
      onTestFinished(() => board.close());
      const long = program(({ main }) => main.sleep(16_000_000 * 60));
      const run = board.run(long);
      const outcome = expect(run).rejects.toMatchObject({ code: "disconnected" });
      await tty.close();
      await outcome;
    });
  },
);
