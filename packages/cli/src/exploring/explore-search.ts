import { url as inspectorUrl } from "node:inspector";
import { nodeGuard } from "@escapement/conformance/node";
import {
  type ExploreOptions,
  type ExploreProgress,
  type ExploreReport,
  explore,
} from "@escapement/explore";
import {
  checkJobs,
  exploreParallel,
  type LawJobsData,
  lawJobs,
  lawJobsModule,
} from "@escapement/explore/node";
import type { CallGuard } from "@escapement/scenario";
import { grouped } from "@escapement/timeline";
import type { CommandIo } from "../command-io.js";
import { timeText } from "../numbers.js";
import { progressLine } from "../progress-line.js";
import type { ExploreRequest } from "./explore-request.js";

/** Milliseconds between two texts of the progress line. */
const SHOW_MS = 100;

/** Runs a search, and shows on a terminal how far it is. */
export async function runSearch(
  io: CommandIo,
  request: ExploreRequest,
  signal: AbortSignal,
  resume: ExploreReport | undefined,
): Promise<ExploreReport> {
  const { data, limits, random, shard, workers } = request;
  const line = progressLine(io.stderr);
  const begun = performance.now();
  let shown = Number.NEGATIVE_INFINITY;
  let said = false;
  const onProgress = (progress: ExploreProgress): void => {
    // Said where nobody sees the line, too: a long search is to show that it began.
    if (!said) io.stderr.write(`${grouped(progress.planned)} units to search\n`);
    said = true;
    const now = performance.now();
    if (now - shown < SHOW_MS) return;
    shown = now;
    line.show(progressText(progress, (now - begun) / 1000));
  };
  const options: ExploreOptions = {
    limits,
    signal,
    onProgress,
    ...(random !== undefined && { random }),
    ...(shard !== undefined && { shard }),
    ...(resume !== undefined && { resume }),
  };
  try {
    if (workers === 0) {
      await checkOwnModule(data);
      return await explore(await lawJobs(data), { ...options, ...hereGuard() });
    }
    return await exploreParallel({
      ...options,
      module: lawJobsModule,
      data,
      ...(workers !== undefined && { workers }),
    });
  } finally {
    line.clear();
  }
}

/**
 * Sees that the module of a HAL of the user's can be used in this thread, which nobody can end.
 *
 * @throws ExploreError as `checkJobs`.
 */
export async function checkOwnModule(data: LawJobsData): Promise<void> {
  if (data.hal !== undefined) await checkJobs({ module: lawJobsModule, data });
}

/** One run takes well under a second; only silence takes longer. */
const RUN_MS = 10_000;

/** Ends a run in this thread that does not return; not under a debugger, where it may stand still. */
function hereGuard(): { readonly guard?: CallGuard } {
  return inspectorUrl() === undefined ? { guard: nodeGuard(RUN_MS) } : {};
}

/** How far, how fast, how much longer. */
export function progressText(progress: ExploreProgress, seconds: number): string {
  const { done, planned, takenOver, runs, findings } = progress;
  const rate = seconds > 0 ? Math.round(runs / seconds) : 0;
  const fresh = done - takenOver;
  const left = fresh > 0 ? `about ${timeText(((planned - done) * seconds) / fresh)} left` : "";
  return [
    `${grouped(done)}/${grouped(planned)} units`,
    `${grouped(runs)} schedules run`,
    `${grouped(rate)}/s`,
    `${findings} ${findings === 1 ? "finding" : "findings"}`,
    left,
  ]
    .filter((part) => part !== "")
    .join("  ");
}
