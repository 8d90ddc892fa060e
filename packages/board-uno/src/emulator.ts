import { createHash } from "node:crypto";
import type { CPU } from "avr8js";
import { type Chip, FLASH_BYTES } from "./chip.js";
import { enterFunction, RETURN_WORD } from "./function-call.js";
import { parseIntelHex } from "./intel-hex.js";
import { makeCorrectedChip, makeStockChip } from "./make-chip.js";
import { SteadyWait } from "./steady-wait.js";
import { unoErrors } from "./uno-errors.js";

const UCSR0A = 0xc0;
const UDRE = 0x20;
const RXC = 0x80;
const RAM_START = 0x100;

/** Longest gap between two looks at the receiver that still counts as waiting for it. */
const POLL_GAP_CYCLES = 1000;
/** So many looks in a row, with nothing going on, and the firmware is taken to be waiting. */
const IDLE_POLLS = 32;

/** What the emulator runs, and how faithfully. */
export interface UnoEmulatorOptions {
  /** The program, in Intel HEX. */
  readonly hex: string;
  /** Addresses of functions in bytes and of variables from 0x800000, by name, as avr-nm gives them. */
  readonly symbols?: Readonly<Record<string, number>>;
  /** Runs the library's peripherals and interrupt timing as they are; see the README for what that gets wrong. */
  readonly stock?: boolean;
}

/** How a firmware function is called. */
export interface CallOptions {
  /** Arguments of 16 bits each, in order, at most 9; a 32-bit argument is two of them, high word first. */
  readonly args?: readonly number[];
  /** The global interrupt flag during the call; as it is when absent. */
  readonly interrupts?: boolean;
  /** Gives up after so many cycles; a million when absent. */
  readonly maxCycles?: number;
  /** Called after each instruction. */
  readonly onStep?: () => void;
}

/** What a call gave. */
export interface CallResult {
  /** Cycles from the function's first instruction to the end of its return; the call itself not counted. */
  readonly cycles: number;
  /** r22 to r25 as one number: the result of a function that returns 32 bits. */
  readonly result32: number;
  /** r24 and r25: the result of a function that returns 16 bits. */
  readonly result16: number;
}

/**
 * An ATmega328P at 16 MHz that runs a firmware image, instruction by instruction.
 *
 * Everything is synchronous and deterministic: the same calls give the same cycles and the same
 * memory. Host time plays no part; pace is the business of whoever calls.
 *
 * @example
 * ```ts
 * import { UnoEmulator } from "@escapement/board-uno";
 *
 * // One instruction that jumps to itself.
 * const uno = new UnoEmulator({ hex: ":02000000FFCF30\n:00000001FF\n" });
 * uno.runCycles(1_000);
 * console.log(uno.cycles); // 1000
 * ```
 */
export class UnoEmulator {
  /** Whether the library's own peripherals run. */
  readonly stock: boolean;
  /** Called with each byte that the firmware sends on USART0. */
  onTransmit: ((byte: number) => void) | undefined;
  readonly #flash: Uint8Array;
  readonly #symbols: Readonly<Record<string, number>>;
  readonly #queue: number[] = [];
  #chip: Chip;
  #wait: SteadyWait;
  #hasPolled = false;
  #idlePolls = 0;
  #lastPollCycle = 0;

  /**
   * Loads the image and resets the chip.
   *
   * @throws BoardError `malformed` when the image cannot be read.
   */
  constructor(options: UnoEmulatorOptions) {
    this.stock = options.stock === true;
    this.#symbols = options.symbols ?? {};
    this.#flash = parseIntelHex(options.hex, FLASH_BYTES);
    this.#chip = this.#build();
    this.#wait = new SteadyWait(this.#chip, UCSR0A);
  }

  /** The library's CPU. A reset replaces it. */
  get cpu(): CPU {
    return this.#chip.cpu;
  }

  /** The chip with its peripherals. A reset replaces it. */
  get chip(): Chip {
    return this.#chip;
  }

  /** Cycles since the reset. */
  get cycles(): number {
    return this.#chip.cpu.cycles;
  }

  /**
   * Whether the firmware does nothing but look for a received byte, with none on its way in or out.
   *
   * Judged by its readings of UCSR0A, so a firmware that receives by interrupt is never idle.
   */
  get idle(): boolean {
    return this.#idlePolls >= IDLE_POLLS && this.#queue.length === 0;
  }

  /** Powers the chip off and on: memory zero, cycles 0, queue empty, flash as loaded. */
  reset(): void {
    this.#queue.length = 0;
    this.#chip = this.#build();
    this.#wait = new SteadyWait(this.#chip, UCSR0A);
  }

  /** Runs one instruction, and the entry into an interrupt when one follows it. */
  step(): void {
    this.#chip.step();
  }

  /** Runs until at least so many cycles have passed; returns how many did. */
  runCycles(count: number): number {
    const chip = this.#chip;
    const { cpu } = chip;
    const start = cpu.cycles;
    const end = start + count;
    while (cpu.cycles < end) chip.step();
    return cpu.cycles - start;
  }

