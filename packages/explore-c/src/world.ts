/**
 * One program, run again and again: what its hooks call. A world knows which context runs, what is masked,
 * and where a handler could be entered; what is entered there is somebody else's decision, that of a search
 * or of a replay.
 *
 * A point is where a handler can be entered: before an access to a byte that contexts share, before each
 * piece of a torn one, before a call that masks something, and at the end of the main program. A handler
 * is entered by calling it, from inside the hook: the rest of the interrupted code stays on the stack.
 */
import { Accesses } from "./accesses.js";
import { Contexts } from "./contexts.js";
import type { SplitAccess } from "./detector.js";
import { Footprints } from "./footprints.js";
import { mix } from "./hash.js";
import { type Draw, type InputKind, Inputs } from "./inputs.js";
import type { RaceLimits } from "./limits.js";
import { Machine, type MachineHooks } from "./machine.js";
import { MaskCalls } from "./mask-calls.js";
import { Masks } from "./masks.js";
import { Peripherals } from "./peripherals.js";
import type { Decider, Point, Watcher } from "./point.js";
import { Points, siteless } from "./points.js";
import type { RaceSetup } from "./race-setup.js";
import { Registers } from "./registers.js";
import { Fault, quiet } from "./run-end.js";
import type { RunHost } from "./run-host.js";
import { SpinWatch } from "./spin-watch.js";

const ENDLESS_ROUNDS_OF_HANDLER = 1000;
const MORE_FUEL = 20_000;

/** A program that can be run. */
export class World implements MachineHooks, RunHost {
  /** What is run. */
  readonly setup: RaceSetup;
  /** The program's memory and functions. */
  readonly machine: Machine;
  /** What is enabled. */
  readonly masks: Masks;
  /** What is shared. */
  readonly footprints: Footprints;
  /** What comes from outside. */
  readonly inputs = new Inputs();
  /** Registers. */
  readonly registers: Registers;
  /** Registers with a model. */
  readonly peripherals: Peripherals | undefined;
  /** @internal */
  isAsking = false;
  /** Rounds of loops of a run, where that is not what the limits say. */
  roundsMax: number | undefined;
  /** How often each handler was entered in this run. */
  readonly entered: number[];
  /** All of these together. */
  enteredTotal = 0;
  /** Who runs. */
  readonly contexts: Contexts;
  /** What goes round. */
  readonly spin: SpinWatch;
  /** What the program touches. */
  readonly memory: Accesses;
  readonly #maskCalls: MaskCalls;
  readonly #points = new Points();
  readonly #limits: RaceLimits;
  #decider: Decider | undefined;
  #watcher: Watcher | undefined;
  readonly #keptValues = new Map<number, readonly number[]>();
  #rounds = 0;
  #fuelUsed = false;

  readonly #listener: ((name: string, given: readonly number[]) => void) | undefined;

