import { Worker } from "node:worker_threads";

/**
 * Hands jobs to worker threads, to each the next one when it has posted the result of the one before.
 *
 * @param file the script of the workers: a URL
 * @param jobs what is handed out, in this order
 * @param onResult called with each result as it comes
 * @param options `workers`, how many there are at the most, and `workerData`
 */
export async function runJobs(file, jobs, onResult, { workers = 2, workerData } = {}) {
  const waiting = [...jobs];
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(file, { workerData });
      const next = () => {
        const job = waiting.shift();
        if (job !== undefined) worker.postMessage(job);
        else worker.terminate().then(resolve, reject);
      };
      worker.on("message", (result) => {
        onResult(result);
        next();
      });
      worker.on("error", reject);
      next();
    });
  await Promise.all(Array.from({ length: Math.min(workers, waiting.length) }, work));
}
