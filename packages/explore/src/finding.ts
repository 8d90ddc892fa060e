import { formatSchedule, type Schedule } from "./schedule.js";
import type { FindingAccess, SourcePlace } from "./source.js";

/** What a search can find. */
export type FindingKind =
  /** The law, or the program's own check, does not hold in a run. */
  | "law"
  /** Shared state was used unmasked where an interrupt that landed there uses it too. */
  | "race"
  /** The shared state was not well formed while interrupts were open. */
  | "registry"
  /** The program waits, and nothing can happen any more. */
  | "deadlock"
  /** The program never comes to its end. */
  | "livelock"
  /** Interrupts were masked over more points than allowed. */
  | "masked"
  /** The implementation threw, or the simulated hardware was used in an impossible way. */
  | "fault";

/** One thing that is wrong, with the shortest schedule found that shows it. */
export interface ExploreFinding {
  /** What sort of thing. */
  readonly kind: FindingKind;
  /** The case's name: the law's id, or the program's name. */
  readonly name: string;
  /** The value of the program's sweep variable. */
  readonly value: number;
  /** What was seen, in one sentence. */
  readonly message: string;
  /** The schedule's text; replay it with the same target, name and value. */
  readonly schedule: string;
  /** Where the trouble was seen, as a point of that run, where there is such a place. */
  readonly point?: number;
  /** Where in the trace, as an index into its records, where there is such a place. */
  readonly record?: number;
  /** The rule of the contract that is broken, where the program was judged by the whole contract. */
  readonly rule?: string;
  /** What distinguishes it from other findings of its kind; where it is absent, its sentence without the numbers. */
  readonly violation?: string;
  /** Where in its source, of a target that has one. */
  readonly source?: SourcePlace;
  /** The calls that led to what was held up, or to a crash, innermost first, as `function file:line:column`. */
  readonly stack?: readonly string[];
  /** What the interrupt came between, as `R·W·W`, where it did: it need not be what is wrong. */
  readonly pattern?: string;
  /** The variable of those three accesses. */
  readonly variable?: string;
  /** The three accesses, in order. */
  readonly accesses?: readonly FindingAccess[];
}

/** A finding before it is known by which schedule. */
export type FoundInRun = Omit<ExploreFinding, "schedule">;

type Distinct = Pick<ExploreFinding, "kind" | "message" | "violation">;

/** A message that differs in its numbers alone is the same thing. */
function keyOf({ kind, message, violation }: Distinct): string {
  return `${kind} ${violation ?? message.replace(/\d[\d.,\s]*/g, "#")}`;
}

/** Whether two findings are the same thing, seen twice. */
export function isSameFinding(one: Distinct, other: Distinct): boolean {
  return keyOf(one) === keyOf(other);
}

/** Keeps the shortest example of each distinct thing. */
export class FindingSet {
  readonly #most: number;
  readonly #found = new Map<string, { readonly finding: ExploreFinding; readonly moves: number }>();

  /** Keeps at most that many. */
  constructor(most: number) {
    this.#most = most;
  }

  /** How many there are. */
  get size(): number {
    return this.#found.size;
  }

  /** Adds one, unless there is the same thing with as few moves. */
  add(found: FoundInRun, schedule: Schedule): void {
    const key = keyOf(found);
    const moves = schedule.length;
    const known = this.#found.get(key);
    if (known === undefined ? this.#found.size >= this.#most : known.moves <= moves) return;
    this.#found.set(key, { finding: { ...found, schedule: formatSchedule(schedule) }, moves });
  }

  /** All of them, fewest moves first. */
  list(): readonly ExploreFinding[] {
    return [...this.#found.values()]
      .sort((one, other) => one.moves - other.moves)
      .map(({ finding }) => finding);
  }
}
