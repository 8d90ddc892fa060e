import { unoImage } from "@escapement/firmware";
import { cobsEncode, crc16, encodeProgram, program, requestTypes } from "@escapement/scenario";
import { expect, it } from "vitest";
import { UnoEmulator } from "../src/index.js";

function frame(type: number, sequence: number, payload: readonly number[]): number[] {
  const plain = Uint8Array.of(type, 0, sequence, ...payload);
  const crc = crc16(plain);
  return [...cobsEncode(Uint8Array.of(...plain, crc & 0xff, crc >> 8)), 0];
}

/** Frames that make the firmware read, compute, wait for the line and write. */
const loaded = program(({ main, timer }) => {
  const t = timer({ mode: "periodic", period: 900 });
  main.start(t).sleep(30_000).read().stop(t);
});
const conversation = [
  frame(requestTypes.hello, 1, [1, 1, 77]),
  frame(requestTypes.load, 2, [0, 0, ...encodeProgram(loaded)]),
  frame(requestTypes.hello, 3, [1, 1, 78]),
];

/** What the chip is after each slice of a conversation, and when it sent what. */
function play(run: (uno: UnoEmulator, cycles: number) => void) {
  const uno = new UnoEmulator(unoImage());
  const sent: (readonly [cycle: number, byte: number])[] = [];
  uno.onTransmit = (byte) => sent.push([uno.cycles, byte]);
  const states: unknown[] = [];
  const slice = (count: number): void => {
    for (let n = 0; n < count; n += 1) {
      run(uno, 4_000);
      states.push([uno.cycles, uno.cpu.pc, uno.idle, uno.memoryHash()]);
    }
  };
  slice(20);
  for (const bytes of conversation) {
    uno.send(bytes);
    slice(120);
  }
  return { states, sent };
}

it("waiting that is passed over leaves the chip as waiting does, to the cycle", () => {
  let steps = 0;
  const count = (uno: UnoEmulator): void => {
    const { chip } = uno;
    const { step } = chip;
    Object.assign(chip, {
      step: () => {
        if (!uno.idle) steps += 1;
        step();
      },
    });
  };
  const counted = new WeakSet<UnoEmulator>();
  const passed = play((uno, cycles) => {
    if (!counted.has(uno)) count(uno);
    counted.add(uno);
    const end = uno.cycles + cycles;
    while (uno.cycles < end) {
      if (uno.idle) uno.step();
      else uno.runUntilIdle(end - uno.cycles);
    }
  });
  const passedSteps = steps;
  steps = 0;
  const waited = play((uno, cycles) => {
    if (!counted.has(uno)) count(uno);
    counted.add(uno);
    uno.runCycles(cycles);
  });
  expect(passed.sent.length).toBeGreaterThan(100);
  expect(passed).toEqual(waited);
  expect(passedSteps).toBeLessThan(steps / 2);
});
