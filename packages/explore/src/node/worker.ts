/* The program of a worker thread; `worker-thread.ts` talks to it. */
import { parentPort, workerData } from "node:worker_threads";
import { thrownText } from "@escapement/scenario";
import { ExploreError } from "../explore-errors.js";
import { searchFingerprint } from "../fingerprint.js";
import { runUnit } from "../run-unit.js";
import { type ExploreJob, lookAtCase, searchCases } from "../unit.js";
import { explainSilence } from "./explain-silence.js";
import { loadJobs } from "./load-jobs.js";
import { ScheduleMemory } from "./schedule-memory.js";
import type { WorkerReply, WorkerRequest, WorkerSetup } from "./worker-messages.js";

// Whoever started this thread gave it exactly that.
const { module, data, limits, random, beats, schedule } = workerData as WorkerSetup;
const counters = new Int32Array(beats);
const onLongRun = (): void => {
  Atomics.add(counters, 1, 1);
};
const memory = new ScheduleMemory(schedule);
let loaded: Promise<readonly ExploreJob[]> | undefined;

async function result(request: WorkerRequest): Promise<WorkerReply> {
  loaded ??= loadJobs(module, data);
  const jobs = await loaded;
  switch (request.kind) {
    case "load":
      return { kind: "load" };
    case "cases":
      return {
        kind: "cases",
        search: searchFingerprint(jobs, limits, random),
        cases: searchCases(jobs),
      };
    case "look":
      memory.write([]);
      return { kind: "look", look: lookAtCase(jobs, request, limits, { onLongRun }) };
    case "unit": {
      const onRun = (): boolean => {
        Atomics.add(counters, 0, 1);
        return true;
      };
      const report = runUnit(jobs, request.unit, {
        limits,
        ...(random !== undefined && { random }),
        onRun,
        onBegin: (begun) => memory.write(begun),
        onLongRun,
      });
      return { kind: "unit", report };
    }
    case "explain":
      return {
        kind: "explained",
        finding: explainSilence(jobs, request, request.schedule, limits),
      };
  }
}

function failed(error: unknown): WorkerReply {
  if (error instanceof ExploreError) {
    const { code, message, hint } = error;
    return { kind: "failed", code, message, hint };
  }
  const message = thrownText(error);
  return { kind: "failed", code: "cannot-run", message, hint: "Look at the jobs module." };
}

parentPort?.on("message", (request: WorkerRequest) => {
  result(request).then(
    (reply) => parentPort?.postMessage(reply),
    (error: unknown) => parentPort?.postMessage(failed(error)),
  );
});
