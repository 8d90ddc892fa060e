/**
 * One program, run again and again: what its hooks call. A world knows which context runs, what is masked,
 * and where a handler could be entered; what is entered there is somebody else's decision, that of a search
 * or of a replay.
 *
 * A point is where a handler can be entered: before an access to a byte that contexts share, before each
 * piece of a torn one, before a call that masks something, and at the end of the main program. A handler
 * is entered by calling it, from inside the hook: the rest of the interrupted code stays on the stack.
 */
import { access, wildAccess } from "@escapement/board-c";
import { isWithoutPriorities } from "./conventions.js";
import { AccessMemory, type SplitAccess } from "./detector.js";
import { Footprints } from "./footprints.js";
import { mix } from "./hash.js";
import { Inputs } from "./inputs.js";
import type { RaceLimits } from "./limits.js";
import { Machine, type MachineHooks } from "./machine.js";
import { type MaskRegister, maskRegister } from "./mask-registers.js";
import { Masks } from "./masks.js";
import type { Decider, Point } from "./point.js";
import type { Assumption, RaceSetup } from "./race-setup.js";
import { Registers } from "./registers.js";
import { Fault, quiet } from "./run-end.js";
import { SpinWatch } from "./spin-watch.js";

/** Whoever watches a run. */
export interface Watcher {
  /** Accesses were split. */
  split(found: SplitAccess): void;
  /** Shared memory is accessed: before it is. */
  access?(point: Point, world: World): void;
  /** A handler is entered, or has returned. */
  handler?(handler: number, enters: boolean, world: World): void;
}

/** The sites of points that have none of their own. */
const siteless = { mask: -1, end: -2 } as const;

interface Context {
  /** 0 for the main program, else the handler's place and 1. */
  index: number;
  /** What has a higher one interrupts it: its handler's, unless that lets all others in. */
  priority: number;
  readonly memory: AccessMemory;
}

interface PendingStore {
  readonly address: number;
  readonly site: number;
  readonly size: number;
}

/** Effects that let nobody out: no point is needed before them. */
const opening: ReadonlySet<string> = new Set([
  "enable one",
  "enable all",
  "read mask",
  "leave",
  "set status",
]);

const ENDLESS_ROUNDS_OF_HANDLER = 1000;
const MORE_FUEL = 20_000;
/** The stack grows down to address 0. */
export const STACK_FULL_BELOW = 1024;
const SHARED_ACCESSES_MAX = 5_000_000;

/** A program that can be run. */
export class World implements MachineHooks {
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
  /** Rounds of loops of a run, where that is not what the limits say. */
  roundsMax: number | undefined;
  /** How often each handler was entered in this run. */
  readonly entered: number[];
  /** All of these together. */
  enteredTotal = 0;
  /** For each context a hash of all that it read, drew and did. */
  readonly history: Int32Array;
  /** Bytes that were written since somebody looked. */
  readonly dirty: number[] = [];
  /** How many of those there are. */
  dirtyCount = 0;
  readonly #limits: RaceLimits;
  readonly #spin: SpinWatch;
  readonly #pending: (PendingStore | undefined)[] = [];
  readonly #sourceNumbers = new Map<string, number>();
  readonly #contexts: Context[] = [];
  /** Contexts by how deep they are on the stack, and a point for each: used again and again. */
  readonly #contextAt: Context[] = [];
  readonly #pointAt: Point[] = [];
  #decider: Decider | undefined;
  #watcher: Watcher | undefined;
  #rounds = 0;
  #fuelUsed = false;
  #sharedAccesses = 0;
  /** The register that is read over and over, and how often. */
  #polledAt = 0;
  #polls = 0;
  #written: (MaskRegister & { readonly memory: number }) | undefined;

