import { instantiate, stateLayout, type WasmExports, type WasmImports } from "@escapement/board-c";
import { raceErrors } from "./race-errors.js";
import type { RaceSetup } from "./race-setup.js";

/** What the module calls: the hooks of the rewriter, and the functions that the program does not define. */
export interface MachineHooks {
  /** An access that concerns others, or an address that is none; returns the address to use. */
  access(address: number, site: number, kind: number): number;
  /** A store that went to scratch memory was made. */
  stored(site: number): void;
  /** A loop that nothing leaves begins a round. */
  round(site: number): void;
  /** The run has used up its rounds of loops. */
  fuel(): void;
  /** A call of a function that nobody defines. */
  call(name: string, given: readonly number[]): number;
  /** A function that is announced begins: its place in the list of those, and its first argument, −1 where it has none. */
  begins(place: number, argument: number): void;
}

interface FunctionTable {
  get(pointer: number): ((argument: number) => number) | null;
}

interface NumberGlobal {
  value: number;
}

/** The memory and the functions of one instance of a program; it is brought back to its begin for each run. */
export class Machine {
  /** All of the memory, as bytes. */
  readonly bytes: Uint8Array;
  /** The same memory, for numbers of several bytes. */
  readonly view: DataView;
  /** Bytes that the program can have: everything before the state of the hooks. */
  readonly programEnd: number;
  /** Where data begins: below is the stack. */
  readonly dataStart: number;
  /** Where the state of the hooks is. */
  readonly state: number;
  /** Memory behind registers that nobody modelled. */
  readonly registers: number;
  readonly #exports: WasmExports;
  readonly #words: Uint32Array;
  readonly #snapshot: Uint8Array;
  readonly #stackPointer: NumberGlobal;
  readonly #path: NumberGlobal;
  readonly #caller: NumberGlobal;
  readonly #expected: { readonly value: bigint };
  readonly #stackStart: number;
  readonly #called = new Map<string, (argument: number) => number>();
  readonly #functions: RaceSetup["program"]["functionPointers"];

