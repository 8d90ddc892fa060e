import {
  describeViolation,
  judgeTrace,
  lawEnv,
  laws,
  missingNeeds,
  programSource,
} from "@escapement/conformance";
import { type Board, BoardError } from "@escapement/scenario";
import type { ChunkResult } from "./judge-programs.js";

/** Runs the program of every law on a board, and judges it by the whole contract. */
export async function judgeLaws(board: Board, name: string): Promise<ChunkResult> {
  const env = lawEnv(board.describe());
  const result = { programs: 0, noRoom: 0, alarms: [] as ChunkResult["alarms"][number][] };
  for (const law of laws) {
    if (missingNeeds(law, env.board).length > 0) continue;
    const program = law.program(env);
    if (program.timers.length > env.board.timers) continue;
    try {
      await board.reset();
      const trace = await board.run(program);
      result.programs += 1;
      const [violation] = judgeTrace(program, trace, env.board);
      if (violation === undefined) continue;
      const { rule } = violation;
      const message = describeViolation(violation);
      const source = programSource(program);
      result.alarms.push({ board: name, program: law.id, rule, message, count: 1, source });
    } catch (error) {
      if (!(error instanceof BoardError)) throw error;
      if (error.code !== "program-too-large" && error.code !== "trace-too-large") throw error;
      result.noRoom += 1;
    }
  }
  return result;
}
