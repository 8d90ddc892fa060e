import type { SimChip, SimStance } from "@escapement/board-sim";
import { PollFollower } from "./follow-poll.js";
import type { ModuleCode } from "./function-code.js";
import type { LoggedEntry, PollLog } from "./poll-log.js";
import { Unsteady } from "./stepped.js";
import { SteppedMemory } from "./stepped-memory.js";

/** Rests in a row before polls are looked at: what a program does ends most waits sooner. */
const RESTS_MIN = 4;

/** Polls that have to lie ahead for it to be worth the trouble: to follow one takes as long as about so many. */
const WORTH = 100;

/** Polls passed over at once after which it goes on in the same way. */
const GOOD = 30;

/** Handlers that one poll may have: a compare and an overflow, each a few times. */
const HANDLERS_MAX = 6;

/** Rests until it is tried again, when it came to nothing: doubled each time. */
const PAUSE = 64;
const PAUSE_MAX = 65_536;

/** An instance whose memory and code are known. */
export interface PolledInstance {
  /** The module as the compiler left it. */
  readonly code: ModuleCode;
  /** The program's memory. */
  readonly memory: Uint8Array;
  /** The stack pointer of C. */
  readonly stackPointer: { readonly value: number };
}

/**
 * Passes over the time in which a driver polls and nothing happens.
 *
 * Two rests at which the chip stands the same, with nothing but quiet handlers in between, are one
 * poll. It is followed for all that come after it (`follow-poll.ts`), and as many as are sure to be the same
 * are passed over: the chip's time moves, and what the polls would have left in memory is put there.
 */
export class IdlePolls {
  readonly #chip: SimChip;
  readonly #log: PollLog;
  readonly #instance: PolledInstance;
  #rests = 0;
  #firstRest = 0;
  #nextTry = RESTS_MIN;
  #pause = PAUSE;
  #from: SimStance | undefined;
  #before = new Uint8Array();

  /** Watches the rests of a chip. */
  constructor(chip: SimChip, log: PollLog, instance: PolledInstance) {
    this.#chip = chip;
    this.#log = log;
    this.#instance = instance;
    chip.whenIdle = (untilCycle) => this.#rest(untilCycle);
  }

  #rest(untilCycle: number): void {
    if (this.#log.isBroken) this.#beginAgain();
    this.#rests += 1;
    if (this.#rests < this.#nextTry) return;
    if (this.#from === undefined) this.#lookFrom(untilCycle);
    else this.#look(this.#from, untilCycle);
  }

  #beginAgain(): void {
    this.#log.isBroken = false;
    this.#log.end();
    this.#from = undefined;
    this.#rests = 0;
    this.#firstRest = this.#chip.clock.now;
    this.#nextTry = Math.max(RESTS_MIN, this.#pause - PAUSE);
  }

  #lookFrom(untilCycle: number): void {
    const { now } = this.#chip.clock;
    const left = untilCycle - now;
    if (left * this.#rests < WORTH * (now - this.#firstRest)) return;
    this.#from = this.#chip.stance();
    this.#before = this.#instance.memory.slice();
    this.#log.begin();
  }

  #look(from: SimStance, untilCycle: number): void {
    const stance = this.#chip.stance();
    if (stance.repeats(from)) this.#ended(this.#passOver(from, stance, untilCycle));
    else if (this.#log.length >= HANDLERS_MAX) this.#ended(0);
  }

  #ended(polls: number): void {
    this.#log.end();
    this.#from = undefined;
    const isGood = polls >= GOOD;
    this.#pause = isGood ? PAUSE : Math.min(2 * this.#pause, PAUSE_MAX);
    this.#nextTry = this.#rests + (isGood ? 1 : this.#pause);
  }

  #passOver(from: SimStance, stance: SimStance, untilCycle: number): number {
    const room = stance.room(from, untilCycle);
    if (room < WORTH) return 0;
    const { memory } = this.#instance;
    const cells = new SteppedMemory(this.#before, memory, memory.length);
    const known = this.#known(cells, from, stance, this.#log.end());
    const polls = Math.min(room, known);
    if (polls <= 0) return 0;
    stance.passOver(from, polls);
    cells.passOver(polls);
    return polls;
  }

  /** Of how many more polls it is known that they go as this one went. */
  #known(
    cells: SteppedMemory,
    from: SimStance,
    stance: SimStance,
    entries: readonly LoggedEntry[],
  ): number {
    const { code, stackPointer } = this.#instance;
    const { compareBits } = this.#chip.shape;
    const follower = new PollFollower(code, cells, {
      counterTicks: stance.countedSince(from),
      compareTicks: stance.ticks - from.ticks,
      compareBits: Math.min(compareBits, 32),
      stackPointer: stackPointer.value,
    });
    try {
      for (const entry of entries) follower.enter(entry);
    } catch (error) {
      if (error instanceof Unsteady) return 0;
      throw error;
    }
    return cells.comesRound() ? Number(follower.holds.until) : 0;
  }
}
