import type { ExploreError } from "@escapement/explore";
import {
  type BoardDescription,
  BoardError,
  estimateTicks,
  type Program,
  type Sweep,
  type Trace,
} from "@escapement/scenario";
import type { AvrMachine } from "./avr-machine.js";
import type { UnoFinding } from "./report.js";
import type { AvrRun } from "./run.js";
import { formatUnoSchedule } from "./schedule.js";
import { traceText } from "./trace-text.js";

/** What a check has to say against a trace. */
export interface LawFinding {
  /** What was seen and what was expected, in one sentence. */
  readonly message: string;
}

/** A program with its judge; a law makes one. */
export interface UnoCase {
  /** Its name in reports, such as a law's id. */
  readonly name: string;
  /** The program, for the board that {@link describeUno} tells of. */
  readonly program: Program;
  /**
   * Judges one iteration; nothing to say, all is well. `part` is the program of that iteration alone.
   */
  check(trace: Trace, description: BoardDescription, part: Program): readonly LawFinding[];
}

/** For what an estimate leaves out, such as finishing a lap. */
const SPARE_CYCLES = 4 * 65_536;

/** Makes findings of runs. */
export class CaseJudge {
  readonly findings: UnoFinding[] = [];
  readonly #case: UnoCase;
  readonly #board: BoardDescription;
  readonly #machine: AvrMachine;
  readonly #stopAfter: number;
  readonly #onFinding: ((finding: UnoFinding) => void) | undefined;
  readonly #verdicts = new Map<string, readonly LawFinding[]>();
  #part: Program;
  #value = 0;

  constructor(
    each: UnoCase,
    board: BoardDescription,
    machine: AvrMachine,
    stopAfter: number,
    onFinding: ((finding: UnoFinding) => void) | undefined,
  ) {
    this.#case = each;
    this.#board = board;
    this.#machine = machine;
    this.#stopAfter = stopAfter;
    this.#onFinding = onFinding;
    this.#part = each.program;
  }

  /** Whether there are findings enough. */
  get isFull(): boolean {
    return this.findings.length >= this.#stopAfter;
  }

  /** The next runs are of this iteration. */
  begin(number: number): void {
    const { program } = this.#case;
    const { from, step } = sweepOf(program);
    this.#value = from + number * step;
    const sweep: Sweep = { from: this.#value, count: 1, step: 1 };
    this.#part = program.sweep === undefined ? program : { ...program, sweep };
    this.#verdicts.clear();
  }

  /** What the iteration takes at most, in cycles, unless the firmware hangs: twice the estimate. */
  get plainCycles(): number {
    return 2 * estimateTicks(this.#part, this.#board) + SPARE_CYCLES;
  }

  /** Judges the run that the machine is at the end of; false when this iteration needs no more. */
  take(run: AvrRun): boolean {
    if (run.end === "ended" && !this.#machine.traceIsFull && this.#complaints().length === 0) {
      return true;
    }
    const finding = this.describe(run);
    this.findings.push(finding);
    this.#onFinding?.(finding);
    return !this.isFull && run.schedule.moves.length > 0;
  }

  /** The agent itself gave up after the last iteration. */
  takeFault({ message }: ExploreError): void {
    // The iteration's own finding says it better.
    if (this.findings.at(-1)?.iteration === this.#value) return;
    const finding = {
      case: this.#case.name,
      kind: "hang" as const,
      iteration: this.#value,
      schedule: formatUnoSchedule({ holdTicks: 0, moves: [] }),
      message,
      shows: "",
    };
    this.findings.push(finding);
    this.#onFinding?.(finding);
  }

  /** Tells of the run that the machine is at the end of. */
  describe({ schedule, word, end }: AvrRun): UnoFinding {
    const machine = this.#machine;
    const { trace, message: broken } = this.#read();
    const at = machine.map.place(machine.chip.cpu.pc);
    const wrong =
      end === "hang"
        ? {
            kind: "hang" as const,
            message: `the iteration does not end; the CPU is in ${at.function} (${at.source})`,
          }
        : trace === undefined
          ? { kind: "broken-trace" as const, message: broken }
          : {
              kind: "law" as const,
              message: this.#complaints()
                .map(({ message }) => message)
                .join("; "),
            };
    return {
      case: this.#case.name,
      ...wrong,
      iteration: this.#value,
      schedule: formatUnoSchedule(schedule),
      ...(word < 0 ? {} : { place: machine.map.place(word) }),
      shows: trace === undefined ? "" : traceText(trace),
      ...(trace === undefined ? {} : { trace }),
    };
  }

  #complaints(): readonly LawFinding[] {
    const bytes = this.#machine.traceBytes();
    const key = String.fromCharCode(...bytes);
    let known = this.#verdicts.get(key);
    if (known === undefined) {
      const { trace, message } = this.#read();
      known =
        trace === undefined ? [{ message }] : this.#case.check(trace, this.#board, this.#part);
      this.#verdicts.set(key, known);
    }
    return known;
  }

  #read(): { readonly trace?: Trace; readonly message: string } {
    if (this.#machine.traceIsFull) return { message: "the records did not fit the trace buffer" };
    try {
      return { trace: this.#machine.trace(), message: "" };
    } catch (error) {
      if (!(error instanceof BoardError)) throw error;
      return { message: `the trace buffer holds no trace: ${error.message}` };
    }
  }
}

/** A program's sweep; of one without, a sweep of one value. */
export function sweepOf(program: Program): Sweep {
  return program.sweep ?? { from: 0, count: 1, step: 1 };
}
