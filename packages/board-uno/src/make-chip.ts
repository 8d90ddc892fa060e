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
import { type Chip, type ChipSnapshot, CPU_FREQUENCY_HZ } from "./chip.js";
import { CorrectedCpu } from "./corrected-cpu.js";
import { CorrectedTimer, TIMER_STATE_LENGTH } from "./corrected-timer.js";
import { CorrectedUsart } from "./corrected-usart.js";
import { holdStock, stockEventCycle, stockSnapshot } from "./stock-state.js";
import type { Prescaler } from "./timer-count.js";

/** Bytes of RAM in the chip; they begin at data address 0x100. */
const RAM_BYTES = 0x800;

const GTCCR = 0x43;
const PSRSYNC = 1;
const PSRASY = 2;

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
