import { FLASH_BYTES } from "@escapement/board-uno";
import { avrErrors } from "./avr-errors.js";

/** An image's symbol map, as `unoImage()` returns it; that of another build is made in the same way. */
export interface UnoSymbols {
  /** Byte address of each function in flash, and of each variable in data space. */
  readonly symbols: Readonly<Record<string, number>>;
  /** Size in bytes of each function and variable. */
  readonly sizes: Readonly<Record<string, number>>;
  /** For each source file, pairs of flash byte address and line, by address. */
  readonly lines: Readonly<Record<string, readonly (readonly [address: number, line: number])[]>>;
}

/** Where a machine instruction comes from. */
export interface CodePlace {
  /** Byte address in flash. */
  readonly address: number;
  /** The C function that holds it; `?` where the map has none. */
  readonly function: string;
  /** Source file and line, such as `hal/esc_timer.c:189`, also inside inlined code; `?` where the map has none. */
  readonly source: string;
}

/** Which instructions are points. */
export const scope = {
  /** The HAL, the port, the interrupt entries, and what they call: each instruction is a point. */
  hal: 0,
  /** The agent around them: a point where one of its functions is entered or returned to. */
  agent: 1,
} as const;

/** First address after the vector table, as a word address. */
export const VECTORS_END = 0x34;

/** Sources of the HAL and the port. */
const halSource = /(^|\/)hal\/esc_\w+\.c$/;
/** Headers with code of theirs; of the others it is the agent's. */
const halHeader = /(^|\/)(hal\/esc_\w+|esc_port\w*)\.h$/;

/** Functions of the agent in which time passes on purpose. */
export const waitNames = ["esc_sleep", "esc_board_burn", "esc_spin"] as const;

/** The functions of an image by flash word, with their sources. */
export class CodeMap {
  /** One of {@link scope} for each flash word. */
  readonly scopes = new Uint8Array(FLASH_BYTES / 2);
  /** The function's number for each flash word; 0 where none is known. */
  readonly functions = new Uint16Array(FLASH_BYTES / 2);
  readonly #symbols: UnoSymbols;
  readonly #names: string[] = ["?"];
  readonly #sources: readonly (readonly [address: number, source: string])[];

  /** Reads a symbol map. */
  constructor(symbols: UnoSymbols) {
    this.#symbols = symbols;
    this.#sources = Object.entries(symbols.lines)
      .flatMap(([file, lines]) => lines.map(([at, line]) => [at, `${file}:${line}`] as const))
      .sort(([a], [b]) => a - b);
    for (const { name, from, to } of this.#functionsOf(symbols)) {
      const number = this.#names.push(name) - 1;
      this.functions.fill(number, from >> 1, to >> 1);
      this.scopes.fill(this.#isHal(name, from, to) ? scope.hal : scope.agent, from >> 1, to >> 1);
    }
  }

  /**
   * A symbol's address.
   *
   * @throws ExploreError `symbols` when the map has no such symbol.
   */
  address(name: string): number {
    const address = this.#symbols.symbols[name];
    if (address !== undefined) return address;
    throw avrErrors.noSymbol({ name });
  }

  /** A symbol's address as a word of flash; −1 where the map has none. */
  wordOf(name: string): number {
    const address = this.#symbols.symbols[name];
    return address === undefined ? -1 : address >> 1;
  }

  /** A symbol's size in bytes; 0 where the map has none. */
  size(name: string): number {
    return this.#symbols.sizes[name] ?? 0;
  }

  /** Where a flash word comes from. */
  place(word: number): CodePlace {
    const address = word * 2;
    const name = this.#names[this.functions[word] ?? 0] ?? "?";
    return {
      address,
      function: name,
      source: this.#sources[this.#indexAfter(address) - 1]?.[1] ?? "?",
    };
  }

  /**
   * The functions, by address. The map does not mark what is a function and what a variable, whose addresses are
   * small numbers too: a function begins with a line of source, or is the compiler's own, and
   * overlaps no other.
   */
  #functionsOf({ symbols, sizes }: UnoSymbols): { name: string; from: number; to: number }[] {
    const candidates = Object.entries(sizes)
      .map(([name, size]) => ({
        name,
        from: symbols[name] ?? -1,
        to: (symbols[name] ?? -1) + size,
      }))
      .filter(({ name, from }) => name.startsWith("__") || this.#hasLine(from));
    const starts = new Set(candidates.map(({ from }) => from));
    let end = 0;
    return candidates
      .sort((a, b) => a.from - b.from || Number(starts.has(b.to)) - Number(starts.has(a.to)))
      .filter(({ from, to }) => {
        if (from < end) return false;
        end = to;
        return true;
      });
  }

  /** A function belongs where most of its lines in a `.c` file are; one of headers alone, to the header's owner. */
  #isHal(name: string, from: number, to: number): boolean {
    if (name.startsWith("__")) return true;
    const files = this.#sources
      .slice(this.#indexAfter(from - 1), this.#indexAfter(to - 1))
      .map(([, source]) => source.slice(0, source.lastIndexOf(":")));
    const own = files.filter((file) => file.endsWith(".c"));
    if (own.length === 0) return files.some((file) => halHeader.test(file));
    return own.filter((file) => halSource.test(file)).length * 2 > own.length;
  }

  /** How many lines begin at or before this address. */
  #indexAfter(address: number): number {
    let low = 0;
    let high = this.#sources.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sources[middle]?.[0] ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #hasLine(address: number): boolean {
    return this.#sources[this.#indexAfter(address) - 1]?.[0] === address;
  }
}
