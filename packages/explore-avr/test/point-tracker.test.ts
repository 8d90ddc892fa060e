import { UnoEmulator } from "@escapement/board-uno";
import { unoImage } from "@escapement/firmware";
import type { CPU } from "avr8js";
import { describe, expect, it } from "vitest";
import { CodeMap } from "../src/code-map.js";
import { PointTracker } from "../src/point-tracker.js";

const SPL = 0x5d;
const NOP = 0;
const RET = 0x9508;
const RETI = 0x9518;
const COMPARE_VECTOR = 0x16;
const OVERFLOW_VECTOR = 0x1a;

const image = unoImage();
const map = new CodeMap(image);

/** Shows a tracker instructions that need not be in the image: where they are, and the stack pointer there. */
function shown() {
  const { cpu } = new UnoEmulator({ hex: image.hex, symbols: image.symbols });
  const tracker = new PointTracker(map);
  tracker.begin();
  const look = (word: number, sp: number, opcode: number = NOP): boolean => {
    cpu.pc = word;
    cpu.dataView.setUint16(SPL, sp, true);
    (cpu as CPU).progMem[word] = opcode;
    return tracker.look(cpu);
  };
  return { tracker, look };
}

const sleep = map.wordOf("esc_sleep");
const handler = map.wordOf("esc_on_compare");
const list = map.wordOf("run_list");

describe("which instructions are points", () => {
  it("stays in a wait while an interrupt gives a stack frame back by halves of SP", () => {
    const { tracker, look } = shown();
    expect(look(list, 0x80f)).toBe(true);
    expect(look(sleep, 0x80d)).toBe(false);
    expect(look(COMPARE_VECTOR, 0x805)).toBe(true);
    expect(tracker.level).toBe(1);
    expect(look(handler, 0x7f0)).toBe(true);
    // Between the writes of SPH and SPL.
    expect(look(handler + 1, 0x8f0)).toBe(true);
    expect(tracker.level).toBe(1);
    expect(look(handler + 2, 0x805, RETI)).toBe(true);
    expect(look(sleep + 5, 0x807)).toBe(false);
    expect(tracker.level).toBe(0);
    expect(look(sleep + 6, 0x80d, RET)).toBe(false);
    expect(look(list + 1, 0x80f)).toBe(false);
  });

  it("takes the agent's code up again after an interrupt without a point", () => {
    const { tracker, look } = shown();
    expect(look(list, 0x800)).toBe(true);
    expect(look(list + 1, 0x800)).toBe(false);
    expect(look(OVERFLOW_VECTOR, 0x7fe)).toBe(true);
    expect(tracker.isAfterWrap).toBe(true);
    expect(look(handler, 0x7fe, RETI)).toBe(true);
    expect(look(list + 2, 0x800)).toBe(false);
    expect(tracker.isAfterWrap).toBe(false);
  });
});
