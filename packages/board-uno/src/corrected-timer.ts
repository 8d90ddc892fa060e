import type { AVRTimerConfig } from "avr8js";
import type { TimerEvent } from "./chip.js";
import type { CorrectedCpu } from "./corrected-cpu.js";
import { COUNT_STATE_LENGTH, type Prescaler, TimerCount } from "./timer-count.js";
import { flagOf, type TimerFlag } from "./timer-flag.js";
import { unoErrors } from "./uno-errors.js";

/** Numbers that {@link CorrectedTimer.save} writes. */
export const TIMER_STATE_LENGTH = COUNT_STATE_LENGTH + 7;

const NEVER = Number.POSITIVE_INFINITY;
const ICR_TOP_16 = 12;

/**
 * Timer 0, 1 or 2 in normal and CTC mode, as the ATmega328P datasheet describes it (sections 15,
 * 16 and 18). It attaches to the CPU through register hooks, in place of the library's timer.
 *
 * The count is computed from the cycle of the reading, not stepped, so that a timer costs nothing
 * while no flag is due. Against the library's timer: writing a flag clears that flag alone; a
 * compare flag rises one timer clock after the match; the match right after a write to TCNT is
 * blocked; the 16-bit registers share TEMP; and timers on one prescaler keep its phase.
 *
 * Not modelled: PWM modes (starting the clock in one is a `board-fault`), input capture, external
 * clocks (the timer stands still), output pins.
 */
export class CorrectedTimer {
  readonly #cpu: CorrectedCpu;
  readonly #config: AVRTimerConfig;
  readonly #count: TimerCount;
  readonly #temp: { value: number };
  readonly #overflow: TimerFlag;
  readonly #matchA: TimerFlag;
  readonly #matchB: TimerFlag;
  readonly #flags: readonly TimerFlag[];
  #ocrA = 0;
  #ocrB = 0;
  #icr = 0;

