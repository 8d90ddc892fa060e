import {
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  avrInstruction,
  CPU,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  usart0Config,
} from "avr8js";
import { CorrectedCpu } from "./corrected-cpu.js";
import { CorrectedTimer, TIMER_STATE_LENGTH } from "./corrected-timer.js";
import { CorrectedUsart } from "./corrected-usart.js";
import { holdStock, stockEventCycle, stockSnapshot } from "./stock-state.js";
import type { Prescaler } from "./timer-count.js";

/** Cycles per second of the board's crystal. */
export const CPU_FREQUENCY_HZ = 16_000_000;

/** Bytes of flash in the chip. */
export const FLASH_BYTES = 0x8000;

/** Bytes of RAM in the chip; they begin at data address 0x100. */
const RAM_BYTES = 0x800;

const TIFR1 = 0x36;
const TIMER1_FLAGS = 7;
const GTCCR = 0x43;
const PSRSYNC = 1;
const PSRASY = 2;
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

function attachPorts(cpu: CPU): void {
  for (const config of [portBConfig, portCConfig, portDConfig]) new AVRIOPort(cpu, config);
}

/** Makes the chip with the corrections that this package makes to the library. */
export function makeCorrectedChip(program: Uint16Array): Chip {
  const cpu = new CorrectedCpu(program, RAM_BYTES);
  attachPorts(cpu);
  const shared: Prescaler = { resetCycle: 0 };
  const own: Prescaler = { resetCycle: 0 };
  const timers = [timer0Config, timer1Config].map(
    (config) => new CorrectedTimer(cpu, config, shared),
  );
  const timer2 = new CorrectedTimer(cpu, timer2Config, own);
  const usart = new CorrectedUsart(cpu, usart0Config);
  // The reset bits clear themselves at once. Holding the prescalers (TSM) is not modelled.
  cpu.writeHooks[GTCCR] = (value) => {
    cpu.defer(() => {
      const reset = (prescaler: Prescaler) => () => {
        prescaler.resetCycle = cpu.cycles;
      };
      if ((value & PSRSYNC) !== 0) for (const timer of timers) timer.resetPrescaler(reset(shared));
      if ((value & PSRASY) !== 0) timer2.resetPrescaler(reset(own));
    });
    return true;
  };
  const timer1 = timers[1] as CorrectedTimer;
  const chip: Chip = {
    cpu,
    step: () => cpu.step(),
    receive: (byte) => usart.receive(byte),
    lineBusy: () => usart.receiving || usart.transmitting,
    snapshot: () => correctedSnapshot(cpu, [...timers, timer2], [shared, own], usart),
    eventCycle: (event) => timer1.eventCycle(event),
    quietUntil: () => (cpu.interruptDue ? cpu.cycles : cpu.nextEventCycle),
    hold: (cycle) => {
      cpu.cycles = cycle;
      cpu.tick();
    },
    onTransmit: undefined,
    onReceived: undefined,
  };
  usart.onTransmit = (byte) => chip.onTransmit?.(byte);
  usart.onReceived = () => chip.onReceived?.();
  return chip;
}

function correctedSnapshot(
  cpu: CorrectedCpu,
  timers: readonly CorrectedTimer[],
  prescalers: readonly Prescaler[],
  usart: CorrectedUsart,
): ChipSnapshot {
  const cpuState = cpu.newState();
  const usartState = usart.newState();
  const parts = timers.map((timer) => ({ timer, state: new Float64Array(TIMER_STATE_LENGTH) }));
  const resets = prescalers.map((prescaler) => ({ prescaler, cycle: 0 }));
  return {
    save: () => {
      cpu.save(cpuState);
      usart.save(usartState);
      for (const { timer, state } of parts) timer.save(state);
      for (const reset of resets) reset.cycle = reset.prescaler.resetCycle;
    },
    restore: () => {
      cpu.restore(cpuState);
      usart.restore(usartState);
      for (const { timer, state } of parts) timer.restore(state);
      for (const { prescaler, cycle } of resets) prescaler.resetCycle = cycle;
    },
  };
}

/** Makes the chip exactly as the library has it. */
export function makeStockChip(program: Uint16Array): Chip {
  const cpu = new CPU(program, RAM_BYTES);
  attachPorts(cpu);
  const timers = [timer0Config, timer1Config, timer2Config].map(
    (config) => new AVRTimer(cpu, config),
  );
  const timer1 = timers[1] as AVRTimer;
  const usart = new AVRUSART(cpu, usart0Config, CPU_FREQUENCY_HZ);
  const chip: Chip = {
    cpu,
    step: () => {
      avrInstruction(cpu);
      cpu.tick();
    },
    receive: (byte) => usart.writeByte(byte) === true,
    // The library keeps UDRE down for the whole character, so the emptiness of the data register says it all.
    lineBusy: () => usart.rxBusy,
    snapshot: () => stockSnapshot(cpu, [...timers, usart]),
    eventCycle: (event) => stockEventCycle(timer1, event),
    quietUntil: () => cpu.cycles,
    hold: (cycle) => holdStock(cpu, cycle, timers.length),
    onTransmit: undefined,
    onReceived: undefined,
  };
  usart.onByteTransmit = (byte) => chip.onTransmit?.(byte);
  usart.onRxComplete = () => chip.onReceived?.();
  return chip;
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
