import type { Draw } from "./inputs.js";
import type { RaceLimits } from "./limits.js";
import { Occurrences } from "./occurrences.js";
import type { Decider, Point } from "./point.js";
import { quiet } from "./run-end.js";
import type { RaceMove, RaceSchedule } from "./schedule.js";
import { StateKey } from "./state-key.js";
import type { World } from "./world.js";

/** One decision of a run. */
interface Choice {
  /** What was chosen, from 0: nothing, or the usual value. */
  readonly chosen: number;
  /** How many there are. */
  readonly count: number;
  /** The move that the choice is, where it is one. */
  readonly move: RaceMove | undefined;
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
  #prefix: readonly number[] = [];
  #choices: Choice[] = [];
  #options: number[] = [];
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
    return this.#choices.flatMap(({ move }) => move ?? []);
  }

  /** A run begins that repeats these choices. */
  begin(prefix: readonly number[]): void {
    this.#prefix = prefix;
    this.#choices = [];
    this.#choicesAtRestart = 0;
    this.#landed = 0;
    this.#row.left = 0;
    this.#occurrences.restart();
    this.#key.restore();
  }

  /** The prefix of the next run; undefined when all were made. */
  next(): readonly number[] | undefined {
    let last = this.#choices.length - 1;
    for (; last >= 0; last -= 1) {
      const choice = this.#choices[last];
      if (choice !== undefined && choice.chosen < choice.count - 1) {
        return [...this.#choices.slice(0, last).map(({ chosen }) => chosen), choice.chosen + 1];
      }
    }
    return undefined;
  }

  /** @inheritDoc */
  handler(point: Point): number {
    const world = this.#world;
    if (this.#row.left > 0 && world.contexts.length === this.#rowDepth) return this.#inRow(point);
    if (world.enteredTotal > this.#choicesAtRestart) {
      this.#choicesAtRestart = world.enteredTotal;
      this.#occurrences.restart();
    }
    if (this.#landed >= this.#landings) return -1;
    const options = this.#possible(point);
    if (options.length === 0) return -1;
    if (!this.#occurrences.allows(point)) return -1;
    this.points += 1;
    this.#merge(point);
    const chosen = this.#prefix[this.#choices.length] ?? 0;
    const option = options[chosen - 1] ?? -1;
    const handler = option < 0 ? -1 : option & HANDLER_BITS;
    this.#choices.push({ chosen, count: options.length + 1, move: moveOf(point, handler) });
    if (handler < 0) return -1;
    this.#landed += 1;
    if (option !== handler) {
      this.#row = { handler, left: (world.footprints.rows[handler] ?? 1) - 1 };
      this.#rowDepth = world.contexts.length;
    }
    return handler;
  }

  /** The handler of a row once more; that is no choice. */
  #inRow(point: Point): number {
    const { handler } = this.#row;
    this.#row.left = this.#world.mayEnter(handler) ? this.#row.left - 1 : 0;
    if (!this.#world.mayEnter(handler)) return -1;
    this.#choices.push({ chosen: 0, count: 1, move: moveOf(point, handler) });
    return handler;
  }

  /** @inheritDoc */
  input({ index, values, usual, free }: Draw): number {
    if (!free || this.#world.inputs.unusual >= this.#limits.inputs) return usual;
    const chosen = this.#prefix[this.#choices.length] ?? 0;
    const value = values[chosen] ?? usual;
    const move = chosen === 0 ? undefined : { input: index, value };
    this.#choices.push({ chosen, count: values.length, move });
    return value;
  }

  #possible({ address, size, write }: Point): readonly number[] {
    const { setup, entered, footprints } = this.#world;
    const options = this.#options;
    options.length = 0;
    for (let handler = 0; handler < setup.handlers.length; handler += 1) {
      if ((entered[handler] ?? 0) >= this.#limits.perHandler) continue;
      if (!this.#world.mayEnter(handler)) continue;
      const matters = size === 0 || !this.#limits.prune;
      if (!matters && !footprints.conflicts(handler, address, size, write)) continue;
      options.push(handler);
      if ((footprints.rows[handler] ?? 0) > 0) options.push(handler | IN_A_ROW);
    }
    return options;
  }

  /** Ends the run where one was here before in the same state. */
  #merge(point: Point): void {
    if (!this.#limits.prune || this.#choices.length < this.#prefix.length) return;
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