  /** Makes an instance; its begin is what all runs go back to. */
  constructor({ program }: RaceSetup, hooks: MachineHooks) {
    this.#functions = program.functionPointers;
    this.#exports = instantiate(program.module, importsOf(program.undefinedFunctions, hooks));
    const { buffer } = this.#exports.memory as { readonly buffer: ArrayBuffer };
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.#words = new Uint32Array(buffer);
    this.state = this.#number("__esc_race_state");
    this.programEnd = this.state;
    const { watchedBytes: most } = stateLayout;
    if (this.state > most) throw raceErrors.tooLarge({ bytes: this.state, most });
    this.#stackPointer = this.#exports.__stack_pointer as NumberGlobal;
    this.#path = this.#exports.__esc_race_path as NumberGlobal;
    this.#caller = this.#exports.__esc_race_caller as NumberGlobal;
    this.#expected = this.#exports.__esc_race_expected as { readonly value: bigint };
    this.#stackStart = this.#stackPointer.value;
    this.dataStart = this.#stackStart;
    this.registers = (this.#exports.__esc_race_registers as NumberGlobal).value;
    this.#snapshot = this.bytes.slice(0, this.programEnd);
  }

  /** Brings everything back to the begin of a run, which may make that many rounds of loops. */
  restore(fuel: number): void {
    this.bytes.set(this.#snapshot, 0);
    this.stackPointer = this.#stackStart;
    this.path = 0;
    this.setContext(0, 0);
    this.accesses = 0;
    this.addFuel(fuel);
  }

  /** Lets the run make so many rounds of loops from here on. */
  addFuel(fuel: number): void {
    const at = (this.state + stateLayout.fuel) >> 2;
    this.#words[at] = fuel;
    this.#words[at + 1] = fuel / 2 ** 32;
  }

  /** Calls a function by its name; what it takes besides the argument is 0. */
  call(name: string, argument = 0): number {
    return this.#function(name)(argument);
  }

  /** The name of the function that a pointer points to; undefined where it points to none. */
  functionAt(pointer: number): string | undefined {
    return this.#functions.get(pointer)?.name;
  }

  #function(name: string): (argument: number) => number {
    const known = this.#called.get(name);
    if (known !== undefined) return known;
    const found = this.#lookUp(name);
    this.#called.set(name, found);
    return found;
  }

  #lookUp(name: string): (argument: number) => number {
    // C++ writes the name and `v`, for no arguments, into the symbol.
    const exported = this.#exports[name] ?? this.#exports[`_Z${name.length}${name}v`];
    if (typeof exported === "function") return exported as (argument: number) => number;
    const [pointer] = [...this.#functions].find(([, each]) => each.name === name) ?? [];
    const table = this.#exports.__indirect_function_table as FunctionTable | undefined;
    const found = pointer === undefined ? undefined : table?.get(pointer);
    if (found === undefined || found === null) throw new Error(`there is no function ${name}`);
    return found;
  }

  /** Says which context runs, and below which address its own stack is. */
  setContext(context: number, floor: number): void {
    const at = (this.state + stateLayout.context) >> 2;
    this.#words[at] = context;
    this.#words[at + 1] = floor;
  }

  /** The address below which the running handler's own stack is. */
  get floor(): number {
    return this.#words[(this.state + stateLayout.floor) >> 2] ?? 0;
  }

  /** Accesses that the run made so far. */
  get accesses(): number {
    return this.#words[(this.state + stateLayout.accesses) >> 2] ?? 0;
  }

  set accesses(count: number) {
    this.#words[(this.state + stateLayout.accesses) >> 2] = count;
  }

  /** The address of the program's stack. */
  get stackPointer(): number {
    return this.#stackPointer.value;
  }

  set stackPointer(address: number) {
    this.#stackPointer.value = address;
  }

  /** A hash of the calls that led to the running function. */
  get path(): number {
    return this.#path.value;
  }

  set path(hash: number) {
    this.#path.value = hash;
  }

  /** The site of the last call. */
  get caller(): number {
    return this.#caller.value;
  }

  /** Which contexts have read each byte, in all runs: bit 0 is the main program. */
  get readers(): Uint32Array {
    const start = (this.state + stateLayout.readers) >> 2;
    return this.#words.subarray(start, start + this.programEnd);
  }

  /** Which contexts have written each byte, in all runs. */
  get writers(): Uint32Array {
    const start = (this.state + stateLayout.writers) >> 2;
    return this.#words.subarray(start, start + this.programEnd);
  }

  /** Notes an access that the hook in the module did not note. */
  touch(address: number, size: number, write: boolean, context: number): void {
    const table = this.state + (write ? stateLayout.writers : stateLayout.readers);
    for (let byte = address; byte < address + size; byte += 1) {
      const at = (table >> 2) + byte;
      this.#words[at] = (this.#words[at] ?? 0) | (1 << context);
    }
  }

  /** Whether the host is called at accesses of a byte. */
  isShared(address: number): boolean {
    return this.bytes[this.state + stateLayout.shared + address] === 1;
  }

  /** Has the host called at accesses of a byte. */
  share(address: number): void {
    this.bytes[this.state + stateLayout.shared + address] = 1;
  }

  /** Whether memory holds what the atomic access at hand expects there. */
  holdsExpected(address: number, size: number): boolean {
    let held = 0n;
    for (let byte = address + size - 1; byte >= address; byte -= 1) {
      held = (held << 8n) | BigInt(this.bytes[byte] ?? 0);
    }
    return held === BigInt.asUintN(8 * size, this.#expected.value);
  }

  /** Has the host called at accesses of every byte of the program, or of none. */
  shareAll(shares: boolean): void {
    const start = this.state + stateLayout.shared;
    this.bytes.fill(shares ? 1 : 0, start, start + this.programEnd);
  }

  /** Leaves some bytes out of what the host is called for. */
  unshare(from: number, to: number): void {
    const start = this.state + stateLayout.shared;
    this.bytes.fill(0, start + from, start + to);
  }

  /** Room for a value on its way, of the context that deep on the stack of contexts. */
  scratch(depth: number): number {
    return this.state + stateLayout.scratch + 16 * depth;
  }

  #number(name: string): number {
    return (this.#exports[name] as () => number)();
  }
}

function importsOf(
  functions: RaceSetup["program"]["undefinedFunctions"],
  hooks: MachineHooks,
): WasmImports {
  const imports: WasmImports = {
    escapement: {
      access: (address: number, site: number, kind: number) =>
        hooks.access(address >>> 0, site, kind),
      stored: (site: number) => hooks.stored(site),
      round: (site: number) => hooks.round(site),
      fuel: () => hooks.fuel(),
      begins: (place: number, argument: number) => hooks.begins(place, argument),
    },
  };
  for (const { module, name, symbol, returns } of functions) {
    imports[module] ??= {};
    const into = imports[module];
    if (into === undefined) continue;
    const isLong = returns === "i64";
    into[symbol] = (...given: readonly (number | bigint)[]) => {
      const value = hooks.call(name, given.map(Number));
      return isLong ? BigInt(value) : value;
    };
  }
  return imports;
}
