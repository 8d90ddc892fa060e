import { unoImage } from "@escapement/firmware";
import { setTimer1 } from "./chip.js";
import { type CallResult, UnoEmulator } from "./emulator.js";
import { unoErrors } from "./uno-errors.js";

const RET = 0x9508;
/** From the chip's acceptance of an interrupt to the first instruction at its vector. */
const RESPONSE_CYCLES = 4;
/** Words of the vector table. */
const VECTORS_END = 0x34;
const RAM_START = 0x100;
/** Long enough for the firmware to start up and wait for the host. */
const BOOT_CYCLES = 1_000_000;

/** A call, with how long it kept interrupts masked at a stretch. */
export interface MeasuredCall extends CallResult {
  /** From the end of the instruction that masked to the end of the one that unmasked; the longest. */
  readonly maskedCycles: number;
}

/** A stretch with interrupts off that began by an interrupt. */
export interface MeasuredInterrupt {
  /** Its vector, as a word address. */
  readonly vector: number;
  /** From the chip's acceptance to the end of RETI. */
  readonly cycles: number;
}

/**
 * The shipped firmware on the corrected emulator, its agent waiting for the host, with its HAL
 * called directly as C would. Exact: the same image gives the same cycles.
 */
export class Bench {
  /** The machine. */
  readonly emulator: UnoEmulator;
  readonly #scratch: number;
  readonly #handler: number;

  /** Boots the firmware, or one of the same symbols on the stock emulator. */
  constructor(options: { readonly stock?: boolean } = {}) {
    const image = unoImage();
    this.emulator = new UnoEmulator({ ...image, stock: options.stock === true });
    if (!this.emulator.runUntil(() => this.emulator.idle, BOOT_CYCLES)) {
      throw unoErrors.notStarted();
    }
    // What calls take by pointer lies just above the variables, where the stack never reaches.
    this.#scratch = RAM_START + (image.figures.ramBytes ?? 0);
    // Any return instruction is a handler that does nothing.
    this.#handler = this.emulator.cpu.progMem.indexOf(RET);
    this.#call("esc_init");
  }

  /** Makes a timer with a handler that does nothing, and returns its handle. */
  make(periodTicks: number, flags = 0): number {
    const { dataView } = this.emulator.cpu;
    const at = this.#scratch;
    dataView.setUint32(at + 2, periodTicks, true);
    dataView.setUint16(at + 6, this.#handler, true);
    dataView.setUint16(at + 8, 0, true);
    dataView.setUint8(at + 10, flags);
    this.#call("esc_timer_init", [at, at + 2]);
    return dataView.getUint16(at, true);
  }

  /** Calls a HAL function with interrupts enabled, and measures it. */
  measure(name: string, args: readonly number[] = []): MeasuredCall {
    const { cpu } = this.emulator;
    let maskedSince: number | undefined;
    let maskedCycles = 0;
    const onStep = () => {
      if (!cpu.interruptsEnabled) maskedSince ??= cpu.cycles;
      else if (maskedSince !== undefined) {
        maskedCycles = Math.max(maskedCycles, cpu.cycles - maskedSince);
        maskedSince = undefined;
      }
    };
    const result = this.emulator.callFunction(name, { args, interrupts: true, onStep });
    return { ...result, maskedCycles };
  }

  /** Arms timers for the same deadline, `delayTicks` from now. */
  startTogether(handles: readonly number[], delayTicks: number): void {
    const now = this.#call("esc_now").result32;
    for (const handle of handles) {
      this.#call("esc_start_at", [
        handle,
        now >>> 16,
        now & 0xffff,
        delayTicks >>> 16,
        delayTicks & 0xffff,
      ]);
    }
  }

  /** Lets the firmware run until it has served one interrupt, and measures that. */
  interrupt(maxCycles: number): MeasuredInterrupt {
    const { emulator } = this;
    const { cpu } = emulator;
    const entered = () => !cpu.interruptsEnabled && cpu.pc < VECTORS_END;
    const reached = emulator.runUntil(entered, maxCycles);
    const vector = cpu.pc;
    const start = cpu.cycles - RESPONSE_CYCLES;
    if (!reached || !emulator.runUntil(() => cpu.interruptsEnabled, maxCycles)) {
      throw unoErrors.noInterrupt({ cycles: maxCycles });
    }
    return { vector, cycles: cpu.cycles - start };
  }

  /** Puts Timer1 at a count and takes its flags down. Time must not go back by it. */
  setCounter(count: number): void {
    setTimer1(this.emulator.chip, count);
  }

  /** Lets so many cycles pass with interrupts masked, without running anything. */
  passMasked(cycles: number): void {
    const { chip, cpu } = this.emulator;
    const status = cpu.data[95] as number;
    cpu.data[95] = status & 0x7f;
    for (let cycle = 0; cycle < cycles; cycle += 1) chip.hold(cpu.cycles + 1);
    cpu.data[95] = status;
  }

  #call(name: string, args: readonly number[] = []): CallResult {
    return this.emulator.callFunction(name, { args, interrupts: true });
  }
}
