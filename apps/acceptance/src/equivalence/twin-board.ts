import { createSimBoard, FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
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
    port: (chip) => ({
      counterBits,
      frequencyHz: 1_000_000,
      minDeltaTicks: 1,
      readCounter: () => chip.counter,
      overflowPending: () => (chip.flags & FLAG_OVERFLOW) !== 0,
      acknowledgeOverflow: () => chip.clearFlags(FLAG_OVERFLOW),
      setCompare: (ticks) => {
        chip.compare = ticks;
      },
      enableCompare: (on) => (on ? chip.enable(FLAG_COMPARE) : chip.disable(FLAG_COMPARE)),
      comparePending: () => (chip.flags & FLAG_COMPARE) !== 0,
      acknowledgeCompare: () => chip.clearFlags(FLAG_COMPARE),
      saveAndMask: () => chip.saveAndMask(),
      restore: (state) => chip.restore(state),
      inInterrupt: () => chip.inInterrupt(),
    }),
    hal: (port, onError) => new TimerHal(port, { capacity: CAPACITY, onError }),
  });
}
