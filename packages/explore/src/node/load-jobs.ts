import { thrownText } from "@escapement/scenario";
import { ExploreError } from "../explore-errors.js";
import type { ExploreJob } from "../unit.js";
import { importModule, moduleName } from "./import-module.js";
import { moduleErrors } from "./module-errors.js";

/** Imports a jobs module and asks it for its jobs. */
export async function loadJobs(module: string, data: unknown): Promise<readonly ExploreJob[]> {
  const exported = await importModule(module);
  const name = moduleName(module);
  const make = exported.jobs;
  if (typeof make !== "function") {
    throw moduleErrors.noJobs({ name });
  }
  let jobs: unknown;
  try {
    jobs = await make(data);
  } catch (cause) {
    if (cause instanceof ExploreError) throw cause;
    throw moduleErrors.jobsThrew({ name, why: thrownText(cause) }, { cause });
  }
  if (Array.isArray(jobs)) return jobs;
  throw moduleErrors.jobsNoArray({ name });
}
