import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, WorkerReport } from "./job.js";

/** Silence after which a worker is given up. Its mutant gets `error`, never a kill: the clock decides nothing. */
const SILENCE_MS = 600_000;

/** Called with each report; `lost` when the worker died or fell silent. */
export type OnReport = (job: Job, report: WorkerReport | { readonly kind: "lost" }) => void;

/** Has workers do jobs, each one at a time. */
export async function runJobs(
  jobs: readonly Job[],
  workers: number,
  onReport: OnReport,
): Promise<void> {
  const waiting = [...jobs];
  const next = (): Job | undefined => waiting.shift();
  await Promise.all(Array.from({ length: workers }, () => serve(next, onReport)));
}

async function serve(next: () => Job | undefined, onReport: OnReport): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let job = next(); job !== undefined; job = next()) {
    worker ??= fork(fileURLToPath(new URL("worker.js", import.meta.url)));
    if (await isDone(worker, job, onReport)) continue;
    worker.kill("SIGKILL");
    worker = undefined;
  }
  worker?.send("close");
}

/** Sends a job; resolves when it is done, with false when the worker is of no more use. */
function isDone(worker: ChildProcess, job: Job, onReport: OnReport): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (done: boolean): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      if (!done) onReport(job, { kind: "lost" });
      resolve(done);
    };
    const timer = setTimeout(() => end(false), SILENCE_MS);
    worker.on("message", (report: WorkerReport) => {
      timer.refresh();
      onReport(job, report);
      if (report.kind === "done") end(true);
    });
    worker.on("exit", () => end(false));
    worker.on("error", () => end(false));
    worker.send(job);
  });
}
