import { type VcdChange, type VcdVariable, vcdText } from "@escapement/timeline";
import type { SimChipShape } from "./chip-options.js";
import type { SimProbe, SimState, SimTimebase } from "./probe.js";
import { CounterSampler, LineSampler } from "./vcd-counter.js";

/** How a recorder is set up. */
export interface VcdOptions {
  /** Changes kept at most; what comes later is left out and the file says so. Default 1 000 000. */
  readonly limit?: number;
}

interface Signal extends VcdVariable {
  /** The value that was recorded last, NaN for one that is not known; undefined while it is unused. */
  last: number | undefined;
}

/** Handlers that get a wire of their own; the others share the last one. */
const HANDLER_WIRES = 32;

/**
 * Records what simulated boards do as a Value Change Dump, the waveform format of IEEE 1364 that
 * GTKWave and Surfer open.
 *
 * One scope a board: the counter and compare registers, the flags, the enabled interrupts, the
 * mask, how deep in interrupts the CPU is, and a wire for each timer whose handler runs.
 *
 * The counter is there twice. `counter` is the register: its value at each event and at the four ticks on
 * either side, and `x` in between, where it is not followed. `counter_ramp` is a real, to be drawn as an
 * analog line with interpolation (GTKWave: Data Format, Analog, Interpolated); such a line is never more
 * than a tick off. Wraps are events, so that its teeth are where they were.
 *
 * Times are whole nanoseconds from power-up; after a reset they go on from the last change. The text is
 * the same for the same run.
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
  readonly #lines = new Map<string, LineSampler>();
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
    const wire = (signal: string, bits: number | "real", initial?: number): number =>
      this.#signal({ scope, name: signal, bits, ...(initial !== undefined && { initial }) });
    const counter = wire("counter", shape.counterBits);
    const ramp = wire("counter_ramp", "real");
    const compare = wire("compare", shape.compareBits);
    const [overflowFlag, compareFlag] = [wire("overflow_flag", 1), wire("compare_flag", 1)];
    const [overflowOn, compareOn] = [wire("overflow_enabled", 1), wire("compare_enabled", 1)];
    const [masked, depth] = [wire("masked", 1), wire("interrupt_depth", 6)];
    const timeNs = (cycle: number): number => {
      const time = startNs + Math.floor(cycle * nsPerCycle);
      this.#scopeEndNs.set(scope, time);
      return time;
    };
    const line = new LineSampler((cycle, value) => {
      this.#change(startNs + Math.floor(cycle * nsPerCycle), ramp, value);
    });
    this.#lines.get(scope)?.flush();
    this.#lines.set(scope, line);
    const sink = (cycle: number, value: number | undefined): void => {
      this.#change(timeNs(cycle), counter, value ?? Number.NaN);
      line.sample(cycle, value);
    };
    let sampler: CounterSampler | undefined;
    return {
      attached: (timebase: SimTimebase) => {
        sampler = new CounterSampler(timebase, 2 ** shape.counterBits, shape.countDown, sink);
      },
      changed: (cycle: number, state: SimState) => {
        if (sampler === undefined) sink(cycle, state.counter);
        else sampler.event(cycle);
        const time = timeNs(cycle);
        this.#change(time, compare, state.compare);
        this.#change(time, overflowFlag, state.flags & 1);
        this.#change(time, compareFlag, (state.flags >> 1) & 1);
        this.#change(time, overflowOn, state.enabled & 1);
        this.#change(time, compareOn, (state.enabled >> 1) & 1);
        this.#change(time, masked, state.masked ? 1 : 0);
        this.#change(time, depth, state.depth);
      },
      handler: (cycle, timer, active) => {
        sampler?.event(cycle);
        // Until its first expiry a handler does not run; that is known, and no timer need be shown as unknown.
        const handlerWire = wire(`timer_${Math.min(timer, HANDLER_WIRES - 1)}`, 1, 0);
        this.#change(timeNs(cycle), handlerWire, active ? 1 : 0);
      },
    };
  }

  /** Forgets all changes. Boards that power up after it begin at time 0, running ones go on. */
  clear(): void {
    for (const line of this.#lines.values()) line.flush();
    this.#timesNs = [];
    this.#changed = [];
    this.#values = [];
    this.#left = 0;
    this.#scopeEndNs.clear();
    for (const signal of this.#signals) signal.last = undefined;
  }

  /** The whole dump as text. Signals that nothing was recorded of are left out. */
  toString(): string {
    for (const line of this.#lines.values()) line.flush();
    const places = new Map<number, number>();
    for (const [index, { last }] of this.#signals.entries()) {
      if (last !== undefined) places.set(index, places.size);
    }
    const variables = this.#signals.filter(({ last }) => last !== undefined);
    const comment = this.#left > 0 ? `${this.#left} later changes left out` : undefined;
    return vcdText(variables, this.#inOrder(places), { comment });
  }

  /** The changes in order of time: several boards may have written side by side, each with a clock of its own. */
  *#inOrder(places: ReadonlyMap<number, number>): Iterable<VcdChange> {
    const order = Array.from(this.#timesNs.keys());
    order.sort((a, b) => (this.#timesNs[a] ?? 0) - (this.#timesNs[b] ?? 0) || a - b);
    for (const index of order) {
      const variable = places.get(this.#changed[index] ?? 0);
      if (variable === undefined) continue;
      yield { timeNs: this.#timesNs[index] ?? 0, variable, value: this.#values[index] ?? 0 };
    }
  }

  #signal(variable: VcdVariable): number {
    const { scope, name } = variable;
    const found = this.#signals.findIndex((each) => each.scope === scope && each.name === name);
    if (found >= 0) return found;
    return this.#signals.push({ ...variable, last: undefined }) - 1;
  }

  /** Records a change, and returns whether it was one. */
  #change(timeNs: number, index: number, value: number): boolean {
    const signal = this.#signals[index];
    if (signal === undefined || Object.is(signal.last, value)) return false;
    if (this.#timesNs.length >= this.#limit) {
      this.#left += 1;
      return false;
    }
    signal.last = value;
    this.#timesNs.push(timeNs);
    this.#changed.push(index);
    this.#values.push(value);
    return true;
  }
}

function identifier(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_]/g, "_");
  return /^[A-Za-z_]/.test(clean) ? clean : `_${clean}`;
}
