import type { AVRTimer, CPU } from "avr8js";
import type { ChipSnapshot, TimerEvent } from "./chip.js";

/** An event in the library's list of them. */
interface StockEvent {
  cycles: number;
  callback: () => void;
  next: StockEvent | null;
}

/** What the library's CPU keeps to itself, as it is at run time in the version that the lock file names. */
interface CpuInternals {
  nextClockEvent: StockEvent | null;
  readonly clockEventPool: StockEvent[];
  readonly pendingInterrupts: unknown[];
  nextInterrupt: number;
  maxInterrupt: number;
}

/** What the library's timer keeps to itself. */
interface TimerInternals {
  readonly tcnt: number;
  readonly lastCycle: number;
  readonly divider: number;
  readonly ocrA: number;
  readonly ocrB: number;
  readonly TOP: number;
  readonly MAX: number;
}

/** A plain field of a peripheral; its state is made of these. */
type Field = number | boolean | string;

function isField(value: unknown): value is Field {
  return typeof value === "number" || typeof value === "boolean" || typeof value === "string";
}

/** A place for the state of a chip of the library's own parts. */
export function stockSnapshot(cpu: CPU, peripherals: readonly object[]): ChipSnapshot {
  const internals = cpu as unknown as CpuInternals;
  const parts = peripherals.map((part) => part as Record<string, unknown>);
  const data = new Uint8Array(cpu.data.length);
  let numbers = { pc: 0, cycles: 0, nextInterrupt: -1, maxInterrupt: 0 };
  let pending: unknown[] = [];
  let events: readonly Pick<StockEvent, "cycles" | "callback">[] = [];
  let fields: (readonly [part: Record<string, unknown>, key: string, value: Field])[] = [];
  return {
    save: () => {
      data.set(cpu.data);
      const { nextInterrupt, maxInterrupt } = internals;
      numbers = { pc: cpu.pc, cycles: cpu.cycles, nextInterrupt, maxInterrupt };
      pending = internals.pendingInterrupts.slice();
      events = eventList(internals.nextClockEvent);
      fields = parts.flatMap((part) =>
        Object.entries(part).flatMap(([key, value]) =>
          isField(value) ? [[part, key, value] as const] : [],
        ),
      );
    },
    restore: () => {
      cpu.data.set(data);
      cpu.pc = numbers.pc;
      cpu.cycles = numbers.cycles;
      internals.nextInterrupt = numbers.nextInterrupt;
      internals.maxInterrupt = numbers.maxInterrupt;
      for (const [index, source] of pending.entries()) internals.pendingInterrupts[index] = source;
      // The pool's entries may be part of the list that is dropped here.
      internals.clockEventPool.length = 0;
      internals.nextClockEvent = events.reduceRight<StockEvent | null>(
        (next, { cycles, callback }) => ({ cycles, callback, next }),
        null,
      );
      for (const [part, key, value] of fields) part[key] = value;
    },
  };
}

function eventList(first: StockEvent | null): Pick<StockEvent, "cycles" | "callback">[] {
  const list = [];
  for (let event = first; event !== null; event = event.next) {
    list.push({ cycles: event.cycles, callback: event.callback });
  }
  return list;
}

/** The cycle in which an event of the library's timer comes, in normal and CTC mode. */
export function stockEventCycle(timer: AVRTimer, event: TimerEvent): number {
  const { tcnt, lastCycle, divider, ocrA, ocrB, TOP, MAX } = timer as unknown as TimerInternals;
  if (divider === 0) return Number.POSITIVE_INFINITY;
  const period = TOP + 1;
  if (event === "wrap") {
    return TOP === MAX ? lastCycle + (period - tcnt) * divider : Number.POSITIVE_INFINITY;
  }
  const target = event === "match-a" ? ocrA : ocrB;
  if (target > TOP) return Number.POSITIVE_INFINITY;
  const ticks = (((target - tcnt - 1) % period) + period) % period;
  return lastCycle + (ticks + 1) * divider;
}

/**
 * Lets the library's clocks run up to a cycle. Its CPU serves one event at a time, so each timer
 * gets its turn while interrupts are held off, and the interrupt is entered after that.
 */
export function holdStock(cpu: CPU, cycle: number, timers: number): void {
  const status = cpu.data[95] as number;
  cpu.cycles = cycle;
  cpu.data[95] = status & 0x7f;
  for (let turn = 0; turn < timers; turn += 1) cpu.tick();
  cpu.data[95] = status;
  cpu.tick();
}
