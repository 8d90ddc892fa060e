import { generateProgram, judgeTrace, keptProgramsLaw } from "@escapement/conformance";
import { type Board, BoardError } from "@escapement/scenario";
import { TooManySteps } from "../builds/step-guard.js";
import { isBroken } from "./laws.js";
import type { Result } from "./means.js";

/** A board with the mutant and the same board with the HAL as it is. */
export interface ProgramBoard {
  /** Its name. */
  readonly name: string;
  /** The board with the mutant, open. */
  readonly board: Board;
  /** The board without. */
  readonly control: Board;
}

/** Options of {@link judgeByRandom}. */
export interface RandomOptions {
  /** How many programs, shared out among the boards in turn. */
  readonly programs: number;
  /** What killed it last time, `seed @ board`: asked first. */
  readonly known: string | undefined;
  /** Called before each program. */
  readonly beforeProgram?: () => void;
}

/**
 * Random programs on boards, with the judge: seed after seed, each on the next board. `by` is `seed @ board`.
 *
 * A program that the judge does not take from the HAL as it is, either, shows nothing and is left out: that is a
 * fault of the judge or of the HAL, and not what is measured here.
 */
export async function judgeByRandom(
  boards: readonly ProgramBoard[],
  { programs, known, beforeProgram = () => {} }: RandomOptions,
): Promise<Result> {
  const isKilledBy = async (seed: number, on: ProgramBoard): Promise<boolean> => {
    beforeProgram();
    if (!(await isWrong(on.board, seed))) return false;
    beforeProgram();
    return !(await isWrong(on.control, seed));
  };
  const killed = (seed: number, { name }: ProgramBoard): Result => ({
    verdict: "killed",
    by: `${seed} @ ${name}`,
  });
  const [seedText, knownBoard] = known?.split(" @ ") ?? [];
  const before = boards.find(({ name }) => name === knownBoard);
  if (
    before !== undefined &&
    seedText !== keptProgramsLaw &&
    (await isKilledBy(Number(seedText), before))
  ) {
    return killed(Number(seedText), before);
  }
  // Programs that once showed a fault come before those that are drawn.
  for (const { name, board } of boards) {
    beforeProgram();
    if (await isBroken(board, keptProgramsLaw))
      return { verdict: "killed", by: `${keptProgramsLaw} @ ${name}` };
  }
  for (let seed = 1; seed <= programs; seed += 1) {
    const on = boards[seed % boards.length];
    if (on !== undefined && (await isKilledBy(seed, on))) return killed(seed, on);
  }
  return { verdict: "survived" };
}

async function isWrong(board: Board, seed: number): Promise<boolean> {
  try {
    await board.reset();
    const description = board.describe();
    const program = generateProgram(seed, description);
    const trace = await board.run(program);
    return judgeTrace(program, trace, description).length > 0;
  } catch (error) {
    // A HAL that never lets its board come to an end is a wrong one; a line that breaks is not.
    if (error instanceof TooManySteps) return true;
    if (error instanceof BoardError) return error.code === "never-ends";
    throw error;
  }
}
