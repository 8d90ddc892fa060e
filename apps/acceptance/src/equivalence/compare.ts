import { type Board, BoardError, type Op, type Program } from "@escapement/scenario";
import { outcomeOf, sameOutcome } from "./outcome.js";
import { type Scale, scaled } from "./scale.js";

/** The reference at one speed. */
interface Twin {
  /** A simulated chip with the TypeScript HAL. */
  readonly board: Board;
  /** What each operation takes besides: the interpreter itself takes no time there. */
  readonly pauseTicks: number;
}

/** Two HALs side by side. */
export interface Comparison {
  /** The reference at the board's own speed, and at others. */
  readonly twins: readonly [Twin, ...Twin[]];
  /** What is compared with it. */
  readonly board: Board;
  /** Ticks of a quarter of a unit, on all of them. */
  readonly quarterTicks: number;
  /** What an operation takes on the board at the least. */
  readonly opTicks: number;
  /** What a long spin takes on the board for each tick asked for; as long as asked for on the twins. */
  readonly spinFactor: number;
  /** By how much times are moved to see whether the results of a program depend on them. */
  readonly jitterTicks: number;
}

/** What came of one plan. */
export type Compared =
  /** Both say the same. */
  | { readonly kind: "same"; readonly lines: readonly string[] }
  /** The results of the reference itself depend on its speed: nothing to compare. */
  | { readonly kind: "unsteady" }
  /** They differ, and no longer with times moved a little: the results of the board depend on its speed. */
  | { readonly kind: "excused" }
  /** The board has no room for the program or its trace. */
  | { readonly kind: "too-large" }
  /** They differ. */
  | {
      readonly kind: "different";
      readonly reference: readonly string[];
      readonly board: readonly string[];
    };

/** Times moved to see whether a program is steady, and where it differs, how often more. */
const JITTERS = 3;
const MORE_JITTERS = 11;
const BOARD_JITTERS = 6;

/**
 * Runs a plan on the reference at several speeds, and where that agrees on the board.
 *
 * Where they differ, both are asked again with times moved a little: a program whose results depend on
 * speed is no evidence. The board is excused only where it gives the reference's own returns then.
 */
export async function compare(plan: Program, sides: Comparison): Promise<Compared> {
  const { twins, board } = sides;
  const twinAt = (jitter: number): Twin => twins[jitter % twins.length] ?? twins[0];
  const ask = (on: Board, jitter: number, pauseTicks: number): Promise<string[]> =>
    outcome(on, plan, {
      quarterTicks: sides.quarterTicks,
      jitterTicks: jitter === 0 ? 0 : sides.jitterTicks,
      seed: jitter,
      opTicks: sides.opTicks,
      spinFactor: on === board ? sides.spinFactor : 1,
      pauseTicks,
    });
  const askTwin = (jitter: number): Promise<string[]> => {
    const twin = twinAt(jitter);
    return ask(twin.board, jitter, twin.pauseTicks);
  };
  const reference = await askTwin(0);
  for (let jitter = 1; jitter <= JITTERS; jitter++) {
    if (!sameOutcome(await askTwin(jitter), reference)) return { kind: "unsteady" };
  }
  try {
    const lines = await ask(board, 0, 0);
    if (sameOutcome(lines, reference)) return { kind: "same", lines };
    for (let jitter = JITTERS + 1; jitter <= MORE_JITTERS; jitter++) {
      if (!sameOutcome(await askTwin(jitter), reference)) return { kind: "unsteady" };
    }
    for (let jitter = 1; jitter <= BOARD_JITTERS; jitter++) {
      if (sameOutcome(await ask(board, jitter, 0), reference)) return { kind: "excused" };
    }
    return { kind: "different", reference, board: lines };
  } catch (error) {
    if (!(error instanceof BoardError)) throw error;
    if (["program-too-large", "trace-too-large"].includes(error.code)) return { kind: "too-large" };
    if (error.code !== "board-fault") throw error;
    return { kind: "different", reference, board: [`${error.code}: ${error.message}`] };
  }
}

/** Runs a plan, with time at its end for what is still due. */
async function outcome(board: Board, plan: Program, scale: Scale): Promise<string[]> {
  const main: Op[] = [...plan.main, { op: "sleep", ticks: 5 }];
  await board.reset();
  return outcomeOf(plan, await board.run(scaled({ ...plan, main }, scale)), scale.quarterTicks);
}
