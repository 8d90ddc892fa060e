import { thrownText } from "@escapement/scenario";
import { ExploreError } from "../explore-error.js";
import type { ExploreJob } from "../unit.js";
import { importModule, moduleName, refused } from "./import-module.js";

/** Imports a jobs module and asks it for its jobs. */
export async function loadJobs(module: string, data: unknown): Promise<readonly ExploreJob[]> {
  const exported = await importModule(module);
  const name = moduleName(module);
  const make = exported.jobs;
  if (typeof make !== "function") {
    throw refused(
      `The module ${name} exports no function jobs`,
      "Export `jobs(data)`, which returns an array of { target, cases }.",
    );
  }
  let jobs: unknown;
  try {
    jobs = await make(data);
  } catch (cause) {
    if (cause instanceof ExploreError) throw cause;
    throw refused(
      `jobs() of ${name} threw: ${thrownText(cause)}`,
      "Look at what the module does with its data.",
      cause,
    );
  }
  if (Array.isArray(jobs)) return jobs;
  throw refused(`jobs() of ${name} returned no array`, "OpResult an array of { target, cases }.");
}
