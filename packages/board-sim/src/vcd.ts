import type { SimChipShape } from "./chip-options.js";
import type { SimProbe, SimState } from "./probe.js";

/** How a recorder is set up. */
export interface VcdOptions {
  /** Changes kept at most; what comes later is left out and the file says so. Default 1 000 000. */
  readonly limit?: number;
}

interface Signal {
  readonly scope: string;
  readonly name: string;
  readonly bits: number;
  readonly id: string;
  last: number | undefined;
}

/** Handlers that get a wire of their own; the others share the last one. */
const HANDLER_WIRES = 32;

/**
 * Records what simulated boards do as a Value Change Dump, the waveform format of IEEE 1364 that
 * GTKWave and Surfer open.
 *
 * One scope a board: the counter and compare registers, the flags, the enabled interrupts, the
 * mask, how deep in interrupts the CPU is, and a wire for each timer's handler. The counter is
 * written where something happens, not at every tick. Times are whole nanoseconds from power-up;
 * after a reset they go on from the last change. The text is the same for the same run.
 *
 * @example
 * ```ts
 * import { createSimBoard, VcdRecorder } from "@escapement/board-sim";
 * import { program } from "@escapement/scenario";
 *
 * export async function record(): Promise<string> {
 *   const vcd = new VcdRecorder();
 *   const board = createSimBoard({ profile: "avr16", vcd });
 *   await board.run(program(({ main }) => main.sleep(100_000)));
 *   return vcd.toString(); // write this to a .vcd file
 * }
 * ```
 */
export class VcdRecorder {
  readonly #limit: number;
  readonly #signals: Signal[] = [];
  readonly #scopeEndNs = new Map<string, number>();
  #timesNs: number[] = [];
  #changed: number[] = [];
  #values: number[] = [];
  #left = 0;

  /** Makes an empty recorder. */
  constructor(options: VcdOptions = {}) {
    this.#limit = options.limit ?? 1_000_000;
  }

  /** How many changes were left out because the limit was reached. */
  get leftOut(): number {
    return this.#left;
  }

  /** Makes a probe that records under this scope; the same name again goes on in time. */
  probe(name: string, shape: SimChipShape): SimProbe {
    const scope = identifier(name);
    const nsPerCycle = 1e9 / shape.cpuHz;
    const startNs = this.#scopeEndNs.get(scope) ?? 0;
    const wire = (signal: string, bits: number): number => this.#signal(scope, signal, bits);
    const counter = wire("counter", shape.counterBits);
    const compare = wire("compare", shape.compareBits);
    const overflowFlag = wire("overflow_flag", 1);
    const compareFlag = wire("compare_flag", 1);
    const overflowEnabled = wire("overflow_enabled", 1);
    const compareEnabled = wire("compare_enabled", 1);
    const masked = wire("masked", 1);
    const depth = wire("interrupt_depth", 6);
    const timeNs = (cycle: number): number => {
      const time = startNs + Math.floor(cycle * nsPerCycle);
      this.#scopeEndNs.set(scope, time);
      return time;
    };
    return {
      changed: (cycle: number, state: SimState) => {
        const time = timeNs(cycle);
        this.#change(time, counter, state.counter);
        this.#change(time, compare, state.compare);
        this.#change(time, overflowFlag, state.flags & 1);
        this.#change(time, compareFlag, (state.flags >> 1) & 1);
        this.#change(time, overflowEnabled, state.enabled & 1);
        this.#change(time, compareEnabled, (state.enabled >> 1) & 1);
        this.#change(time, masked, state.masked ? 1 : 0);
        this.#change(time, depth, state.depth);
      },
      handler: (cycle, timer, active) => {
        const handlerWire = wire(`timer_${Math.min(timer, HANDLER_WIRES - 1)}`, 1);
        this.#change(timeNs(cycle), handlerWire, active ? 1 : 0);
      },
    };
  }

  /** Forgets all changes. Boards that power up after it begin at time 0, running ones go on. */
  clear(): void {
    this.#timesNs = [];
    this.#changed = [];
    this.#values = [];
    this.#left = 0;
    this.#scopeEndNs.clear();
    for (const signal of this.#signals) signal.last = undefined;
  }

  /** The whole dump as text. */
  toString(): string {
    const lines = ["$version escapement $end", "$timescale 1 ns $end"];
    if (this.#left > 0) lines.push(`$comment ${this.#left} later changes left out $end`);
    for (const scope of new Set(this.#signals.map((signal) => signal.scope))) {
      lines.push(`$scope module ${scope} $end`);
      for (const { scope: of, name, bits, id } of this.#signals) {
        if (of === scope) lines.push(`$var wire ${bits} ${id} ${name} $end`);
      }
      lines.push("$upscope $end");
    }
    lines.push("$enddefinitions $end", "#0", "$dumpvars");
    for (const { bits, id } of this.#signals) lines.push(bits === 1 ? `x${id}` : `bx ${id}`);
    lines.push("$end");
    this.#writeChanges(lines);
    return `${lines.join("\n")}\n`;
  }

  #writeChanges(lines: string[]): void {
    // Several boards may have written side by side, each with a clock of its own.
    const order = Array.from(this.#timesNs.keys());
    order.sort((a, b) => (this.#timesNs[a] ?? 0) - (this.#timesNs[b] ?? 0) || a - b);
    let last = 0;
    for (const index of order) {
      const time = this.#timesNs[index] ?? 0;
      const signal = this.#signals[this.#changed[index] ?? 0];
      if (signal === undefined) continue;
      if (time !== last) lines.push(`#${time}`);
      last = time;
      const value = (this.#values[index] ?? 0).toString(2);
      lines.push(signal.bits === 1 ? `${value}${signal.id}` : `b${value} ${signal.id}`);
    }
  }

  #signal(scope: string, name: string, bits: number): number {
    const found = this.#signals.findIndex((each) => each.scope === scope && each.name === name);
    if (found >= 0) return found;
    const id = identifierCode(this.#signals.length);
    return this.#signals.push({ scope, name, bits, id, last: undefined }) - 1;
  }

  #change(timeNs: number, index: number, value: number): void {
    const signal = this.#signals[index];
    if (signal === undefined || signal.last === value) return;
    if (this.#timesNs.length >= this.#limit) {
      this.#left += 1;
      return;
    }
    signal.last = value;
    this.#timesNs.push(timeNs);
    this.#changed.push(index);
    this.#values.push(value);
  }
}

/** The short code of a signal: the printable characters from `!` to `~` as digits. */
function identifierCode(index: number): string {
  let rest = index;
  let code = "";
  do {
    code += String.fromCharCode(33 + (rest % 94));
    rest = Math.floor(rest / 94);
  } while (rest > 0);
  return code;
}

function identifier(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_]/g, "_");
  return /^[A-Za-z_]/.test(clean) ? clean : `_${clean}`;
}
