import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import { openUnoBoard } from "@escapement/board-uno";
import {
  type BoardReport,
  type Law,
  lawEnv,
  laws,
  runConformance,
  skipReason,
} from "@escapement/conformance";
import { type Board, type IterationView, type TraceRecord, traceView } from "@escapement/scenario";

/** One iteration of a law's program, as a simulated board ran it. */
export interface Iteration {
  /** The board. */
  readonly board: string;
  /** Its ticks per second. */
  readonly frequencyHz: number;
  /** What happened. */
  readonly records: readonly TraceRecord[];
  /** Which iteration of the sweep, from 1. */
  readonly number: number;
  /** How many there were. */
  readonly count: number;
  /** The sweep's variable. */
  readonly value: number;
}

/** What the law pages are made from. */
export interface SuiteRun {
  /** Every law on every board, the emulated Uno last. */
  readonly reports: readonly BoardReport[];
  /**
   * Of each law's program the iterations on both sides of the boundary, or one where there is none, on the first board
   * of the drawing order that can do it.
   */
  readonly iterations: ReadonlyMap<string, readonly Iteration[]>;
}

/** The board whose runs are drawn, and the one for laws that it has no capability for. */
const drawnBoards: readonly SimProfileName[] = ["avr16", "systick24"];

/** Runs every law on every board that is there without hardware, and keeps one run of each program. */
export async function runSuite(): Promise<SuiteRun> {
  const reports: BoardReport[] = [];
  for (const profile of Object.values(simProfiles)) {
    reports.push(await reportOf(createSimBoard({ profile })));
  }
  reports.push(await reportOf(await openUnoBoard()));
  const iterations = new Map<string, readonly Iteration[]>();
  for (const profile of drawnBoards) {
    const board = createSimBoard({ profile });
    for (const law of laws) {
      if (iterations.has(law.id) || skipReason(law, board.describe()) !== undefined) continue;
      iterations.set(law.id, await iterationsOf(board, law));
    }
    await board.close();
  }
  return { reports, iterations };
}

async function reportOf(board: Board): Promise<BoardReport> {
  try {
    return await runConformance(board);
  } finally {
    await board.close();
  }
}

async function iterationsOf(board: Board, law: Law): Promise<readonly Iteration[]> {
  const description = board.describe();
  await board.reset();
  const trace = await board.run(law.program(lawEnv(description)));
  const all = traceView(trace).iterations;
  const { name, frequencyHz } = description;
  const chosen = clearestIterations(all).flatMap((index) => {
    const iteration = all[index];
    if (iteration === undefined) return [];
    const { records, value } = iteration;
    return [{ board: name, frequencyHz, records, number: index + 1, count: all.length, value }];
  });
  if (chosen.length === 0) throw new Error(`${law.id} left no iteration on ${name}`);
  return chosen;
}

/** The iterations on both sides of the first change of the outcome, where a race tips; else the middle one. */
function clearestIterations(all: readonly IterationView[]): readonly number[] {
  const outcomes = all.map((iteration) => {
    const words = iteration.records.map((record) => {
      return record.kind === "call" ? `${record.op} ${record.result}` : record.kind;
    });
    return words.join(" ");
  });
  const tipped = outcomes.findIndex(
    (outcome, index) => index > 0 && outcome !== outcomes[index - 1],
  );
  return tipped < 0 ? [Math.floor(all.length / 2)] : [tipped - 1, tipped];
}