  /** Attaches a timer of this configuration to the CPU. */
  constructor(cpu: CorrectedCpu, config: AVRTimerConfig, prescaler: Prescaler) {
    this.#cpu = cpu;
    this.#config = config;
    this.#temp = { value: 0 };
    this.#count = new TimerCount(config.bits === 16 ? 0xffff : 0xff, prescaler);
    this.#overflow = flagOf(config, config.ovfInterrupt, config.TOV, config.TOIE);
    this.#matchA = flagOf(config, config.compAInterrupt, config.OCFA, config.OCIEA);
    this.#matchB = flagOf(config, config.compBInterrupt, config.OCFB, config.OCIEB);
    this.#flags = [this.#overflow, this.#matchA, this.#matchB];
    this.#hookFlags();
    this.#hookControl();
    this.#hookCount();
    this.#hookCompare(config.OCRA, (value) => {
      this.#ocrA = value;
    });
    this.#hookCompare(config.OCRB, (value) => {
      this.#ocrB = value;
    });
    if (config.bits === 16) {
      this.#hookCompare(config.ICR, (value) => {
        this.#icr = value;
      });
    }
  }

  /** The count as the CPU would read it now. */
  get count(): number {
    return this.#count.at(this.#cpu.cycles);
  }

  /** The cycle in which an event next raises its flag; Infinity for never. */
  eventCycle(event: TimerEvent): number {
    if (event === "wrap") return this.#overflow.at;
    return event === "match-a" ? this.#matchA.at : this.#matchB.at;
  }

  /**
   * Writes what decides what comes next into `state`, {@link TIMER_STATE_LENGTH} numbers; the
   * registers are the CPU's. Only between two instructions.
   */
  save(state: Float64Array): void {
    this.#count.save(state, 0);
    state[COUNT_STATE_LENGTH] = this.#ocrA;
    state[COUNT_STATE_LENGTH + 1] = this.#ocrB;
    state[COUNT_STATE_LENGTH + 2] = this.#icr;
    state[COUNT_STATE_LENGTH + 3] = this.#temp.value;
    state[COUNT_STATE_LENGTH + 4] = this.#overflow.at;
    state[COUNT_STATE_LENGTH + 5] = this.#matchA.at;
    state[COUNT_STATE_LENGTH + 6] = this.#matchB.at;
  }

  /** Goes back to what was saved. */
  restore(state: Float64Array): void {
    this.#count.restore(state, 0);
    this.#ocrA = state[COUNT_STATE_LENGTH] as number;
    this.#ocrB = state[COUNT_STATE_LENGTH + 1] as number;
    this.#icr = state[COUNT_STATE_LENGTH + 2] as number;
    this.#temp.value = state[COUNT_STATE_LENGTH + 3] as number;
    this.#overflow.at = state[COUNT_STATE_LENGTH + 4] as number;
    this.#matchA.at = state[COUNT_STATE_LENGTH + 5] as number;
    this.#matchB.at = state[COUNT_STATE_LENGTH + 6] as number;
  }

  /** Takes a reset of the prescaler into account; `reset` makes it. */
  resetPrescaler(reset: () => void): void {
    this.#change(reset);
  }

  #hookFlags(): void {
    const { TIFR, TIMSK } = this.#config;
    const cpu = this.#cpu;
    cpu.readHooks[TIFR] = () => {
      this.#advance();
      return cpu.data[TIFR] as number;
    };
    cpu.writeHooks[TIFR] = (value, _old, _address, mask) => {
      this.#advance();
      for (const { source } of this.#flags) {
        if ((value & mask & source.flagMask) !== 0) cpu.clearInterrupt(source);
      }
      this.#schedule();
      return true;
    };
    cpu.writeHooks[TIMSK] = (value) => {
      this.#advance();
      cpu.data[TIMSK] = value;
      for (const { source } of this.#flags) cpu.updateInterruptEnable(source, value);
      this.#schedule();
      return true;
    };
  }

  #hookControl(): void {
    for (const register of [this.#config.TCCRA, this.#config.TCCRB]) {
      this.#cpu.writeHooks[register] = (value) => {
        this.#cpu.data[register] = value;
        this.#cpu.defer(() => this.#change(() => this.#configure()));
        return true;
      };
    }
  }

  #hookCount(): void {
    const { TCNT, bits } = this.#config;
    const cpu = this.#cpu;
    cpu.readHooks[TCNT] = () => {
      const count = this.count;
      if (bits === 16) this.#temp.value = count >> 8;
      return count & 0xff;
    };
    if (bits === 16) cpu.readHooks[TCNT + 1] = () => this.#temp.value;
    this.#hookHighByte(TCNT);
    cpu.writeHooks[TCNT] = (value) => {
      const count = bits === 16 ? (this.#temp.value << 8) | value : value;
      cpu.defer(() => this.#change(() => this.#count.preset(count)));
      return true;
    };
  }

  #hookCompare(register: number, store: (value: number) => void): void {
    const wide = this.#config.bits === 16;
    this.#hookHighByte(register);
    this.#cpu.writeHooks[register] = (low) => {
      const value = wide ? (this.#temp.value << 8) | low : low;
      this.#cpu.data[register] = low;
      if (wide) this.#cpu.data[register + 1] = value >> 8;
      this.#cpu.defer(() =>
        this.#change(() => {
          store(value);
          this.#count.top = this.#topNow();
        }),
      );
      return true;
    };
  }

  /** The high byte of a 16-bit register goes to TEMP, which all of them share; the low byte carries it over. */
  #hookHighByte(register: number): void {
    if (this.#config.bits !== 16) return;
    this.#cpu.writeHooks[register + 1] = (value) => {
      this.#temp.value = value;
      return true;
    };
  }

  get #mode(): number {
    const { TCCRA, TCCRB, bits } = this.#config;
    const high = (this.#cpu.data[TCCRB] as number) & (bits === 16 ? 0x18 : 0x08);
    return (high >> 1) | ((this.#cpu.data[TCCRA] as number) & 3);
  }

  #topNow(): number {
    const mode = this.#mode;
    if (mode === (this.#config.bits === 16 ? 4 : 2)) return this.#ocrA;
    if (mode === ICR_TOP_16 && this.#config.bits === 16) return this.#icr;
    return this.#count.max;
  }

  #configure(): void {
    const { TCCRB, dividers, bits } = this.#config;
    const select = ((this.#cpu.data[TCCRB] as number) & 7) as keyof typeof dividers;
    this.#count.divider = dividers[select];
    this.#count.top = this.#topNow();
    const modes = bits === 16 ? [0, 4, ICR_TOP_16] : [0, 2];
    if (this.#count.divider !== 0 && !modes.includes(this.#mode)) {
      throw unoErrors.otherMode({ mode: this.#mode, bits });
    }
  }

  /** Brings the state up to now, applies a change that takes effect now, and plans the next event again. */
  #change(apply: () => void): void {
    this.#advance();
    this.#count.settle(this.#cpu.cycles);
    apply();
    this.#plan();
    this.#schedule();
  }

  /** Raises the flags that have become due, and works out when they are due again. */
  #advance(): void {
    const now = this.#cpu.cycles;
    let raised = false;
    for (const flag of this.#flags) {
      if (flag.at > now) continue;
      this.#cpu.setInterruptFlag(flag.source);
      raised = true;
    }
    if (!raised) return;
    this.#count.settle(now);
    this.#plan();
  }

  readonly #onEvent = (): void => {
    this.#advance();
    this.#schedule();
  };

  /** An event is needed for a flag that is down, or that interrupts and is then taken down by the CPU. */
  #schedule(): void {
    const { TIFR, TIMSK } = this.#config;
    const up = this.#cpu.data[TIFR] as number;
    const enabled = this.#cpu.data[TIMSK] as number;
    let next = NEVER;
    for (const { source, at } of this.#flags) {
      const matters = (up & source.flagMask) === 0 || (enabled & source.enableMask) !== 0;
      if (matters && at < next) next = at;
    }
    this.#cpu.clearClockEvent(this.#onEvent);
    if (next !== NEVER) this.#cpu.addClockEvent(this.#onEvent, next - this.#cpu.cycles);
  }

  #plan(): void {
    this.#overflow.at = this.#count.overflowCycle();
    this.#matchA.at = this.#count.matchCycle(this.#ocrA);
    this.#matchB.at = this.#count.matchCycle(this.#ocrB);
  }
}
