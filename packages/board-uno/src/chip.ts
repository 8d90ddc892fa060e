import type { CPU } from "avr8js";

/** Cycles per second of the board's crystal. */
export const CPU_FREQUENCY_HZ = 16_000_000;

/** Bytes of flash in the chip. */
export const FLASH_BYTES = 0x8000;

const TIFR1 = 0x36;
const TIMER1_FLAGS = 7;
const SREG = 0x5f;
const TCNT1L = 0x84;

/** An event of Timer1: the counter's wrap, the match of compare A, the match of compare B. */
export type TimerEvent = "wrap" | "match-a" | "match-b";

/** A place for all of a chip's state, to go back to as often as one likes. */
export interface ChipSnapshot {
  /** Copies the state; only between two instructions. */
  save(): void;
  /** Goes back to the state that was saved last. */
  restore(): void;
}

/** The CPU with its peripherals, corrected or stock, behind one face. */
export interface Chip {
  /** The library's CPU: registers, memory, cycles. */
  readonly cpu: CPU;
  /** Runs one instruction and what is due after it. */
  step(): void;
  /** Begins to send a character to the chip; false while that is not possible. */
  receive(byte: number): boolean;
  /** Whether a character is coming in or going out. */
  lineBusy(): boolean;
  /** Makes a place for the chip's state, empty at first. */
  snapshot(): ChipSnapshot;
  /** The cycle in which an event of Timer1 next raises its flag; Infinity for never. */
  eventCycle(event: TimerEvent): number;
  /** Until this cycle no peripheral does anything by itself, and no interrupt is entered. */
  quietUntil(): number;
  /** Lets the clocks run up to a cycle while the CPU executes nothing; at its end an interrupt may be entered. */
  hold(cycle: number): void;
  /** Called with each character that the chip sends. */
  onTransmit: ((byte: number) => void) | undefined;
  /** Called when the chip has received a character. */
  onReceived: (() => void) | undefined;
}

/** Puts Timer1 at a count and takes its flags down. Takes one cycle, in which no interrupt is entered. */
export function setTimer1(chip: Chip, count: number): void {
  const { cpu } = chip;
  const status = cpu.data[SREG] as number;
  cpu.data[SREG] = status & 0x7f;
  cpu.writeData(TCNT1L + 1, count >> 8);
  cpu.writeData(TCNT1L, count & 0xff);
  // A write takes effect at the end of its instruction; this one has none of its own.
  chip.hold(cpu.cycles + 1);
  cpu.writeData(TIFR1, TIMER1_FLAGS);
  cpu.data[SREG] = status;
}
