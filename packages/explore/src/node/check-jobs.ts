import { defaultLimits } from "../limits.js";
import type { ParallelOptions } from "./parallel.js";
import { memoryMbDefault, silenceMsDefault, WorkerThread } from "./worker-thread.js";

/**
 * Loads a jobs module in a thread and asks it for its cases, to see that both come to an end: for
 * whoever is about to do the same in a thread of their own, which nobody can end.
 *
 * @throws ExploreError `endless-program` when it gives no sign of life, `worker-lost` when its thread ends,
 * `cannot-run` when it cannot be used.
 */
export async function checkJobs(
  options: Pick<ParallelOptions, "module" | "data" | "silenceMs" | "memoryMb">,
): Promise<void> {
  const { module, data, silenceMs = silenceMsDefault, memoryMb = memoryMbDefault } = options;
  const limits = defaultLimits;
  const setup = { module: String(module), data, limits, random: undefined };
  const thread = new WorkerThread({ ...setup, silenceMs, memoryMb });
  try {
    await thread.ask({ kind: "cases" });
  } finally {
    await thread.end();
  }
}