  readonly #found = (split: SplitAccess): void => this.#watcher?.split(split);

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
    this.entered = setup.handlers.map(() => 0);
    this.history = new Int32Array(2 * (setup.handlers.length + 1));
    this.#spin = new SpinWatch(this.machine, setup.program.localsInMemory);
  }

  /** The running context, and those that it interrupted, from the main program on. */
  get contexts(): readonly Context[] {
    return this.#contexts;
  }

  /** Makes one run; throws what ended it, unless that is the end of the main program. */
  run(decider: Decider, watcher: Watcher): void {
    this.#begin(decider, watcher);
    try {
      this.machine.call(this.setup.main);
    } catch (error) {
      if (error !== quiet.end || this.#contexts.length > 1) throw error;
      this.machine.setContext(0, 0);
    }
    this.#point(this.#blankPoint(siteless.end));
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
    this.entered.fill(0);
    this.enteredTotal = 0;
    this.history.fill(0);
    this.dirtyCount = 0;
    this.#pending.length = 0;
    this.#contexts.length = 0;
    this.#push(0, 0);
    this.#rounds = 0;
    this.#fuelUsed = false;
    this.#sharedAccesses = 0;
    this.#polls = 0;
    this.#written = undefined;
    this.#spin.change();
    this.#spin.clearRecent();
  }

  #push(index: number, priority: number): void {
    const depth = this.#contexts.length;
    let context = this.#contextAt[depth];
    if (context === undefined) {
      context = { index, priority, memory: new AccessMemory() };
      this.#contextAt[depth] = context;
    }
    context.index = index;
    context.priority = priority;
    context.memory.begin(index);
    this.#contexts.push(context);
  }

  /** Calls a handler as the processor would: the running code goes on when it returns. */
  enter(handler: number): void {
    const { machine, masks, setup } = this;
    const { name = "", priority = 1, argument } = setup.handlers[handler] ?? {};
    const { floor, path, stackPointer } = machine;
    const { openness } = masks;
    const current = this.#current().index;
    this.entered[handler] = (this.entered[handler] ?? 0) + 1;
    this.enteredTotal += 1;
    const index = handler + 1;
    this.#push(index, priority);
    this.remember(0x1234 + handler);
    this.#spin.change();
    machine.setContext(index, stackPointer);
    machine.path = mix(index, 0) & ~1;
    this.#watcher?.handler?.(handler, true, this);
    machine.call(name, argument);
    this.#watcher?.handler?.(handler, false, this);
    this.#contexts.pop();
    machine.setContext(current, floor);
    machine.path = path;
    masks.openness = openness;
  }

  /** Whether a handler could come now, by mask, priority and its own request. */
  mayEnter(handler: number): boolean {
    if (((this.masks.enabled >> handler) & 1) === 0) return false;
    const { priority = 0, predicate } = this.setup.handlers[handler] ?? {};
    if (priority <= this.#current().priority) return false;
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

  /** Mixes what the running context did into its history. */
  remember(what: number, value = 0): void {
    const at = 2 * this.#current().index;
    const { history } = this;
    history[at] = mix(history[at] ?? 0, Math.imul(what, 31) + value);
    history[at + 1] = mix((history[at + 1] ?? 0) ^ 0x5bd1e995, Math.imul(what, 131) + value);
  }

  /** @internal */
  access(address: number, givenSite: number, kind: number): number {
    this.#applyMaskRegister();
    const size = kind & access.sizeMask;
    const write = (kind & access.write) !== 0;
    const inProgram = address >= 256 && address + size <= this.machine.programEnd;
    const isRegister = (kind & access.register) !== 0;
    const place = this.setup.program.sites[givenSite]?.place;
    // Code without lines, such as memcpy, does what its caller asked for.
    const site = place === undefined ? this.machine.caller : givenSite;
    if (inProgram && !isRegister) return this.#shared(address, site, kind);
    const values = this.registers.valuesAt(address);
    if (values !== undefined) return this.#device(values, address, write);
    const memory = this.registers.memoryOf(address, isRegister);
    if (memory === undefined) throw this.#wild(address, write);
    this.machine.touch(memory, size, write, this.#current().index);
    if (write) this.#maskRegister(address, memory);
    if (!write && this.#isPolled(memory)) return this.#pollValue();
    if (write) this.#polls = 0;
    return this.machine.isShared(memory) ? this.#shared(memory, site, kind) : memory;
  }

  /** A write to a register that masks: what is written is known when the host is called again. */
  #maskRegister(address: number, memory: number): void {
    const register = maskRegister(address);
    if (register === undefined) return;
    if (register.effect === "disable one") this.#pointBeforeMask();
    this.#written = { ...register, memory };
    this.machine.view.setUint32(memory & ~3, 0, true);
  }

  #applyMaskRegister(): void {
    const written = this.#written;
    if (written === undefined) return;
    this.#written = undefined;
    const bits = this.machine.view.getUint32(written.memory & ~3, true);
    for (let bit = 0; bit < 32; bit += 1) {
      if ((bits >>> bit) & 1) this.masks.apply(written.effect, written.first + bit);
    }
    this.remember(written.first, bits);
    this.#spin.change();
  }

  /** @internal */
  stored(): void {
    const depth = this.#contexts.length - 1;
    const pending = this.#pending[depth];
    if (pending === undefined) return;
    this.#pending[depth] = undefined;
    const { address, site, size } = pending;
    const { bytes } = this.machine;
    const scratch = this.machine.scratch(depth);
    const piece = this.#limits.wordBytes;
    for (let at = 0; at < size; at += piece) {
      this.#step(address + at, site, piece, true, at / piece);
      bytes.copyWithin(address + at, scratch + at, scratch + at + piece);
    }
  }

  /** @internal */
  round(): void {
    this.#rounds += 1;
    if (this.#contexts.length === 1) {
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
      this.#spin.clearRecent();
      this.machine.addFuel(MORE_FUEL);
      return;
    }
    throw this.#hang(`${this.#nameOfCurrent()} goes round for ever`);
  }

  /** @internal */
  begins(place: number, argument: number): void {
    const assumed = this.setup.assumptions.get(this.setup.program.announced[place] ?? "");
    if (assumed?.kind === "mask") this.#mask(assumed, argument, 0);
  }

  /** @internal */
  call(name: string, given: readonly number[]): number {
    const assumed = this.setup.assumptions.get(name);
    const [argument = -1, second = 0] = given;
    this.#applyMaskRegister();
    this.#listener?.(name, given);
    switch (assumed?.kind) {
      case "mask":
        return this.#mask(assumed, argument, second);
      case "registers":
        return this.#register(given, assumed.enables);
      case "input":
        return this.#draw(assumed.values, this.#sourceNumber(name));
      case "ends":
        throw quiet.end;
      case "fails":
        throw new Fault("assertion", this.#assertion(name, argument));
      default:
        return 0;
    }
  }

  #register(given: readonly number[], enables: boolean): number {
    for (const [place, handler] of this.setup.handlers.entries()) {
      if (!given.some((value) => this.machine.functionAt(value) === handler.name)) continue;
      this.remember(0x4321 + place);
      this.#spin.change();
      this.masks.register(place, enables);
    }
    return 0;
  }

  #mask(assumed: Extract<Assumption, { kind: "mask" }>, argument: number, second: number): number {
    const { effect } = assumed;
    const closes = !opening.has(effect);
    if (closes) this.#pointBeforeMask();
    this.machine.accesses += 1;
    const current = this.#current().index;
    if ((effect === "enable one" || effect === "set one") && current > 0) {
      const { enabledBy } = this.footprints;
      enabledBy[current - 1] = (enabledBy[current - 1] ?? 0) | this.masks.about(argument);
    }
    if (effect === "enable all" && current > 0) this.#letIn(current - 1);
    this.remember(effect.length * 8 + 5, argument);
    this.#spin.change();
    return this.masks.apply(effect, argument, second);
  }

  /** Before its first shared access the main program sets itself up: nothing comes in there. */
  #pointBeforeMask(): void {
    if (this.#sharedAccesses > 0 || this.#contexts.length > 1) {
      this.#point(this.#blankPoint(siteless.mask));
    }
  }

  /** A handler of a processor without priorities opens the mask: from there on every other may interrupt it. */
  #letIn(handler: number): void {
    if (!isWithoutPriorities(this.setup.handlers[handler]?.name ?? "")) return;
    this.#current().priority = 0;
    const { enabledBy } = this.footprints;
    enabledBy[handler] = (enabledBy[handler] ?? 0) | this.masks.about(-1);
  }

  #assertion(name: string, argument: number): string {
    if (name !== "esc_race_failed") return `${name} was called`;
    const { bytes } = this.machine;
    const end = bytes.indexOf(0, argument);
    const text = new TextDecoder().decode(bytes.subarray(argument, end));
    return `assertion failed: ${text}`;
  }

  #current(): Context {
    const current = this.#contexts.at(-1);
    if (current === undefined) throw new Error("no run has begun");
    return current;
  }

  #nameOfCurrent(): string {
    return this.contextName(this.#current().index);
  }

  #isRequested(predicate: string): boolean {
    const { machine } = this;
    const { floor, accesses, path } = machine;
    // Everything is below that floor: what the predicate looks at is nobody's access.
    machine.setContext(this.#current().index, machine.programEnd);
    const requested = machine.call(predicate) !== 0;
    machine.setContext(this.#current().index, floor);
    machine.accesses = accesses;
    machine.path = path;
    return requested;
  }

  #blankPoint(site: number): Point {
    return this.#pointOf(this.machine.accesses, 0, site, 0, 0, false);
  }

  /** The point of the running context, with other members. */
  #pointOf(
    accesses: number,
    piece: number,
    site: number,
    address: number,
    size: number,
    write: boolean,
  ): Point {
    const depth = this.#contexts.length;
    let point = this.#pointAt[depth];
    if (point === undefined) {
      point = { accesses, piece, site, address, size, write };
      this.#pointAt[depth] = point;
      return point;
    }
    point.accesses = accesses;
    point.piece = piece;
    point.site = site;
    point.address = address;
    point.size = size;
    point.write = write;
    return point;
  }

  #point(point: Point): void {
    this.#applyMaskRegister();
    for (;;) {
      const handler = this.#decider?.handler(point) ?? -1;
      if (handler < 0) return;
      this.enter(handler);
    }
  }

  /** An access to memory that contexts share, whole or piece by piece. */
  #shared(address: number, site: number, kind: number): number {
    const size = kind & access.sizeMask;
    const write = (kind & access.write) !== 0;
    const piece = this.#limits.wordBytes;
    if (size <= piece || (kind & access.whole) !== 0) {
      const fails = (kind & access.ifEqual) !== 0 && !this.machine.holdsExpected(address, size);
      this.#step(address, site, size, write && !fails, 0, (kind & access.update) !== 0 && !fails);
      return address;
    }
    const depth = this.#contexts.length - 1;
    const scratch = this.machine.scratch(depth);
    if (write) {
      this.#pending[depth] = { address, site, size };
      return scratch;
    }
    for (let at = 0; at < size; at += piece) {
      this.#step(address + at, site, piece, false, at / piece);
      this.machine.bytes.copyWithin(scratch + at, address + at, address + at + piece);
    }
    return scratch;
  }

  #step(
    address: number,
    site: number,
    size: number,
    write: boolean,
    piece: number,
    updates = false,
  ): void {
    const { machine, footprints } = this;
    footprints.cut(address, size);
    const point = this.#pointOf(machine.accesses - 1, piece, site, address, size, write);
    this.#sharedAccesses += 1;
    this.#point(point);
    this.#watcher?.access?.(point, this);
    const { memory } = this.#current();
    const { path } = machine;
    const { unitOf } = footprints;
    if (piece > 0) this.#tears(address - piece * size, address, site, write);
    let last = -1;
    let value = 0;
    for (let byte = address; byte < address + size; byte += 1) {
      const unit = unitOf[byte] ?? -1;
      if (unit < 0) continue;
      if (write) this.dirty[this.dirtyCount++] = byte;
      if (!write || updates) value = (Math.imul(value, 257) + (machine.bytes[byte] ?? 0)) | 0;
      if (unit === last) continue;
      last = unit;
      if (updates) {
        memory.completes(unit, byte, site, path, false, this.#found);
        memory.own(unit, site, path, false, this.masks.ever);
      } else memory.completes(unit, byte, site, path, write, this.#found);
      memory.own(unit, site, path, write, this.masks.ever);
      for (let under = this.#contexts.length - 2; under >= 0; under -= 1) {
        this.#contexts[under]?.memory.other(unit, site, write, memory.context);
      }
    }
    this.remember(site, value);
    const repeats = this.#spin.access(address, write, mix(site, path));
    if (repeats || this.#sharedAccesses > SHARED_ACCESSES_MAX) {
      throw this.#hang(`${this.#nameOfCurrent()} goes round for ever`);
    }
  }

  /** A later piece of an access: whether an earlier one, between these addresses, was split from it. */
  #tears(first: number, behind: number, site: number, write: boolean): void {
    const { memory } = this.#current();
    for (let byte = first; byte < behind; byte += 1) {
      const unit = this.footprints.unitOf[byte] ?? -1;
      if (unit >= 0 && memory.tears(unit, byte, site, write, this.#found)) return;
    }
  }

  /** A hang, unless an interrupt or the hardware could end it. */
  #hang(message: string): unknown {
    if (this.inputs.isPolled) return quiet.waiting;
    const { masks, footprints, setup } = this;
    const current = this.#current().priority;
    for (const [place, { priority }] of setup.handlers.entries()) {
      if (((masks.enabled >> place) & 1) === 0 || priority <= current) continue;
      if (this.#spin.recent.some((byte) => footprints.conflicts(place, byte, 1, false))) {
        return quiet.waiting;
      }
    }
    return new Fault("hang", message);
  }

  #device(values: readonly number[], address: number, write: boolean): number {
    const scratch = this.machine.scratch(this.#contexts.length - 1);
    if (write) this.remember(3, address | 0);
    else this.#writeScratch(scratch, this.#draw(values, address | 0));
    return scratch;
  }

  #writeScratch(scratch: number, value: number): void {
    this.machine.view.setInt32(scratch, value, true);
    this.machine.view.setInt32(scratch + 4, value < 0 ? -1 : 0, true);
  }

  #draw(values: readonly number[], source: number): number {
    const draw = this.inputs.next(values, source, this.machine.path);
    const value = this.#decider?.input(draw) ?? draw.usual;
    if (value !== draw.usual) this.inputs.unusual += 1;
    this.remember(source, value);
    this.#spin.change();
    return value;
  }

  /** A register that is read over and over: the program waits for it to change. */
  #isPolled(memory: number): boolean {
    this.#polls = this.#polledAt === memory ? this.#polls + 1 : 1;
    this.#polledAt = memory;
    return this.#polls > 64;
  }

  #pollValue(): number {
    const scratch = this.machine.scratch(this.#contexts.length - 1);
    this.#writeScratch(scratch, this.#polls % 2 === 0 ? -1 : 0);
    return scratch;
  }

  #sourceNumber(name: string): number {
    const known = this.#sourceNumbers.get(name);
    if (known !== undefined) return known;
    const hash = [...name].reduce((sum, letter) => mix(sum, letter.charCodeAt(0)), 7);
    this.#sourceNumbers.set(name, hash);
    return hash;
  }

  #wild(address: number, write: boolean): Fault {
    if (address < 256 && (this.machine.stackPointer | 0) < STACK_FULL_BELOW) {
      return new Fault("stack overflow", "the stack is full (32 KiB)");
    }
    return new Fault("wild access", wildAccess(address, write, ": no memory, no register"));
  }
}
