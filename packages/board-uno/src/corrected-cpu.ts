import { avrInstruction, avrInterrupt, CPU } from "avr8js";

/** A flag, its enable bit and its vector: what avr8js calls an interrupt's configuration. */
export interface InterruptSource {
  /** Vector, as a word address. */
  readonly address: number;
  /** Register that holds the flag. */
  readonly flagRegister: number;
  /** The flag's bit. */
  readonly flagMask: number;
  /** Register that holds the enable bit. */
  readonly enableRegister: number;
  /** The enable bit. */
  readonly enableMask: number;
  /** The flag is a level: entering the vector does not clear it. */
  readonly constant?: boolean;
}

/** Something to be done at a cycle. */
export interface ScheduledEvent {
  readonly cycles: number;
  readonly callback: () => void;
}

/** What a {@link CorrectedCpu} was between two instructions. */
export interface CpuState {
  readonly data: Uint8Array;
  pc: number;
  cycles: number;
  events: readonly ScheduledEvent[];
  /** Nothing where no interrupt waited. */
  pending: readonly (InterruptSource | undefined)[] | undefined;
  shadow: boolean;
  nextVector: number;
}

const SEI = 0x9478;
const RETI = 0x9518;

/** Cycles of the interrupt response that the library leaves out: it takes 2, the chip 4. */
const MISSING_RESPONSE_CYCLES = 2;

/**
 * The library's CPU with the chip's own interrupt timing.
 *
 * Only public methods are overridden. Against the stock CPU: every event that is due is served
 * after an instruction, not only the first; an interrupt is returned in 4 cycles; and the
 * instruction after SEI or RETI always runs before the next interrupt (ATmega328P datasheet,
 * section 7.7 "Reset and Interrupt Handling").
 *
 * A write to SREG by OUT gets no such shadow: the datasheet promises it for SEI and RETI alone.
 */
export class CorrectedCpu extends CPU {
  readonly #events: ScheduledEvent[] = [];
  readonly #pending: (InterruptSource | undefined)[] = [];
  #deferred: (() => void)[] = [];
  #shadow = false;
  #nextEventCycle = Number.POSITIVE_INFINITY;
  #nextVector = -1;

  /** The cycle of the next event; Infinity when there is none. */
  get nextEventCycle(): number {
    return this.#nextEventCycle;
  }

  /** Whether an interrupt waits that the next instruction may let in. */
  get interruptDue(): boolean {
    return this.#nextVector >= 0 && (this.data[95] as number) >= 0x80;
  }

  /** A place for {@link CorrectedCpu.save}. */
  newState(): CpuState {
    return {
      data: new Uint8Array(this.data.length),
      pc: 0,
      cycles: 0,
      events: [],
      pending: undefined,
      shadow: false,
      nextVector: -1,
    };
  }

  /** Copies everything that decides what comes next; only between two instructions. */
  save(state: CpuState): void {
    state.data.set(this.data);
    state.pc = this.pc;
    state.cycles = this.cycles;
    state.events = this.#events.slice();
    state.pending = this.#nextVector < 0 ? undefined : this.#pending.slice();
    state.shadow = this.#shadow;
    state.nextVector = this.#nextVector;
  }

  /** Goes back to what was saved. */
  restore(state: CpuState): void {
    this.data.set(state.data);
    this.pc = state.pc;
    this.cycles = state.cycles;
    const events = this.#events;
    events.length = state.events.length;
    for (let index = 0; index < events.length; index += 1) {
      events[index] = state.events[index] as ScheduledEvent;
    }
    if (state.pending !== undefined) {
      this.#pending.length = 0;
      this.#pending.push(...state.pending);
    } else if (this.#nextVector >= 0) {
      this.#pending.fill(undefined);
    }
    this.#deferred.length = 0;
    this.#shadow = state.shadow;
    this.#nextEventCycle = events[0]?.cycles ?? Number.POSITIVE_INFINITY;
    this.#nextVector = state.nextVector;
  }

  /** Runs one instruction, what became due with it, and the entry into one interrupt if it is time. */
  step(): void {
    const opcode = this.progMem[this.pc];
    avrInstruction(this);
    this.#shadow = opcode === SEI || opcode === RETI;
    this.tick();
  }

  /** Serves what is due; called after each instruction. */
  override tick(): void {
    if (this.#nextEventCycle <= this.cycles) this.#runEvents();
    if (this.#deferred.length > 0) this.#runDeferred();
    if (this.#nextVector < 0) return;
    if (this.#shadow || (this.data[95] as number) < 0x80) {
      this.#shadow = false;
      return;
    }
    const source = this.#pending[this.#nextVector];
    if (source === undefined) return;
    avrInterrupt(this, source.address);
    this.cycles += MISSING_RESPONSE_CYCLES;
    if (source.constant !== true) this.clearInterrupt(source);
  }

  /** Leaves a register write to the end of the instruction that made it, which is when it takes effect. */
  defer(write: () => void): void {
    this.#deferred.push(write);
  }

  override addClockEvent(callback: () => void, cycles: number): () => void {
    const event = { cycles: this.cycles + Math.max(1, cycles), callback };
    let index = this.#events.length;
    while (index > 0 && (this.#events[index - 1]?.cycles ?? 0) > event.cycles) index -= 1;
    this.#events.splice(index, 0, event);
    this.#nextEventCycle = this.#events[0]?.cycles ?? Number.POSITIVE_INFINITY;
    return callback;
  }

  override clearClockEvent(callback: () => void): boolean {
    const index = this.#events.findIndex((event) => event.callback === callback);
    if (index < 0) return false;
    this.#events.splice(index, 1);
    this.#nextEventCycle = this.#events[0]?.cycles ?? Number.POSITIVE_INFINITY;
    return true;
  }

  override updateClockEvent(callback: () => void, cycles: number): boolean {
    if (!this.clearClockEvent(callback)) return false;
    this.addClockEvent(callback, cycles);
    return true;
  }

  override queueInterrupt(source: InterruptSource): void {
    this.#pending[source.address] = source;
    if (this.#nextVector < 0 || source.address < this.#nextVector) {
      this.#nextVector = source.address;
    }
  }

  override clearInterrupt(source: InterruptSource, clearFlag = true): void {
    const { address, flagRegister, flagMask } = source;
    if (clearFlag) this.data[flagRegister] = (this.data[flagRegister] as number) & ~flagMask;
    if (this.#pending[address] === undefined) return;
    this.#pending[address] = undefined;
    if (this.#nextVector === address) {
      this.#nextVector = this.#pending.findIndex((pending) => pending !== undefined);
    }
  }

  #runEvents(): void {
    while (this.#nextEventCycle <= this.cycles) {
      const event = this.#events.shift();
      this.#nextEventCycle = this.#events[0]?.cycles ?? Number.POSITIVE_INFINITY;
      event?.callback();
    }
  }

  #runDeferred(): void {
    const writes = this.#deferred;
    this.#deferred = [];
    for (const write of writes) write();
  }
}
