import { createSimBoard, type SimProfileName, simProfiles } from "@escapement/board-sim";
import type { Board, Trace } from "@escapement/scenario";
import type { Finding, Law, LawEnv } from "../../src/law.js";
import { lawEnv } from "../../src/law-env.js";
import { missingNeeds } from "../../src/missing-needs.js";

/** Names of the simulated chips. */
export const profileNames = Object.keys(simProfiles) as SimProfileName[];

/** A law's run on a board that was just reset. */
export interface LawRun {
  readonly trace: Trace;
  readonly env: LawEnv;
  readonly findings: readonly Finding[];
}

/** Capabilities that a law needs and a board lacks. */
export function missing(law: Law, board: Board): readonly string[] {
  return missingNeeds(law, board.describe());
}

/** Runs one law and judges its trace. */
export async function runLaw(law: Law, board: Board): Promise<LawRun> {
  await board.reset();
  const env = lawEnv(board.describe());
  const trace = await board.run(law.program(env));
  return { trace, env, findings: law.check(trace, env) };
}

/** A simulated board that can do all that the law needs. */
export function boardFor(law: Law): Board {
  const nested = law.needs.includes("nesting");
  return createSimBoard({ profile: nested ? "systick24" : "avr16" });
}
