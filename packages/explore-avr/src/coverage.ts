import { FLASH_BYTES } from "@escapement/board-uno";
import type { CPU } from "avr8js";
import type { CodeMap } from "./code-map.js";
import type { AddressCoverage, CoverageGap } from "./report.js";

const TIMSK1 = 0x6f;
const OCIE1A = 2;
const WORDS = FLASH_BYTES / 2;
const LEVELS = 4;
const CONTEXTS = WORDS * LEVELS * 2;

/** What became of a flash word, as bits. */
const mark = { reached: 1, any: 2, wrap: 4, armed: 8, match: 16 } as const;

/**
 * The paths of a whole sweep. A *path* is an instruction in its context, told apart by the calls
 * that led to it.
 */
export class PathCoverage {
  /** Paths of plain runs. */
  readonly reached = new Set<number>();
  /** Paths before whose instruction the wrap was placed. */
  readonly wrapped = new Set<number>();

  /** How many of the reached ones have had the wrap. */
  get reachedAndWrapped(): number {
    let count = 0;
    for (const path of this.reached) count += this.wrapped.has(path) ? 1 : 0;
    return count;
  }
}

/**
 * Which instructions of the firmware were points of a case's plain runs, and which events were
 * placed before them.
 *
 * Of the wrap it knows each address in each *context*: how deep in interrupts, and whether
 * interrupts are masked.
 */
export class Coverage {
  readonly #paths: PathCoverage;
  readonly #marks = new Uint8Array(WORDS);
  /** For each context: 1 reached, 2 the wrap was placed before it. */
  readonly #contexts = new Uint8Array(CONTEXTS);

  /** Covers nothing; paths are those of the whole sweep. */
  constructor(paths: PathCoverage) {
    this.#paths = paths;
  }

  /** The path that an instruction is on, as a number. */
  pathOf(cpu: CPU, level: number, chain: number): number {
    const masked = cpu.interruptsEnabled ? 0 : 1;
    return chain * CONTEXTS + (cpu.pc * LEVELS + Math.min(level, LEVELS - 1)) * 2 + masked;
  }

  /** Notes that an instruction is a point of a plain run. */
  reach(cpu: CPU, path: number): void {
    const armed = ((cpu.data[TIMSK1] as number) & OCIE1A) !== 0 ? mark.armed : 0;
    this.#set(cpu.pc, mark.reached | armed);
    this.#setContext(path, 1);
    this.#paths.reached.add(path);
  }

  /** Notes that events are placed before an instruction. */
  place(cpu: CPU, path: number, wrap: boolean, match: boolean): void {
    const requests = match && ((cpu.data[TIMSK1] as number) & OCIE1A) !== 0;
    this.#set(cpu.pc, mark.any | (wrap ? mark.wrap : 0) | (requests ? mark.match : 0));
    if (!wrap) return;
    this.#setContext(path, 2);
    this.#paths.wrapped.add(path);
  }

  /** Whether the wrap was placed before the instruction in its context in this case, and on this path in any. */
  hasWrap(path: number): boolean {
    const context = this.#contexts[path % CONTEXTS] as number;
    return (context & 2) !== 0 && this.#paths.wrapped.has(path);
  }

  /** Takes over what another knows. */
  add(other: Coverage): void {
    for (const [word, bits] of other.#marks.entries()) this.#set(word, bits);
    for (const [context, bits] of other.#contexts.entries()) {
      if (bits !== 0) this.#contexts[context] = (this.#contexts[context] as number) | bits;
    }
  }

  /** The counts of a report. */
  count(): AddressCoverage {
    const having = (bits: number, all = this.#marks) =>
      all.reduce((n, m) => n + Number((m & bits) === bits), 0);
    return {
      addresses: having(mark.reached),
      addressesPlaced: having(mark.reached | mark.any),
      wrapPlaced: having(mark.reached | mark.wrap),
      matchArmed: having(mark.reached | mark.armed),
      matchPlaced: having(mark.reached | mark.match),
      contexts: having(1, this.#contexts),
      contextsWrapped: having(3, this.#contexts),
    };
  }

  /** The functions that have addresses without a wrap, by address. */
  gaps(map: CodeMap): readonly CoverageGap[] {
    const gaps = new Map<string, { addresses: number; unplaced: number; noWrap: number }>();
    for (const [word, bits] of this.#marks.entries()) {
      if ((bits & mark.reached) === 0) continue;
      const { function: name } = map.place(word);
      const gap = gaps.get(name) ?? { addresses: 0, unplaced: 0, noWrap: 0 };
      gaps.set(name, gap);
      gap.addresses += 1;
      if ((bits & mark.any) === 0) gap.unplaced += 1;
      if ((bits & mark.wrap) === 0) gap.noWrap += 1;
    }
    return [...gaps]
      .filter(([, { noWrap }]) => noWrap > 0)
      .map(([name, counts]) => ({ function: name, ...counts }));
  }

  #setContext(path: number, bits: number): void {
    const context = path % CONTEXTS;
    this.#contexts[context] = (this.#contexts[context] as number) | bits;
  }

  #set(word: number, bits: number): void {
    this.#marks[word] = (this.#marks[word] as number) | bits;
  }
}
