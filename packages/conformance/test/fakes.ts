import type {
  Board,
  BoardDescription,
  Program,
  RunOptions,
  Trace,
  TraceRecord,
} from "@escapement/scenario";
import type { Finding, Law } from "../src/index.js";

/** A description with every default that the tests do not care about. */
export function description(part: Partial<BoardDescription> = {}): BoardDescription {
  return {
    name: "fake",
    counterBits: 16,
    frequencyHz: 1_000_000,
    capabilities: ["mask"],
    timers: 2,
    maxDelayTicks: 2 ** 31 - 1,
    latencies: { lateTicks: 4, minDeltaTicks: 1, opTicks: 2 },
    ...part,
  };
}

/** One expiry at each time. */
export function expiries(...times: readonly number[]): Trace {
  const records: TraceRecord[] = [{ kind: "iteration", value: 0, at: 0 }];
  for (const at of times) {
    records.push({ kind: "expiry", timer: 0, context: 1, at, scheduled: at });
  }
  return { records };
}

/** What a fake board does in its n-th run, counted from 1. */
type OpResult = (run: number, options: RunOptions | undefined) => Trace | Promise<Trace>;

/** A board that makes each trace by a function, and keeps count of what it was asked. */
export class FakeBoard implements Board {
  readonly asked: string[] = [];
  readonly #result: OpResult;
  readonly #about: BoardDescription;
  #runs = 0;

  constructor(result: OpResult, about: BoardDescription = description()) {
    this.#result = result;
    this.#about = about;
  }

  describe(): BoardDescription {
    return this.#about;
  }

  async run(_program: Program, options?: RunOptions): Promise<Trace> {
    this.asked.push("run");
    this.#runs += 1;
    return this.#result(this.#runs, options);
  }

  async reset(): Promise<void> {
    this.asked.push("reset");
  }

  async close(): Promise<void> {
    this.asked.push("close");
  }
}

/** A program with so many timers and nothing to do. */
function emptyProgram(timers = 1): Program {
  const spec = {
    mode: "periodic",
    period: 500,
    dispatch: "hard",
    overrun: "coalesce",
    late: "fire",
    quiet: false,
    handler: [],
  } as const;
  return { timers: Array.from({ length: timers }, () => spec), interrupts: [], main: [] };
}

/** A law that wants exactly one expiry, with whatever the test changes. */
export function law(part: Partial<Law> = {}): Law {
  return {
    id: "STOP-04",
    title: "stopped by its own handler",
    statement: "A periodic timer stopped by its own handler does not fire again.",
    origin: ["a test"],
    rules: ["STOP-04"],
    needs: [],
    program: () => emptyProgram(),
    check: onlyOneExpiry,
    ...part,
  };
}

function onlyOneExpiry(trace: Trace): readonly Finding[] {
  const seen = trace.records.flatMap((record, index) => (record.kind === "expiry" ? [index] : []));
  const second = seen[1];
  if (second === undefined) return [];
  return [{ message: `${seen.length} expiries, expected exactly 1`, record: second }];
}

/** Four laws, so that each verdict can be had on one board. */
export const catalogue: readonly Law[] = [
  law(),
  law({ id: "STOP-05", title: "needs nesting", needs: ["nesting", "mask"] }),
  law({ id: "ARM-01", title: "needs many timers", program: () => emptyProgram(9) }),
  law({ id: "READ-01", title: "holds", check: () => [] }),
];
