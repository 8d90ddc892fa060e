import {
  ExploreError,
  type ExploreProgress,
  fingerprint,
  Ledger,
  type Shard,
  wholeNumber,
} from "@escapement/explore";
import { type BoardDescription, BoardError, type RunSignal } from "@escapement/scenario";
import { avrErrors } from "./avr-errors.js";
import { AvrMachine } from "./avr-machine.js";
import { CaseSearch } from "./case-search.js";
import { countCoverage } from "./coverage.js";
import { CoverageTotal } from "./coverage-total.js";
import { setsPhase } from "./holds.js";
import { Judge, sweepOf, type UnoProgram } from "./judge.js";
import type { UnoLimits, UnoReport, UnoUnitReport } from "./report.js";
import { describeUno, targetOf, type UnoTargetOptions } from "./target.js";

/** The limits of a search of the Uno that is given none. */
export const unoLimits: UnoLimits = {
  bound: 1,
  findingsMax: 5,
  prune: true,
  holds: true,
  stopAtFirst: false,
};

/** How far a search has come, and which program it is at. */
export interface UnoProgress extends ExploreProgress {
  /** The program's name. */
  readonly name: string;
}

/** Options of a search of the Uno. */
export interface ExploreUnoOptions extends UnoTargetOptions {
  /** Limits that are not to be {@link unoLimits}. */
  readonly limits?: Partial<UnoLimits>;
  /** Does only this share of the programs. */
  readonly shard?: Shard;
  /** Takes over the programs that are done in this report, and what they covered. */
  readonly resume?: UnoReport;
  /** Ends the search early, with a report of the programs done by then. */
  readonly signal?: RunSignal;
  /** Called after each iteration. What it throws ends the search. */
  readonly onProgress?: (progress: UnoProgress) => void;
}

/** A program as a piece of a search. */
interface UnoUnit {
  readonly id: string;
  readonly subject: UnoProgram;
}

/**
 * Puts the wrap and the timer's interrupts before every instruction of the firmware that a program
 * reaches, one move in each run, and judges each run by its trace.
 *
 * A *move* holds the CPU up before an instruction until the next wrap, compare match, or match of
 * the second interrupt has just happened, or until a tick before or after; all clocks go on, as
 * when a DMA transfer or a slow bus takes the CPU's cycles. The interrupt comes because the hardware
 * requests it: at once where interrupts are enabled, and when they are unmasked where they are not.
 * All moves of one run take at most `slackTicks` together, so an instruction with no event that
 * near ahead gets none. A match is as far ahead as the program has it; programs that sweep across
 * one bring it to their operations. The wrap may fall anywhere: unless the program sets the counter's
 * `phase` itself, iterations are also run with *holds*, chosen so that the wrap comes to what
 * has not had it. For that the CPU is held up before the iteration begins, while nothing of the
 * program runs, and that takes nothing of the slack. Each program has the wrap before each address at
 * each interrupt level, masked and not; and the search has it before each address by each chain of
 * calls that led there, in the first program that comes there. What runs only once the counter has
 * wrapped, such as the overflow's interrupt, cannot have another wrap so near.
 *
 * Points are the instructions of the HAL, the port, the interrupt entries and what those call; of
 * the agent around them, the first after each call and return. Waiting (`sleep`, `spin`) has none:
 * there the interrupts come in the plain run.
 *
 * A move before an instruction that touches no peripheral, not the interrupt flag, and no memory
 * but the stack (or any memory with interrupts masked) is equivalent to the same move before the next:
 * the same things happen in the same order, a few cycles apart. It is counted, not run.
 *
 * The same programs and options give the same report, but for `seconds`. The holds of a program depend
 * on what the programs before it have covered, so the shards of a search run more holds than the
 * search in one. What a firmware does wrong is a finding; a hang is one too.
 *
 * @throws ExploreError `invalid-argument`, `symbols`, `cannot-run`, or `report-mismatch` when `resume`
 * is the report of another search; BoardError for an image that cannot be read or does not reply.
 * Rejects with them, and with what a check or a callback throws.
 *
 * @example
 * ```ts
 * import { describeUno, exploreUno, unoPrograms } from "@escapement/explore-avr";
 * import { laws } from "@escapement/conformance";
 *
 * const chosen = laws.filter(({ id }) => id === "STOP-06");
 * const { units } = await exploreUno(unoPrograms(chosen, await describeUno()));
 * for (const { findings } of units) {
 *   for (const { schedule, place, message } of findings) console.log(schedule, place, message);
 * }
 * ```
 */
