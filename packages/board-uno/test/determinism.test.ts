import { unoImage } from "@escapement/firmware";
import { cobsEncode, crc16, type Program, program, requestTypes } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { openUnoBoard, UnoEmulator } from "../src/index.js";

/** A hello frame: session 0, sequence 1, protocol 1 to 1, nonce 77. */
function helloFrame(): number[] {
  const plain = Uint8Array.of(requestTypes.hello, 0, 1, 1, 1, 77);
  const crc = crc16(plain);
  return [...cobsEncode(Uint8Array.of(...plain, crc & 0xff, crc >> 8)), 0];
}

/** Two timers and a read: interrupts, the queue and the trace buffer are all touched. */
const busy: Program = program(({ main, timer }) => {
  const fast = timer({ mode: "periodic", period: 7_001 });
  const slow = timer({ mode: "one-shot", period: 30_011 });
  main.start(fast).start(slow).sleep(40_000).read().stop(fast).stop(slow);
});

describe("determinism", () => {
  it.each([false, true])(
    "the same bytes at the same cycles leave the same memory (stock: %s)",
    (stock) => {
      const play = () => {
        const uno = new UnoEmulator({ ...unoImage(), stock });
        const sent: number[] = [];
        uno.onTransmit = (byte) => sent.push(byte);
        uno.runCycles(50_000);
        uno.send(helloFrame());
        uno.runCycles(2_000_000);
        return { hash: uno.memoryHash(), cycles: uno.cycles, pc: uno.cpu.pc, sent };
      };
      const first = play();
      expect(first.sent.length).toBeGreaterThan(40);
      expect(play()).toEqual(first);
    },
  );

  it("two boards give the same traces, down to the tick since power-up", async () => {
    const play = async () => {
      const board = await openUnoBoard();
      const traces = [await board.run(busy), await board.run(busy)];
      await board.close();
      return traces;
    };
    const first = await play();
    expect(first[0]?.records.filter(({ kind }) => kind === "expiry").length).toBeGreaterThan(5);
    expect(await play()).toEqual(first);
  });
});
