import type { Draw } from "./inputs.js";
import type { RaceLimits } from "./limits.js";
import { Occurrences } from "./occurrences.js";
import type { Decider, Point } from "./point.js";
import { quiet } from "./run-end.js";
import type { RaceMove, RaceSchedule } from "./schedule.js";
import { StateKey } from "./state-key.js";
import type { World } from "./world.js";

/**
 * The decisions of a run, one after the other: what was chosen, from 0 for nothing or the usual value; how many there
 * are to choose from; and the move that it is. Arrays that are used again, as a search makes some ten thousand runs a
 * second.
 */
class Choices {
  readonly #chosen: number[] = [];
  readonly #counts: number[] = [];
  readonly #moves: (RaceMove | undefined)[] = [];
  #prefixLength = 0;
  /** Decisions of the run so far. */
  length = 0;

  /** A run begins. */
  restart(): void {
    this.length = 0;
  }

  /** Whether the next decision only repeats one of the run before. */
  get repeats(): boolean {
    return this.length < this.#prefixLength;
  }

  /** What is chosen next. */
  get chosen(): number {
    return this.repeats ? (this.#chosen[this.length] ?? 0) : 0;
  }

  /** Adds a decision; without a move it is only counted. */
  add(chosen: number, count: number, move: RaceMove | undefined): void {
    this.#chosen[this.length] = chosen;
    this.#counts[this.length] = count;
    this.#moves[this.length] = move;
    this.length += 1;
  }

  /** The moves so far. */
  get moves(): RaceSchedule {
    return this.#moves.slice(0, this.length).flatMap((move) => move ?? []);
  }

  /** The last decision that can be another is; the next run repeats all up to it. Returns whether there was one. */
  next(): boolean {
    for (let last = this.length - 1; last >= 0; last -= 1) {
      const chosen = (this.#chosen[last] ?? 0) + 1;
      if (chosen >= (this.#counts[last] ?? 0)) continue;
      this.#chosen[last] = chosen;
      this.#prefixLength = last + 1;
      return true;
    }
    return false;
  }
}

/** The bits of an option that are its handler. */
const HANDLER_BITS = 31;
/** The bit of an option that enters it several times in a row. */
const IN_A_ROW = 32;

function moveOf({ accesses, piece }: Point, handler: number): RaceMove | undefined {
  return handler < 0 ? undefined : { point: accesses, piece, handler: handler + 1 };
}

/**
 * Decides for a search, depth first: a prefix of choices is repeated, and from its end on nothing is done
 * that need not be. The next prefix is the last choice that can be another.
 */
export class SearchDecider implements Decider {
  readonly #world: World;
  readonly #limits: RaceLimits;
  readonly #occurrences: Occurrences;
  readonly #key: StateKey;
  readonly #visited = new Set<number>();
  readonly #landings: number;
  readonly #choices = new Choices();
  readonly #options: number[] = [];
  #choicesAtRestart = 0;
  /** Moves of this run that enter handlers; a row of one handler is one. */
  #landed = 0;
  /** Of a row that has begun: its handler, and how often it is still entered. */
  #row = { handler: -1, left: 0 };
  #rowDepth = 0;
  /** Points at which a handler could have been entered. */
  points = 0;
  /** Runs left because an equivalent one was made. */
  pruned = 0;

  /** For runs with at most so many handlers entered. */
  constructor(world: World, limits: RaceLimits, landings: number) {
    this.#world = world;
    this.#limits = limits;
    this.#landings = landings;
    this.#occurrences = new Occurrences(world, limits);
    this.#key = new StateKey(world);
  }

  /** The moves of the run so far. */
  get schedule(): RaceSchedule {
    return this.#choices.moves;
  }

  /** A run begins. */
  begin(): void {
    this.#choices.restart();
    this.#choicesAtRestart = 0;
    this.#landed = 0;
    this.#row.left = 0;
    this.#occurrences.restart();
    if (this.#limits.prune) this.#key.restore();
  }

  /** Makes the next run another one; returns false when all were made. */
  next(): boolean {
    return this.#choices.next();
  }

  /** @inheritDoc */
  handler(point: Point): number {
    const world = this.#world;
    if (this.#row.left > 0 && world.contexts.depth === this.#rowDepth) return this.#inRow(point);
    if (world.enteredTotal > this.#choicesAtRestart) {
      this.#choicesAtRestart = world.enteredTotal;
      this.#occurrences.restart();
    }
    if (this.#landed >= this.#landings) return -1;
    const count = this.#possible(point);
    if (count === 0) return -1;
    if (!this.#occurrences.allows(point)) return -1;
    this.points += 1;
    this.#merge(point);
    const { chosen } = this.#choices;
    const option = chosen === 0 ? -1 : (this.#options[chosen - 1] ?? -1);
    const handler = option < 0 ? -1 : option & HANDLER_BITS;
    this.#choices.add(chosen, count + 1, moveOf(point, handler));
    if (handler < 0) return -1;
    this.#landed += 1;
    if (option !== handler) {
      this.#row = { handler, left: (world.footprints.rows[handler] ?? 1) - 1 };
      this.#rowDepth = world.contexts.depth;
    }
    return handler;
  }

  /** The handler of a row once more; that is no choice. */
  #inRow(point: Point): number {
    const { handler } = this.#row;
    if (!this.#world.mayEnter(handler)) {
      this.#row.left = 0;
      return -1;
    }
    this.#row.left -= 1;
    this.#choices.add(0, 1, moveOf(point, handler));
    return handler;
  }

  /** @inheritDoc */
  input({ index, values, usual, free }: Draw): number {
    if (!free || this.#world.inputs.unusual >= this.#limits.inputs) return usual;
    const { chosen } = this.#choices;
    const value = values[chosen] ?? usual;
    this.#choices.add(chosen, values.length, chosen === 0 ? undefined : { input: index, value });
    return value;
  }

  /** Writes down which handlers could be entered; returns how many ways there are. */
  #possible({ address, size, write }: Point): number {
    const { setup, entered, footprints } = this.#world;
    const options = this.#options;
    let count = 0;
    for (let handler = 0; handler < setup.handlers.length; handler += 1) {
      if ((entered[handler] ?? 0) >= this.#limits.perHandler) continue;
      if (!this.#world.mayEnter(handler)) continue;
      const matters = size === 0 || !this.#limits.prune;
      if (!matters && !footprints.conflicts(handler, address, size, write)) continue;
      options[count++] = handler;
      if ((footprints.rows[handler] ?? 0) > 0) options[count++] = handler | IN_A_ROW;
    }
    return count;
  }

  /** Ends the run where one was here before in the same state. */
  #merge(point: Point): void {
    if (!this.#limits.prune || this.#choices.repeats) return;
    const key = this.#key.key(point, this.#occurrences.hash, 64 * this.#row.left + this.#landed);
    if (this.#visited.has(key)) {
      this.pruned += 1;
      throw quiet.pruned;
    }
    this.#visited.add(key);
  }
}

/** Decides as a schedule says. */
export class ReplayDecider implements Decider {
  readonly #world: World;
  readonly #moves: readonly RaceMove[];
  #next = 0;

  /** For one run by that schedule. */
  constructor(world: World, schedule: RaceSchedule) {
    this.#world = world;
    this.#moves = schedule;
  }

  /** The first move that could not be made; undefined when all were. */
  get unused(): RaceMove | undefined {
    return this.#moves[this.#next];
  }

  /** @inheritDoc */
  handler({ accesses, piece }: Point): number {
    const move = this.#moves[this.#next];
    if (move === undefined || "input" in move) return -1;
    if (move.point !== accesses || move.piece !== piece) return -1;
    const handler = move.handler - 1;
    if (handler >= this.#world.setup.handlers.length || !this.#world.mayEnter(handler)) return -1;
    this.#next += 1;
    return handler;
  }

  /** @inheritDoc */
  input({ index, usual }: Draw): number {
    const move = this.#moves[this.#next];
    if (move === undefined || !("input" in move) || move.input !== index) return usual;
    this.#next += 1;
    return move.value;
  }
}
