import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNativeAgent, fakeStepAgent, nativeStepAgent, type StepAgent } from "./agents.js";
import { expectedTrace, type FaultRun, runWithFault } from "./fault-run.js";

/** Which agent is behind the line, and which runs to make. */
export interface FaultRunsOptions {
  readonly agent: "firmware" | "typescript" | "forgetful";
  readonly firstSeed: number;
  readonly runs: number;
  /** The firmware's `native.mjs`, where that is not found from here. */
  readonly nativeScript?: string;
}

/** Makes runs with faults of successive seeds, one after the other. */
export async function runFaults(options: FaultRunsOptions): Promise<FaultRun[]> {
  const folder = mkdtempSync(join(tmpdir(), "escapement-faults-"));
  let agent: StepAgent | undefined;
  try {
    agent =
      options.agent === "firmware"
        ? nativeStepAgent(buildNativeAgent(folder, options.nativeScript))
        : fakeStepAgent(options.agent === "forgetful");
    const expected = await expectedTrace(agent);
    const runs: FaultRun[] = [];
    for (let run = 0; run < options.runs; run++) {
      runs.push(await runWithFault(options.firstSeed + run, agent, expected));
    }
    return runs;
  } finally {
    agent?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