  /**
   * Runs until a byte address is next to be executed, or until a test says so, but not longer than
   * `maxCycles`.
   *
   * @returns Whether it came to that.
   */
  runUntil(stop: number | (() => boolean), maxCycles: number): boolean {
    const chip = this.#chip;
    const { cpu } = chip;
    const end = cpu.cycles + maxCycles;
    const reached = typeof stop === "number" ? () => cpu.pc === stop >> 1 : stop;
    while (!reached()) {
      if (cpu.cycles >= end) return false;
      chip.step();
    }
    return true;
  }

  /** Runs until the firmware is idle, but not longer than `maxCycles`. What it only waits for costs little. */
  runUntilIdle(maxCycles: number): void {
    const chip = this.#chip;
    const { cpu } = chip;
    const end = cpu.cycles + maxCycles;
    if (this.idle) return;
    while (cpu.cycles < end) {
      chip.step();
      if (!this.#hasPolled) continue;
      this.#hasPolled = false;
      if (this.idle) return;
      // Polls that count towards being idle are few, and are counted one by one.
      if (this.#idlePolls === 0) this.#lastPollCycle += this.#wait.pass(end);
    }
  }

  /**
   * Calls a function of the firmware as C would, from wherever the program is, and comes back
   * there. Interrupts are served inside the call if they are enabled.
   *
   * @param target - A symbol's name, or the function's byte address.
   * @throws BoardError `board-fault` for an unknown symbol, too many arguments, or a call that does
   * not return in time; after that last one the emulator needs a reset.
   */
  callFunction(target: string | number, options: CallOptions = {}): CallResult {
    const { args = [], interrupts, maxCycles = 1_000_000, onStep } = options;
    const address = typeof target === "number" ? target : this.address(target);
    const { cpu } = this.#chip;
    if (args.length > 9) {
      throw unoErrors.tooManyWords({ target, words: args.length });
    }
    const pc = cpu.pc;
    const registers = cpu.data.slice(0, 32);
    const status = cpu.data[95] as number;
    enterFunction(cpu, address, args, interrupts);
    const start = cpu.cycles;
    while (cpu.pc !== RETURN_WORD) {
      if (cpu.cycles - start > maxCycles) {
        throw unoErrors.noReturn({ target, cycles: maxCycles });
      }
      this.#chip.step();
      onStep?.();
    }
    const cycles = cpu.cycles - start;
    const result32 = cpu.dataView.getUint32(22, true);
    const result16 = cpu.dataView.getUint16(24, true);
    cpu.data.set(registers);
    cpu.data[95] = status;
    cpu.pc = pc;
    return { cycles, result32, result16 };
  }

  /**
   * The address of a symbol: bytes of flash for a function, data address for a variable.
   *
   * @throws BoardError `board-fault` when the image has no such symbol.
   */
  address(symbol: string): number {
    const address = this.#symbols[symbol];
    if (address !== undefined) return address >= 0x800000 ? address & 0xffff : address;
    throw unoErrors.noSymbol({ symbol });
  }

  /** Puts bytes on the line to the firmware; they arrive one after the other at the speed it has set. */
  send(bytes: Iterable<number>): void {
    for (const byte of bytes) this.#queue.push(byte);
    this.#idlePolls = 0;
    this.#feed();
  }

  /** SHA-256 over all RAM, in hexadecimal; equal in two runs that were the same. */
  memoryHash(): string {
    return createHash("sha256").update(this.cpu.data.subarray(RAM_START)).digest("hex");
  }

  #build(): Chip {
    const program = new Uint16Array(this.#flash.slice().buffer);
    const chip = this.stock ? makeStockChip(program) : makeCorrectedChip(program);
    const { cpu } = chip;
    this.#idlePolls = 0;
    this.#lastPollCycle = 0;
    chip.onTransmit = (byte) => {
      this.#idlePolls = 0;
      this.onTransmit?.(byte);
    };
    chip.onReceived = () => this.#feed();
    cpu.readHooks[UCSR0A] = () => {
      const status = cpu.data[UCSR0A] as number;
      this.#countPoll(chip, status);
      return status;
    };
    return chip;
  }

  #countPoll(chip: Chip, status: number): void {
    this.#hasPolled = true;
    // A byte that could not be sent while the receiver was off goes out at the first look.
    if (this.#queue.length > 0) this.#feed();
    const waiting = (status & (RXC | UDRE)) === UDRE && !chip.lineBusy();
    const near = chip.cpu.cycles - this.#lastPollCycle <= POLL_GAP_CYCLES;
    this.#lastPollCycle = chip.cpu.cycles;
    this.#idlePolls = waiting ? (near ? this.#idlePolls + 1 : 1) : 0;
  }

  #feed(): void {
    const [byte] = this.#queue;
    if (byte !== undefined && this.#chip.receive(byte)) this.#queue.shift();
  }
}
