import {
  type BoardReport,
  type CommandFor,
  type GithubSummary,
  githubAnnotations,
  githubSummary,
  noteAnnotations,
  noteSummary,
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
  write(io, () => ({
    annotations: githubAnnotations(reports, { commandFor }),
    summary: () => githubSummary(reports, { commandFor, run }),
  }));
}

/** The same of what another command found; what it is asked for is made on a runner alone. */
export function writeGithubNotes(io: CommandIo, make: () => GithubSummary): void {
  write(io, () => {
    const made = make();
    return { annotations: noteAnnotations(made.notes), summary: () => noteSummary(made) };
  });
}

function write(
  io: CommandIo,
  make: () => { readonly annotations: string; readonly summary: () => string },
): void {
  if (io.env.GITHUB_ACTIONS !== "true") return;
  const { annotations, summary } = make();
  io.stderr.writeData(annotations);
  const file = (io.env.GITHUB_STEP_SUMMARY ?? "") || undefined;
  writeOutput(io, file, () => `${textOf(io, file ?? "")}${summary()}`);
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
