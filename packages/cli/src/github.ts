import {
  type BoardReport,
  type CommandFor,
  githubAnnotations,
  githubSummary,
  type RunFacts,
} from "@escapement/conformance";
import type { CommandIo } from "./command-io.js";
import { writeOutput } from "./reports.js";

/**
 * On GitHub's runners: broken laws as annotations, on stderr so that reports on stdout stay whole, and
 * the summary of the step, behind what other commands have written there. Nothing anywhere else.
 */
export function writeGithub(
  io: CommandIo,
  reports: readonly BoardReport[],
  commandFor: CommandFor,
  run: RunFacts,
): void {
  if (io.env.GITHUB_ACTIONS !== "true") return;
  io.stderr.writeData(githubAnnotations(reports, { commandFor }));
  const file = (io.env.GITHUB_STEP_SUMMARY ?? "") || undefined;
  writeOutput(
    io,
    file,
    () => `${textOf(io, file ?? "")}${githubSummary(reports, { commandFor, run })}`,
  );
}

/** What is in the file already; nothing where it is not there yet. */
function textOf(io: CommandIo, file: string): string {
  try {
    const text = io.readFile(file);
    return text === "" || text.endsWith("\n") ? text : `${text}\n`;
  } catch {
    return "";
  }
}
