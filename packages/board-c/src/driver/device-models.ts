/**
 * Registers of real timers, as far as a timer driver uses them, over the counter, the compare and the flags
 * of a simulated chip. Each access takes what an access to that chip takes.
 *
 * The counter always runs, over its whole width, at the speed of the chip's profile: prescaler, reload and
 * control registers keep what is written to them and change nothing.
 */
import { FLAG_COMPARE, FLAG_OVERFLOW, type SimChip } from "@escapement/board-sim";
import type { DeviceModel } from "./registers.js";

/** Registers by their offsets; what is not there keeps what is written to it. */
interface Register {
  readonly read?: () => number;
  readonly write?: (value: number) => void;
}

function model(bytes: number, registers: Readonly<Record<number, Register>>): DeviceModel {
  const kept = new Map<number, number>();
  return {
    bytes,
    read: (offset) => registers[offset]?.read?.() ?? kept.get(offset) ?? 0,
    write: (offset, value) => {
      const register = registers[offset];
      if (register?.write !== undefined) register.write(value);
      else if (register === undefined) kept.set(offset, value);
    },
  };
}

/** Enables those of the two interrupts whose bits are set, and disables the others. */
function enableOnly(chip: SimChip, value: number): void {
  const both = FLAG_OVERFLOW | FLAG_COMPARE;
  const on = (value & 1 ? FLAG_OVERFLOW : 0) | (value & 2 ? FLAG_COMPARE : 0);
  chip.enable(on);
  chip.disable(both & ~on);
}

/** The two flags in the bits where both timers have them: overflow 0, compare 1. */
function bitsOf(flags: number): number {
  return ((flags & FLAG_OVERFLOW) !== 0 ? 1 : 0) | ((flags & FLAG_COMPARE) !== 0 ? 2 : 0);
}

function flagsOf(bits: number): number {
  return ((bits & 1) !== 0 ? FLAG_OVERFLOW : 0) | ((bits & 2) !== 0 ? FLAG_COMPARE : 0);
}

/** TIM2 of an STM32: DIER, SR, EGR, CNT and CCR1. A bit of SR is cleared by writing 0 to it. */
function stm32Tim2(chip: SimChip): DeviceModel {
  let forced = 0;
  return model(0x400, {
    12: { read: () => bitsOf(chip.enabledFlags), write: (value) => enableOnly(chip, value) },
    16: {
      read: () => bitsOf(chip.flags) | forced,
      write: (value) => {
        forced &= value;
        chip.clearFlags(flagsOf(~value & 3));
      },
    },
    // CC1G raises the compare's flag by software.
    20: {
      write: (value) => {
        if ((value & 2) === 0) return;
        forced = 2;
        chip.pend(FLAG_COMPARE);
      },
    },
    36: {
      read: () => chip.counter,
      write: (value) => {
        chip.counter = value;
      },
    },
    52: {
      read: () => chip.compare,
      write: (value) => {
        chip.compare = value;
      },
    },
  });
}

/** Timer 1 of an ATmega: TIFR1, TIMSK1, TCNT1 and OCR1A, at their addresses in data memory. A flag is cleared by writing 1 to it. */
function avrTimer1(chip: SimChip): DeviceModel {
  return model(0x90, {
    54: {
      read: () => bitsOf(chip.flags),
      write: (value) => chip.clearFlags(flagsOf(value)),
    },
    111: { read: () => bitsOf(chip.enabledFlags), write: (value) => enableOnly(chip, value) },
    132: {
      read: () => chip.counter,
      write: (value) => {
        chip.counter = value;
      },
    },
    136: {
      read: () => chip.compare,
      write: (value) => {
        chip.compare = value;
      },
    },
  });
}

/** The models that come with the package, by the names that `--device` knows. */
export const deviceModels: Readonly<Record<string, (chip: SimChip) => DeviceModel>> = {
  "stm32-tim2": stm32Tim2,
  "avr-timer1": avrTimer1,
};
