import type { Finding as LawFinding } from "@escapement/conformance";
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

/** A program to search on the Uno, with what is to hold in every run; `unoPrograms` makes one of a law. */
export interface UnoProgram {
  /** Its name in reports, such as a law's id. */
  readonly name: string;
  /** The program, for the board that `describeUno` returns. */
  readonly program: Program;
  /**
   * Judges one iteration: no finding, all holds. Pure. `part` is the program of that iteration alone.
   */
  readonly check: (trace: Trace, part: Program) => readonly LawFinding[];
}

/** For what an estimate leaves out, such as finishing a lap. */
const SPARE_CYCLES = 4 * 65_536;

/** Makes findings of runs. */
export class Judge {
  readonly findings: UnoFinding[] = [];
  readonly #subject: UnoProgram;
  readonly #board: BoardDescription;
  readonly #machine: AvrMachine;
  readonly #findingsMax: number;
  readonly #verdicts = new Map<string, readonly LawFinding[]>();
  #part: Program;
  #value = 0;

  constructor(
    subject: UnoProgram,
    board: BoardDescription,
    machine: AvrMachine,
    findingsMax: number,
  ) {
    this.#subject = subject;
    this.#board = board;
    this.#machine = machine;
    this.#findingsMax = findingsMax;
    this.#part = subject.program;
  }

  /** Whether there are findings enough. */
  get isFull(): boolean {
    return this.findings.length >= this.#findingsMax;
  }

  /** The next runs are of this iteration. */
  begin(number: number): void {
    const { program } = this.#subject;
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
    if (run.end === "ended" && !this.#machine.traceIsFull && this.#broken().length === 0) {
      return true;
    }
    this.findings.push(this.describe(run));
    return !this.isFull && run.schedule.moves.length > 0;
  }

  /** The agent itself gave up after the last iteration. */
  takeFault({ message }: ExploreError): void {
    // The iteration's own finding says it better.
    if (this.findings.at(-1)?.value === this.#value) return;
    const schedule = formatUnoSchedule({ holdTicks: 0, moves: [] });
    const { name } = this.#subject;
    this.findings.push({
      kind: "livelock",
      name,
      value: this.#value,
      schedule,
      message,
      shows: "",
    });
  }

  /** Describes the run that the machine is at the end of. */
  describe(run: AvrRun): UnoFinding {
    const { schedule, word } = run;
    const read = this.#read();
    const { trace } = read;
    return {
      name: this.#subject.name,
      ...this.#wrong(run, read),
      value: this.#value,
      schedule: formatUnoSchedule(schedule),
      ...(word < 0 ? {} : { place: this.#machine.map.place(word) }),
      shows: trace === undefined ? "" : traceText(trace),
      ...(trace === undefined ? {} : { trace }),
    };
  }

  #wrong({ end }: AvrRun, { trace, message }: ReadTrace): Pick<UnoFinding, "kind" | "message"> {
    if (end === "hang") {
      const at = this.#machine.map.place(this.#machine.chip.cpu.pc);
      const where = `${at.function} (${at.source})`;
      return {
        kind: "livelock",
        message: `the iteration does not end; the CPU is in ${where}`,
      };
    }
    if (trace === undefined) return { kind: "fault", message };
    const broken = this.#broken().map((finding) => finding.message);
    return { kind: "law", message: broken.join("; ") };
  }

  #broken(): readonly LawFinding[] {
    const bytes = this.#machine.traceBytes();
    const key = String.fromCharCode(...bytes);
    let known = this.#verdicts.get(key);
    if (known === undefined) {
      const { trace, message } = this.#read();
      known = trace === undefined ? [{ message }] : this.#subject.check(trace, this.#part);
      this.#verdicts.set(key, known);
    }
    return known;
  }

  #read(): ReadTrace {
    if (this.#machine.traceIsFull) return { message: "the records did not fit the trace buffer" };
    try {
      return { trace: this.#machine.trace(), message: "" };
    } catch (error) {
      if (!(error instanceof BoardError)) throw error;
      return { message: `the trace buffer holds no trace: ${error.message}` };
    }
  }
}

/** A trace, or why there is none. */
interface ReadTrace {
  readonly trace?: Trace;
  readonly message: string;
}

/** A program's sweep; of one without, a sweep of one value. */
export function sweepOf(program: Program): Sweep {
  return program.sweep ?? { from: 0, count: 1, step: 1 };
}
