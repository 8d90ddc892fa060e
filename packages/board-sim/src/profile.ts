import type { TimerPort } from "@escapement/core";
import type { SimChip } from "./chip.js";
import type { SimChipOptions } from "./chip-options.js";
import { avr16Port } from "./ports/avr16.js";
import { prescaled8Port } from "./ports/prescaled8.js";
import { rp2040Port } from "./ports/rp2040.js";
import { rtc24Port } from "./ports/rtc24.js";
import { stm32Port } from "./ports/stm32.js";
import { systick24Port } from "./ports/systick24.js";

/** A kind of chip, and the port that brings the HAL to it. */
export interface SimProfile {
  /** Its name; the board is called `sim:` and this. */
  readonly name: string;
  /** What sort of chip it models, in a few words. */
  readonly title: string;
  /** What the chip is like. */
  readonly chip: SimChipOptions;
  /** Writes the port against a chip of that kind. */
  readonly port: (chip: SimChip) => TimerPort;
}

/** Names of the profiles that come with the package. */
export type SimProfileName = "avr16" | "systick24" | "rtc24" | "stm32" | "rp2040" | "prescaled8";

/**
 * The profiles that come with the package: the counters that firmware really meets.
 *
 * @example
 * ```ts
 * import { createSimBoard, simProfiles } from "@escapement/board-sim";
 *
 * export const boards = Object.values(simProfiles).map((profile) => createSimBoard({ profile }));
 * ```
 */
export const simProfiles: Readonly<Record<SimProfileName, SimProfile>> = {
  avr16: {
    name: "avr16",
    title: "16 bits at 2 MHz, one interrupt at a time, as an ATmega's Timer1",
    chip: {
      counterBits: 16,
      cpuHz: 16_000_000,
      cyclesPerTick: 8,
      startCounter: 0x8123,
      accessCycles: 2,
      entryCycles: 7,
      exitCycles: 4,
      nesting: false,
      clearsFlagAtEntry: true,
    },
    port: avr16Port,
  },
  systick24: {
    name: "systick24",
    title: "24 bits counting down at 48 MHz, as a Cortex-M SysTick with a compare",
    chip: {
      counterBits: 24,
      cpuHz: 48_000_000,
      cyclesPerTick: 1,
      countDown: true,
      startCounter: 0x5a_0000,
      accessCycles: 2,
      entryCycles: 15,
      exitCycles: 13,
    },
    port: systick24Port,
  },
  rtc24: {
    name: "rtc24",
    title: "24 bits at 32 768 Hz that cannot match at N or N + 1, as an nRF's RTC",
    chip: {
      counterBits: 24,
      cpuHz: 33_554_432,
      cyclesPerTick: 1024,
      startCounter: 0xb0_0001,
      minMatchTicks: 2,
      accessCycles: 6,
      entryCycles: 12,
      exitCycles: 10,
      sharedVector: true,
    },
    port: rtc24Port,
  },
  stm32: {
    name: "stm32",
    title: "32 bits at 84 MHz, one vector for both flags, as an STM32's TIM2",
    chip: {
      counterBits: 32,
      cpuHz: 84_000_000,
      cyclesPerTick: 1,
      startCounter: 0xc000_1234,
      accessCycles: 3,
      entryCycles: 12,
      exitCycles: 10,
      sharedVector: true,
    },
    port: stm32Port,
  },
  rp2040: {
    name: "rp2040",
    title: "64 bits at 1 MHz in two halves, alarms on the low one, as an RP2040's timer",
    chip: {
      counterBits: 64,
      compareBits: 32,
      cpuHz: 125_000_000,
      cyclesPerTick: 125,
      startCounter: 0xffff_3000,
      accessCycles: 4,
      entryCycles: 16,
      exitCycles: 12,
    },
    port: rp2040Port,
  },
  prescaled8: {
    name: "prescaled8",
    title: "8 bits at 250 kHz, a lap a millisecond, as an ATmega's Timer2 at clk/64",
    chip: {
      counterBits: 8,
      cpuHz: 16_000_000,
      cyclesPerTick: 64,
      startCounter: 0xb3,
      accessCycles: 2,
      entryCycles: 7,
      exitCycles: 4,
      nesting: false,
      clearsFlagAtEntry: true,
    },
    port: prescaled8Port,
  },
};
