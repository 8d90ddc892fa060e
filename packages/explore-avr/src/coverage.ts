import { FLASH_BYTES } from "@escapement/board-uno";
import type { CPU } from "avr8js";
import type { AddressCoverage } from "./report.js";

const TIMSK1 = 0x6f;
const OCIE1A = 2;
const WORDS = FLASH_BYTES / 2;
const LEVELS = 4;

/** How many contexts there are: flash words, at each interrupt level, masked and not. */
const CONTEXTS = WORDS * LEVELS * 2;

/** What happened before a flash word, as bits. */
export const mark = { reached: 1, event: 2, wrap: 4, armed: 8, match: 16 } as const;

/** What happened in a context, as bits. */
const contextMark = { reached: 1, wrap: 2 } as const;

/**
 * The paths of a whole search. A *path* is an instruction in its context, distinguished by the calls
 * that led to it.
 */
export class PathCoverage {
  /** Paths of plain runs. */
  readonly reached = new Set<number>();
  /** Paths before whose instruction the wrap was put. */
  readonly wrapped = new Set<number>();
}

/**
 * Which instructions of the firmware were points of a program's plain runs, and which events were
 * put before them.
 *
 * Of the wrap it knows each address in each *context*: the interrupt level, and whether interrupts
 * are masked.
 */
export class Coverage {
  /** For each flash word, its bits of {@link mark}. */
  readonly marks = new Uint8Array(WORDS);
  /** For each context, its bits of {@link contextMark}. */
  readonly contexts = new Uint8Array(CONTEXTS);
  readonly #paths: PathCoverage;

  /** Covers nothing; paths are those of the whole search. */
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
    this.#mark(cpu.pc, mark.reached | armed);
    this.#markContext(path, contextMark.reached);
    this.#paths.reached.add(path);
  }

  /** Notes that moves are made before an instruction. */
  move(cpu: CPU, path: number, wrap: boolean, match: boolean): void {
    const requests = match && ((cpu.data[TIMSK1] as number) & OCIE1A) !== 0;
    this.#mark(cpu.pc, mark.event | (wrap ? mark.wrap : 0) | (requests ? mark.match : 0));
    if (!wrap) return;
    this.#markContext(path, contextMark.wrap);
    this.#paths.wrapped.add(path);
  }

  /** Whether the wrap was put before the instruction in its context in this program, and on this path in any. */
  hasWrap(path: number): boolean {
    const context = this.contexts[path % CONTEXTS] as number;
    return (context & contextMark.wrap) !== 0 && this.#paths.wrapped.has(path);
  }

  #markContext(path: number, bits: number): void {
    const context = path % CONTEXTS;
    this.contexts[context] = (this.contexts[context] as number) | bits;
  }

  #mark(word: number, bits: number): void {
    this.marks[word] = (this.marks[word] as number) | bits;
  }
}

/** Counts addresses and contexts, given by their bits. */
export function countCoverage(
  marks: Iterable<number>,
  contexts: Iterable<number>,
): AddressCoverage {
  const words = [...marks];
  const count = (all: readonly number[], bits: number): number =>
    all.reduce((sum, each) => sum + Number((each & bits) === bits), 0);
  const places = [...contexts].filter((bits) => bits !== 0);
  return {
    addresses: count(words, mark.reached),
    withEvent: count(words, mark.reached | mark.event),
    withWrap: count(words, mark.reached | mark.wrap),
    armed: count(words, mark.reached | mark.armed),
    withMatch: count(words, mark.reached | mark.match),
    contexts: count(places, contextMark.reached),
    contextsWithWrap: count(places, contextMark.reached | contextMark.wrap),
  };
}
