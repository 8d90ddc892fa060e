import { url as inspectorUrl } from "node:inspector";
import { nodeGuard } from "@escapement/conformance/node";
import { type ExploreOptions, type ExploreReport, explore } from "@escapement/explore";
import {
  checkJobs,
  exploreParallel,
  type LawJobsData,
  lawJobs,
  lawJobsModule,
} from "@escapement/explore/node";
import type { CallGuard } from "@escapement/scenario";
import type { CommandIo } from "../command-io.js";
import type { ExploreRequest } from "./explore-request.js";
import { searchProgress } from "./search-progress.js";

/** Runs a search, and shows on a terminal how far it is. */
export async function runSearch(
  io: CommandIo,
  request: ExploreRequest,
  signal: AbortSignal,
  resume: ExploreReport | undefined,
): Promise<ExploreReport> {
  const { data, limits, random, shard, workers } = request;
  const progress = searchProgress(io);
  const options: ExploreOptions = {
    limits,
    signal,
    onProgress: (each) => progress.show(each),
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
    progress.clear();
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
