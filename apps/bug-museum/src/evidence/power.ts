import { describeViolation, runRandomPrograms } from "@escapement/conformance";
import type { Board } from "@escapement/scenario";

/** Random programs until a bug was noticed, from one first seed. */
export interface Hunt {
  /** The first seed. */
  readonly seed: number;
  /** Programs that it took, the one that noticed it included; absent where none did. */
  readonly programs?: number;
  /** What was noticed first. */
  readonly message?: string;
  /** Why the hunt ended before its time: the bug ended the board. */
  readonly stopped?: string;
}

/** First seeds of the hunts for a bug; their median is what is shown. */
export const huntSeeds: readonly number[] = [1, 1_000_001, 2_000_001];

/** Random programs within which a bug that a trace can show has to be noticed. */
export const huntMax = 20_000;

/**
 * Runs random programs on a board with a bug until one is judged to break the contract; `onProgram` is called
 * after each with how many there were.
 */
export async function hunt(
  board: Board,
  seed: number,
  most = huntMax,
  onProgram: (programs: number) => void = () => {},
): Promise<Hunt> {
  const report = await runRandomPrograms(board, {
    seed,
    runs: most,
    failuresMax: 1,
    shrinkRuns: 0,
    onProgress: ({ programs }) => onProgram(programs),
  });
  const [failure] = report.failures;
  const { stopped } = report;
  if (failure === undefined) {
    return { seed, ...(stopped && { stopped: `${stopped.code}: ${stopped.message}` }) };
  }
  const { violation } = failure;
  return { seed, programs: report.programs, message: describeViolation(violation) };
}

/** The median of what the hunts for a bug took; `Infinity` where most of them noticed nothing. */
export function medianOf(hunts: readonly Hunt[]): number {
  return middle(hunts.map(({ programs }) => programs ?? Number.POSITIVE_INFINITY));
}

/** The middle one of some numbers; of two in the middle, the greater. */
export function middle(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => (one < other ? -1 : 1));
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}
