import { createSimBoard, stm32Port } from "@escapement/board-sim";
import { TimerHal } from "@escapement/core";
import type { Board } from "@escapement/scenario";

/** What a simulated chip is like that stands beside a board of the firmware. */
export interface TwinShape {
  /** Width of its counter. */
  readonly counterBits: number;
  /** Its second interrupt can interrupt a timer's handler. */
  readonly nesting: boolean;
  /** Ticks of a register access. */
  readonly accessTicks: number;
  /** Ticks from an interrupt to its handler, and half as many back. */
  readonly entryTicks: number;
}

/** As many timers as the firmware has when nothing else is said. */
const CAPACITY = 8;

/** The TypeScript HAL on a simulated chip of that shape. */
export function twinBoard(shape: TwinShape): Board {
  const { counterBits, nesting, accessTicks, entryTicks } = shape;
  return createSimBoard({
    name: `twin ${counterBits} bits`,
    chip: {
      counterBits,
      cpuHz: 1_000_000,
      cyclesPerTick: 1,
      nesting,
      accessCycles: accessTicks,
      entryCycles: entryTicks,
      exitCycles: Math.floor(entryTicks / 2),
    },
    // Two plain flags and one compare, as on the STM32; only the counter is another.
    port: (chip) => ({ ...stm32Port(chip), counterBits, frequencyHz: 1_000_000 }),
    hal: (port, onError) => new TimerHal(port, { capacity: CAPACITY, onError }),
  });
}
