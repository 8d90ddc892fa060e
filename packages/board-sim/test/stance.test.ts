import { expect, test } from "vitest";
import { FLAG_COMPARE, FLAG_OVERFLOW, SimChip, simProfiles } from "../src/index.js";

/** A chip whose compare interrupt sets itself again, `gap` ticks on. */
function polling(profile: "stm32" | "prescaled8", gap: number): SimChip {
  const chip = new SimChip(simProfiles[profile].chip);
  const lap = 2 ** chip.shape.compareBits;
  const again = (): void => {
    chip.clearFlags(FLAG_COMPARE | FLAG_OVERFLOW);
    chip.compare = (chip.compare + gap) % lap;
  };
  chip.connect({ compare: again, overflow: again });
  chip.compare = (chip.counter + gap) % lap;
  chip.enable(FLAG_COMPARE);
  return chip;
}

function step(chip: SimChip): void {
  chip.clock.advanceTo(chip.clock.nextCycle);
  chip.controller.serve();
}

/** All that can be seen of a chip. */
function seen(chip: SimChip): readonly number[] {
  const { clock, controller, hardware } = chip;
  const next = [clock.now, clock.nextCycle, hardware.wrapCycle, hardware.matchCycle];
  return [
    ...next,
    hardware.ticks(),
    hardware.count(),
    hardware.compare,
    hardware.flags,
    controller.entries,
  ];
}

test("polls that are passed over leave the chip as polls that ran", () => {
  const [passing, whole] = [polling("stm32", 1000), polling("stm32", 1000)];
  step(passing);
  step(passing);
  const from = passing.stance();
  step(passing);
  const stance = passing.stance();
  expect(stance.repeats(from)).toBe(true);
  expect(stance.countedSince(from)).toBe(1000);
  stance.passOver(from, 40);
  for (let poll = 0; poll < 43; poll += 1) step(whole);
  expect(seen(passing)).toEqual(seen(whole));
  step(passing);
  step(whole);
  expect(seen(passing)).toEqual(seen(whole));
});

test("there is room up to the end of the wait, and up to the wrap", () => {
  const chip = polling("stm32", 1000);
  step(chip);
  const from = chip.stance();
  step(chip);
  const stance = chip.stance();
  const cycles = stance.cycle - from.cycle;
  expect(stance.room(from, stance.cycle + 10 * cycles)).toBe(8);
  expect(stance.room(from, stance.cycle + 10 * cycles + 1)).toBe(9);
  expect(stance.room(from, stance.cycle + cycles)).toBe(0);
  const toWrap = chip.hardware.wrapCycle - stance.cycle;
  expect(stance.room(from, Number.POSITIVE_INFINITY)).toBe(Math.ceil(toWrap / cycles) - 2);
});

test("a counter that wraps in between has to stand at the same place of its lap", () => {
  const chip = polling("prescaled8", 128);
  for (let poll = 0; poll < 4; poll += 1) step(chip);
  const from = chip.stance();
  let polls = 0;
  do {
    step(chip);
    polls += 1;
  } while (chip.hardware.ticks() - from.ticks < 256);
  const stance = chip.stance();
  expect(stance.ticks - from.ticks).toBe(256);
  expect(polls).toBeGreaterThan(1);
  expect(stance.repeats(from)).toBe(true);
  stance.passOver(from, 1000);
  expect(chip.hardware.ticks() - from.ticks).toBe(256 * 1001);
  expect(stance.countedSince(from)).toBe(0);
});

test("another flag, mask or distance to the match is another stance", () => {
  const chip = polling("stm32", 1000);
  step(chip);
  const from = chip.stance();
  chip.clock.advance(10);
  expect(chip.stance().repeats(from)).toBe(false);
  step(chip);
  chip.controller.saveAndMask();
  expect(chip.stance().repeats(from)).toBe(false);
});
