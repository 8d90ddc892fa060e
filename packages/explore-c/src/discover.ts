/**
 * What contexts share, before the search: a search only looks at accesses to memory that a handler touches, too, so
 * what no run has touched is not searched. A handler alone, from the program's first state, shows little: its
 * pointers are null, its state machine waits for a first byte. So it is entered at places all over the plain run,
 * several times in a row, with other inputs, until it touches nothing new.
 */
import { faultOf } from "./fault-of.js";
import type { Draw } from "./inputs.js";
import type { Decider } from "./point.js";
import { Quiet, quiet } from "./run-end.js";
import type { World } from "./world.js";

/** Places of the plain run at which each handler is entered. */
const PLACES = 24;
/** Times that it is entered there, in a row. */
const ROW_MAX = 8;
/** Runs of one handler that give its inputs other values. */
const INPUT_RUNS_MAX = 400;
/** Points of one run that are looked at, and of all of them together: a program may have loops of a million rounds. */
const POINTS_OF_RUN_MAX = 20_000;
const POINTS_MAX = 400_000;
/** Rounds of loops of one run. */
const ROUNDS_MAX = 100_000;
/** Points of a run behind the row, for what the handler has changed. */
const POINTS_BEHIND_MAX = 200;

interface Budget {
  /** Points that may still be looked at. */
  points: number;
}

const usually: Decider = { handler: () => -1, input: ({ usual }) => usual };
const ignore = { split: () => {} };

/** Runs a program until what its contexts share is known. Returns the number of runs. */
export function discover(world: World): number {
  const { handlers } = world.setup;
  let runs = 0;
  const attempt = (run: () => void): void => {
    runs += 1;
    try {
      run();
    } catch (error) {
      // The search meets it again; a handler alone may fail without what the main program prepares.
      if (error instanceof Quiet) return;
      if (faultOf(error, world.machine.stackPointer) === undefined) throw error;
    }
  };
  attempt(() => world.run(usually, ignore));
  for (const place of handlers.keys()) {
    attempt(() => world.runHandler(place, usually, ignore));
  }
  world.masks.settle();
  world.footprints.watchAll(true);
  world.roundsMax = ROUNDS_MAX;
  const budget = { points: POINTS_MAX };
  const counter = new RowDecider(world, -1, Number.POSITIVE_INFINITY, budget);
  attempt(() => world.run(counter, ignore));
  const stride = Math.max(1, counter.points / PLACES);
  for (let from = 0; from < counter.points && budget.points > 0; from += stride) {
    for (const place of handlers.keys()) {
      attempt(() => world.run(new RowDecider(world, place, Math.floor(from), budget), ignore));
    }
  }
  // Inputs are tried at the last point, where all is set up.
  for (const place of handlers.keys()) tryInputs(world, place, counter.points, budget, attempt);
  world.roundsMax = undefined;
  world.footprints.watchAll(false);
  world.footprints.freeze();
  world.inputs.freeDrawsAtPlace = Math.max(2, ...world.footprints.rows);
  return runs;
}

/** Enters one handler several times in a row at the first point from some place on at which it may come. */
class RowDecider implements Decider {
  readonly #world: World;
  readonly #handler: number;
  readonly #from: number;
  readonly #budget: Budget;
  readonly #given: ReadonlyMap<number, number>;
  #left = 0;
  #hasBegun = false;
  #last = POINTS_OF_RUN_MAX;
  /** Points so far. */
  points = 0;
  /** What was drawn while the handler ran. */
  readonly draws: Draw[] = [];

  constructor(
    world: World,
    handler: number,
    from: number,
    budget: Budget,
    given: ReadonlyMap<number, number> = new Map(),
  ) {
    this.#budget = budget;
    this.#world = world;
    this.#handler = handler;
    this.#from = from;
    this.#given = given;
  }

  handler(): number {
    const world = this.#world;
    this.points += 1;
    this.#budget.points -= 1;
    if (this.points > this.#last) throw quiet.end;
    if (this.#hasBegun) return this.#next();
    if (this.#handler < 0 || this.points <= this.#from || !world.mayEnter(this.#handler)) return -1;
    this.#hasBegun = true;
    this.#last = this.points + POINTS_OF_RUN_MAX;
    this.#left = ROW_MAX;
    return this.#next();
  }

  #next(): number {
    const world = this.#world;
    // Points within the handler are not this one.
    if (world.contexts.depth > 1 || this.#left === 0) return -1;
    const before = ROW_MAX - this.#left;
    if (before > 0) world.footprints.looksAtRow(this.#handler, before);
    this.#left -= 1;
    if (this.#left > 0 && world.mayEnter(this.#handler)) return this.#handler;
    this.#left = 0;
    this.#last = this.points + POINTS_BEHIND_MAX;
    return -1;
  }

  input(draw: Draw): number {
    if (this.#hasBegun && this.#world.contexts.depth > 1) this.draws.push(draw);
    return this.#given.get(draw.index) ?? draw.usual;
  }
}

/** Gives what a row of entries draws other values, one and then two at a time. */
function tryInputs(
  world: World,
  handler: number,
  points: number,
  budget: Budget,
  attempt: (run: () => void) => void,
): void {
  const first = Math.max(0, points - 1);
  const run = (given: ReadonlyMap<number, number>): readonly Draw[] => {
    const decider = new RowDecider(world, handler, first, budget, given);
    attempt(() => world.run(decider, ignore));
    return decider.draws;
  };
  let left = INPUT_RUNS_MAX;
  const deepen = (given: ReadonlyMap<number, number>, more: number): void => {
    const draws = run(given);
    if (more === 0) return;
    const last = Math.max(-1, ...given.keys());
    for (const { index, values } of draws) {
      if (index <= last) continue;
      for (const value of values.slice(1)) {
        left -= 1;
        if (left < 0 || budget.points < 0) return;
        deepen(new Map([...given, [index, value]]), more - 1);
      }
    }
  };
  deepen(new Map(), 2);
}
