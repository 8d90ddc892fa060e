import type { WasmImports } from "../wasm/web-assembly.js";

/** A call of the chip, with numbers as WebAssembly gives them. */
export interface LoggedCall {
  readonly name: string;
  /** What it was given; the chip's calls take one number or none. */
  readonly argument: number | undefined;
  readonly result: number | undefined;
}

/** A handler that was entered, and what it read from the chip and set there. */
export interface LoggedEntry {
  /** The function's name in the module. */
  readonly handler: string;
  readonly calls: LoggedCall[];
}

/** Calls that only read and set the chip's registers; whatever else C calls is no idle poll. */
const quietCalls = new Set([
  ...["counter_bits", "frequency_hz", "min_delta_ticks", "auto_clear", "latched_high"],
  ...["overflow_pending", "acknowledge_overflow", "enable_overflow", "set_compare"],
  ...["enable_compare", "compare_pending", "acknowledge_compare", "save_and_mask", "restore"],
  ...["in_interrupt"],
]);

type Call = (argument?: number, second?: number, third?: number) => unknown;

/** Notes what handlers do, and whether something happened that polls do not do. */
export class PollLog {
  /** Something happened besides quiet handlers, since this was last set to false. */
  isBroken = false;
  #entries: LoggedEntry[] | undefined;
  #running: LoggedEntry | undefined;

  /** Begins to note. */
  begin(): void {
    this.#entries = [];
    this.#running = undefined;
  }

  /** Ends noting, and returns what was noted. */
  end(): readonly LoggedEntry[] {
    const entries = this.#entries ?? [];
    this.#entries = undefined;
    return entries;
  }

  /** How many handlers were noted. */
  get length(): number {
    return this.#entries?.length ?? 0;
  }

  /** Runs a handler and notes it. One that is interrupted by another is no idle poll. */
  handles(handler: string, run: () => void): void {
    if (this.#entries === undefined) {
      run();
      return;
    }
    if (this.#running !== undefined) this.isBroken = true;
    const entry = { handler, calls: [] };
    this.#entries.push(entry);
    this.#running = entry;
    run();
    this.#running = undefined;
  }

  /** The same imports, with their calls noted. */
  watch(imports: WasmImports): WasmImports {
    return Object.fromEntries(
      Object.entries(imports).map(([module, calls]) => [module, this.#watchAll(calls)]),
    );
  }

  #watchAll(calls: WasmImports[string]): WasmImports[string] {
    return Object.fromEntries(
      Object.entries(calls).map(([name, call]) => {
        const isQuiet = name === "read_counter" || quietCalls.has(name.replace("esc_chip_", ""));
        return [name, isQuiet ? this.#noted(name, call as Call) : this.#breaking(call as Call)];
      }),
    );
  }

  #noted(name: string, call: Call): Call {
    // One argument at most, and no list of them: each access to the chip comes through here.
    return (argument) => {
      const result = call(argument);
      if (this.#entries !== undefined) {
        const isNumber = typeof result === "number";
        this.#running?.calls.push({ name, argument, result: isNumber ? result : undefined });
      }
      return result;
    };
  }

  #breaking(call: Call): Call {
    return (argument, second, third) => {
      this.isBroken = true;
      return call(argument, second, third);
    };
  }
}
