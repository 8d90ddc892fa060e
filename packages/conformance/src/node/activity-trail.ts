import { opSchemas, type RunActivity } from "@escapement/scenario";

/** Activities inside one another that are kept; what is deeper is left out. */
const DEPTH_MAX = 8;

/** Before the activities: signs of life, and how many activities there are. */
const BEATS = 0;
const DEPTH = 1;
const FIRST = 2;
const CELLS = FIRST + 2 * DEPTH_MAX;

/** Kinds besides the operations, which are numbered as in their table. */
const HANDLER = -1;
const SECOND_INTERRUPT = -2;

/** No activity was reported: the board does not say what it does. */
const UNTOLD = -1;

const numberOf = new Map<string, number>(opSchemas.map(({ op }, index) => [op, index]));

/** What a thread is at, in memory that another thread can read while the first is caught in a loop. */
export class ActivityTrail {
  /** The memory; hand it to the other thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** Over memory of its own, or that of another trail. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4 * CELLS)) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  /** Signs of life so far; wraps. */
  get beats(): number {
    return Atomics.load(this.#cells, BEATS);
  }

  /** Gives a sign of life. */
  beat(): void {
    Atomics.add(this.#cells, BEATS, 1);
  }

  /** Forgets what was under way. */
  clear(): void {
    Atomics.store(this.#cells, DEPTH, UNTOLD);
  }

  /** Writes down what is under way; a sign of life. */
  note(activities: readonly RunActivity[]): void {
    const cells = this.#cells;
    const depth = Math.min(activities.length, DEPTH_MAX);
    // The innermost say most.
    const from = activities.length - depth;
    for (let index = 0; index < depth; index += 1) {
      const doing = activities[from + index]?.doing;
      if (doing === undefined) break;
      cells[FIRST + 2 * index] = kindOf(doing);
      cells[FIRST + 2 * index + 1] = subjectOf(doing);
    }
    cells[DEPTH] = depth;
    this.beat();
  }

  /** What was under way at the last report, outermost first; nothing where there was none. */
  read(): readonly RunActivity[] | undefined {
    const depth = Atomics.load(this.#cells, DEPTH);
    if (depth === UNTOLD) return undefined;
    return Array.from({ length: depth }, (_, index) => {
      const kind = this.#cells[FIRST + 2 * index] ?? 0;
      return { context: 0, doing: doingOf(kind, this.#cells[FIRST + 2 * index + 1] ?? 0) };
    });
  }
}

type Doing = RunActivity["doing"];

function kindOf({ op }: Doing): number {
  if (op === "handler") return HANDLER;
  return op === "second-interrupt" ? SECOND_INTERRUPT : (numberOf.get(op) ?? 0);
}

function subjectOf(doing: Doing): number {
  if ("timer" in doing) return doing.timer;
  return "interrupt" in doing ? doing.interrupt : -1;
}

function doingOf(kind: number, subject: number): Doing {
  if (kind === HANDLER) return { op: "handler", timer: subject };
  if (kind === SECOND_INTERRUPT) return { op: "second-interrupt", interrupt: subject };
  const op = opSchemas[kind]?.op ?? "mark";
  const named = opSchemas[kind]?.fields.find(
    ({ kind: of }) => of === "timer" || of === "interrupt",
  );
  // For a text alone: the other arguments are not kept.
  return { op, ...(named && { [named.name]: subject }) } as Doing;
}
