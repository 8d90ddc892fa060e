import { ExploreError } from "../explore-error.js";
import type { ExploreJob } from "../unit.js";

/** Imports a jobs module and asks it for its jobs. */
export async function loadJobs(module: string, data: unknown): Promise<readonly ExploreJob[]> {
  const exported = await importModule(module);
  const make = exported.jobs;
  if (typeof make !== "function") {
    throw new ExploreError(
      "cannot-run",
      `The module ${module} exports no function jobs`,
      "Export `jobs(data)`, which answers an array of { target, cases }.",
    );
  }
  let jobs: unknown;
  try {
    jobs = await make(data);
  } catch (cause) {
    if (cause instanceof ExploreError) throw cause;
    throw new ExploreError(
      "cannot-run",
      `jobs() of ${module} threw: ${textOf(cause)}`,
      "Look at what the module does with its data.",
      { cause },
    );
  }
  if (Array.isArray(jobs)) return jobs;
  throw new ExploreError(
    "cannot-run",
    `jobs() of ${module} answered no array`,
    "Answer an array of { target, cases }.",
  );
}

/**
 * Imports a module by its URL.
 *
 * @throws ExploreError `cannot-run` when that fails.
 */
export async function importModule(module: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(/* @vite-ignore */ module);
  } catch (cause) {
    throw new ExploreError(
      "cannot-run",
      `The module ${module} cannot be imported: ${textOf(cause)}`,
      "Is the file there, and is it an ES module that imports only what is installed?",
      { cause },
    );
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
