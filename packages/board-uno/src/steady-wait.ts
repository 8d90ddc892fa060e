import type { Chip } from "./chip.js";

/** Rounds that have to look alike before the memory is compared, which costs more than they do. */
const ROUNDS_ALIKE = 4;

/**
 * Passes over the firmware's waiting for the line in one go, and leaves the machine exactly as if it
 * had waited.
 *
 * Most cycles of a conversation go by in loops that look at the line's status until it changes. It
 * changes by an event of a peripheral, and the cycle of the next one is known. So where a round of such
 * a loop has left registers and memory as they were, and has touched no register that does
 * something (a counter, a flag, the line's data), every further round until that event does the same.
 */
export class SteadyWait {
  readonly #chip: Chip;
  readonly #saved: Uint8Array;
  #pc = -1;
  #cycle = 0;
  #round = 0;
  #quiet = 0;
  #alike = 0;
  /** Readings and writes of registers that do something, but for the status that is waited on. */
  #touched = 0;

  /** Watches a chip; `status` is the address of the register that its firmware looks at while it waits. */
  constructor(chip: Chip, status: number) {
    this.#chip = chip;
    this.#saved = new Uint8Array(chip.cpu.data.length);
    const { readHooks, writeHooks } = chip.cpu;
    for (const [address, hook] of Object.entries(readHooks)) {
      if (Number(address) === status) continue;
      readHooks[Number(address)] = (register) => {
        this.#touched += 1;
        return hook(register);
      };
    }
    for (const [address, hook] of Object.entries(writeHooks)) {
      writeHooks[Number(address)] = (value, old, register, mask) => {
        this.#touched += 1;
        return hook(value, old, register, mask);
      };
    }
  }

  /**
   * After an instruction that looked at the status: passes over as many rounds as fit before the next event
   * and before the cycle `end`.
   *
   * @returns The cycles that were passed over.
   */
  pass(end: number): number {
    const { cpu } = this.#chip;
    const quiet = this.#chip.quietUntil();
    const round = cpu.cycles - this.#cycle;
    const isAlike = cpu.pc === this.#pc && round === this.#round && quiet === this.#quiet;
    this.#pc = cpu.pc;
    this.#cycle = cpu.cycles;
    this.#round = round;
    this.#quiet = quiet;
    this.#alike = isAlike ? this.#alike + 1 : 0;
    if (this.#alike < ROUNDS_ALIKE) return 0;
    if (this.#alike === ROUNDS_ALIKE) {
      this.#saved.set(cpu.data);
      this.#touched = 0;
      return 0;
    }
    this.#alike = 0;
    if (this.#touched > 0 || Buffer.compare(this.#saved, cpu.data) !== 0) return 0;
    // The last round is run, up to the event and its interrupt.
    const rounds = Math.floor((Math.min(quiet, end) - cpu.cycles - 1) / round);
    if (rounds <= 0) return 0;
    cpu.cycles += rounds * round;
    this.#cycle = cpu.cycles;
    return rounds * round;
  }
}