  /**
   * Loads the program.
   *
   * @param listener - is called at each call of a function that nobody defines
   */
  constructor(
    setup: RaceSetup,
    limits: RaceLimits,
    listener?: (name: string, given: readonly number[]) => void,
  ) {
    this.setup = setup;
    this.#listener = listener;
    this.#limits = limits;
    this.machine = new Machine(setup, this);
    this.masks = new Masks(setup.handlers);
    this.footprints = new Footprints(this.machine, setup);
    this.registers = new Registers(setup, this.machine);
    const { peripherals, profile } = setup;
    if (peripherals.length > 0) this.peripherals = new Peripherals(peripherals, profile);
    this.entered = setup.handlers.map(() => 0);
    this.contexts = new Contexts(setup.handlers.length);
    this.#maskCalls = new MaskCalls(this);
    this.memory = new Accesses(this, this.#maskCalls, limits.wordBytes);
    this.spin = new SpinWatch(this.machine, setup.program.localsInMemory);
  }

  /** Makes one run; throws what ended it, unless that is the end of the main program. */
  run(decider: Decider, watcher: Watcher): void {
    this.#begin(decider, watcher);
    try {
      this.machine.call(this.setup.main);
    } catch (error) {
      if (error !== quiet.end || this.contexts.depth > 1) throw error;
      this.machine.setContext(0, 0);
    }
    const { accesses } = this.machine;
    this.point(this.#points.at(this.contexts.depth, accesses, siteless.end, 0, 0, false));
  }

  /** Runs one handler alone, from the begin. */
  runHandler(handler: number, decider: Decider, watcher: Watcher): void {
    this.#begin(decider, watcher);
    this.enter(handler);
  }

  #begin(decider: Decider, watcher: Watcher): void {
    this.#decider = decider;
    this.#watcher = watcher;
    this.machine.restore(this.roundsMax ?? this.#limits.fuel);
    this.masks.restore();
    this.inputs.restore();
    this.peripherals?.restart();
    this.entered.fill(0);
    this.enteredTotal = 0;
    this.contexts.restart();
    this.memory.restart();
    this.#maskCalls.restart();
    this.#rounds = 0;
    this.#fuelUsed = false;
    this.spin.change();
    this.spin.clearRecent();
  }

  /** Calls a handler as the processor would: the running code goes on when it returns. */
  enter(handler: number): void {
    const { machine, masks, setup } = this;
    const { name = "", priority = 1, argument } = setup.handlers[handler] ?? {};
    const { floor, path, stackPointer } = machine;
    const { openness } = masks;
    const current = this.contexts.current.index;
    this.entered[handler] = (this.entered[handler] ?? 0) + 1;
    this.enteredTotal += 1;
    const index = handler + 1;
    this.contexts.push(index, priority);
    this.contexts.remember(0x1234 + handler);
    this.spin.change();
    machine.setContext(index, stackPointer);
    machine.path = mix(index, 0) & ~1;
    this.#watcher?.handler?.(handler, true);
    machine.call(name, argument);
    this.#watcher?.handler?.(handler, false);
    this.contexts.pop();
    machine.setContext(current, floor);
    machine.path = path;
    masks.openness = openness;
  }

  /** Whether a handler could come now, by mask, priority and its own request. */
  mayEnter(handler: number): boolean {
    if (((this.masks.enabled >> handler) & 1) === 0) return false;
    const { priority = 0, predicate } = this.setup.handlers[handler] ?? {};
    if (priority <= this.contexts.current.priority) return false;
    return predicate === undefined || this.#isRequested(predicate);
  }

  /** What is at an address, as the source names it. */
  nameAt(address: number): string {
    if (address < this.machine.dataStart) return "local variable";
    return this.registers.nameOf(address) ?? this.setup.program.variables.nameAt(address);
  }

  /** A context as the source names it. */
  contextName(index: number): string {
    const { mainName, handlers } = this.setup;
    return index === 0 ? mainName : (handlers[index - 1]?.name ?? "");
  }

  /** @internal */
  access(address: number, site: number, kind: number): number {
    return this.memory.access(address, site, kind);
  }

  /** @internal */
  stored(): void {
    this.memory.stored();
  }

  /** @internal */
  round(): void {
    this.#rounds += 1;
    if (this.contexts.depth === 1) {
      if (this.#rounds > this.#limits.rounds) throw quiet.end;
    } else if (this.#rounds > ENDLESS_ROUNDS_OF_HANDLER) {
      throw new Fault("hang", `${this.#nameOfCurrent()} never returns`);
    }
  }

  /** @internal */
  fuel(): void {
    // A little more, to see what the code looks at while it goes round.
    if (!this.#fuelUsed && this.roundsMax === undefined) {
      this.#fuelUsed = true;
      this.spin.clearRecent();
      this.machine.addFuel(MORE_FUEL);
      return;
    }
    throw this.roundForEver();
  }

  /** @internal */
  begins(place: number, argument: number): void {
    const assumed = this.setup.assumptions.get(this.setup.program.announced[place] ?? "");
    if (assumed?.kind === "mask") this.#maskCalls.call(assumed, argument, 0);
  }

  /** @internal */
  call(name: string, given: readonly number[]): number {
    const assumed = this.setup.assumptions.get(name);
    const [argument = -1, second = 0] = given;
    this.#maskCalls.settle();
    this.#listener?.(name, given);
    switch (assumed?.kind) {
      case "mask":
        return this.#maskCalls.call(assumed, argument, second);
      case "registers":
        this.#maskCalls.register(given, assumed.enables);
        return 0;
      case "input":
        return this.draw(assumed.values, this.inputs.numberOf(name));
      case "ends with 0":
        if (argument !== 0) return 0;
        throw quiet.end;
      case "fails with 0":
        if (argument !== 0) return 0;
        throw new Fault("assertion", `${name} was given 0`);
      case "ends":
        throw quiet.end;
      case "fails":
        throw new Fault("assertion", this.#assertion(name, argument));
      default:
        return 0;
    }
  }

  #assertion(name: string, argument: number): string {
    if (name !== "esc_race_failed") return `${name} was called`;
    const { bytes } = this.machine;
    const end = bytes.indexOf(0, argument);
    const text = new TextDecoder().decode(bytes.subarray(argument, end));
    return `assertion failed: ${text}`;
  }

  #nameOfCurrent(): string {
    return this.contextName(this.contexts.current.index);
  }

  #isRequested(predicate: string): boolean {
    const { machine } = this;
    const { floor, accesses, path } = machine;
    // Everything is below that floor: what the predicate looks at is nobody's access.
    machine.setContext(this.contexts.current.index, machine.programEnd);
    this.isAsking = true;
    let requested = false;
    try {
      requested = machine.call(predicate) !== 0;
    } finally {
      this.isAsking = false;
    }
    machine.setContext(this.contexts.current.index, floor);
    machine.accesses = accesses;
    machine.path = path;
    return requested;
  }

  /** @internal */
  point(point: Point): void {
    this.#maskCalls.settle();
    for (;;) {
      const handler = this.#decider?.handler(point) ?? -1;
      if (handler < 0) return;
      this.enter(handler);
    }
  }

  /** @internal */
  accesses(point: Point): void {
    this.#watcher?.access?.(point);
  }

  /** @internal */
  split(found: SplitAccess): void {
    this.#watcher?.split(found);
  }

  /** @internal A hang, unless an interrupt or the hardware could end it. */
  roundForEver(): unknown {
    if (this.inputs.isPolled || this.spin.isOutside) return quiet.waiting;
    const { masks, footprints, setup } = this;
    const current = this.contexts.current.priority;
    for (const [place, { priority }] of setup.handlers.entries()) {
      if (((masks.enabled >> place) & 1) === 0 || priority <= current) continue;
      if (this.spin.recent.some((byte) => footprints.conflicts(place, byte, 1, false))) {
        return quiet.waiting;
      }
    }
    return new Fault("hang", `${this.#nameOfCurrent()} goes round for ever`);
  }

  /** @internal */
  draw(values: readonly number[], source: number): number {
    if (this.isAsking) return values[0] ?? 0;
    return this.#decide(this.inputs.next(values, source, this.machine.path), source);
  }

  /** @internal */
  drawKept(kind: Exclude<InputKind, "call">, kept: number, source: number): number {
    let values = this.#keptValues.get(kept);
    if (values === undefined) {
      values = [...new Set([kept, -1, ...this.setup.pool])];
      this.#keptValues.set(kept, values);
    }
    const draw = this.inputs.nextKept(kind, values, source, this.machine.path);
    return draw === undefined ? kept : this.#decide(draw, source);
  }

  #decide(draw: Draw, source: number): number {
    const value = this.#decider?.input(draw) ?? draw.usual;
    if (value !== draw.usual) this.inputs.unusual += 1;
    this.contexts.remember(source, value);
    this.spin.change();
    return value;
  }
}