export async function exploreUno(
  programs: readonly UnoProgram[],
  options: ExploreUnoOptions = {},
): Promise<UnoReport> {
  const begun = performance.now();
  const { image, slackTicks } = targetOf(options);
  const limits = checkLimits(options.limits);
  const { shard, resume, signal } = options;
  const units = programs.map((subject): UnoUnit => ({ id: `uno ${subject.name}`, subject }));
  const texts = programs.map(({ name, program }) => [name, program]);
  const search = fingerprint([image.hex, image.stock, slackTicks, limits, ...texts]);
  const board = await describeUno(options);
  const ledger = new Ledger<UnoLimits, UnoUnit, UnoUnitReport>(
    { search, limits, units },
    shard,
    resume,
  );
  const machine = new AvrMachine(image, board.reference);
  const total = new CoverageTotal();
  for (const { coverage } of resume?.units ?? []) total.add(coverage.fresh);
  let runs = 0;
  for (let unit = ledger.next(); unit !== undefined; unit = ledger.next()) {
    const { name } = unit.subject;
    const search = new UnitSearch(unit, { machine, board, slackTicks, limits, total });
    const ended = await search.run(signal, () => {
      options.onProgress?.({ ...ledger.progress(runs + search.runs), name });
    });
    if (!ended) break;
    runs += search.runs;
    ledger.settle(search.report());
    options.onProgress?.({ ...ledger.progress(runs), name });
  }
  return {
    ...ledger.report((performance.now() - begun) / 1000),
    board,
    emulator: image.stock ? "stock" : "corrected",
    slackTicks,
  };
}

/** What all units of a search are searched with. */
interface UnitTools {
  readonly machine: AvrMachine;
  readonly board: BoardDescription;
  readonly slackTicks: number;
  readonly limits: UnoLimits;
  readonly total: CoverageTotal;
}

/** The search of one program. */
class UnitSearch {
  readonly #unit: UnoUnit;
  readonly #tools: UnitTools;
  readonly #search: CaseSearch;
  readonly #judge: Judge;
  #cases = 0;

  constructor(unit: UnoUnit, tools: UnitTools) {
    this.#unit = unit;
    this.#tools = tools;
    const { machine, board, slackTicks, total } = tools;
    const { bound, prune, findingsMax, holds } = tools.limits;
    const { subject } = unit;
    const reach = { bound, prune, slackTicks, holds: holds && !setsPhase(subject.program) };
    this.#search = new CaseSearch(machine, reach, total.paths);
    this.#judge = new Judge(subject, board, machine, findingsMax);
  }

  /** Runs made so far. */
  get runs(): number {
    const { schedules, holds } = this.#search.counts;
    return this.#cases + schedules + holds;
  }

  /** Searches iteration after iteration, and lets the host have its turn between; false when it was ended early. */
  async run(signal: RunSignal | undefined, onCase: () => void): Promise<boolean> {
    const { machine } = this.#tools;
    const judge = this.#judge;
    loadProgram(machine, this.#unit.subject);
    while (!judge.isFull) {
      if (signal?.aborted === true) return false;
      if (!hasNext(machine, judge)) break;
      judge.begin(this.#cases);
      const end = this.#search.run(judge.plainCycles, (run) => judge.take(run));
      if (end === "again") continue;
      this.#cases += 1;
      onCase();
      await new Promise((resolve) => setImmediate(resolve));
      if (end === "hang") break;
    }
    return true;
  }

  /** The unit's report. Traces are left out: a replay gives them again. */
  report(): UnoUnitReport {
    const { id, subject } = this.#unit;
    const { name, program } = subject;
    const { machine, total } = this.#tools;
    const { coverage, counts } = this.#search;
    const { from, count } = sweepOf(program);
    return {
      id,
      target: "uno",
      name,
      value: from,
      coverage: {
        cases: this.#cases,
        ...counts,
        runs: this.runs,
        ...countCoverage(coverage.marks, coverage.contexts),
        whole: this.#cases === count && !this.#judge.isFull,
        fresh: total.take(coverage, machine.map),
      },
      findings: this.#judge.findings.map(({ trace: _, ...finding }) => finding),
    };
  }
}

function checkLimits(given: Partial<UnoLimits> = {}): UnoLimits {
  const limits = { ...unoLimits, ...given };
  wholeNumber("bound", limits.bound, 1, 2);
  wholeNumber("findingsMax", limits.findingsMax, 1, 1_000_000);
  return limits;
}

/** Whether there is another iteration; a firmware that gave up is the judge's. */
function hasNext(machine: AvrMachine, judge: Judge): boolean {
  try {
    return machine.nextIteration();
  } catch (error) {
    if (!(error instanceof ExploreError)) throw error;
    judge.takeFault(error);
    return false;
  }
}

/**
 * Loads a program into the firmware's agent.
 *
 * @throws ExploreError `cannot-run` when the agent refuses it.
 */
export function loadProgram(machine: AvrMachine, { name, program }: UnoProgram): void {
  try {
    machine.load(program);
  } catch (cause) {
    if (!(cause instanceof ExploreError || cause instanceof BoardError)) throw cause;
    throw avrErrors.notLoaded({ name, why: cause.message }, { cause });
  }
}
