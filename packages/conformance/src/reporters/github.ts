import { type BoardReport, summarize } from "../report.js";
import { cleanReport } from "./clean-report.js";
import type { CommandFor } from "./failure.js";
import {
  annotatedFile,
  asShown,
  type GithubNote,
  noteAnnotations,
  noteSummary,
} from "./github-notes.js";
import type { RunFacts } from "./run/run-facts.js";
import { type BrokenLaw, brokenLaws, findingLines } from "./summary/folded.js";
import { sumLine } from "./summary.js";

/** What the texts for GitHub say besides the verdicts. */
export interface GithubOptions {
  /** The command that shows a broken law again. */
  readonly commandFor?: CommandFor;
  /** What is known of the run; the summary ends with it. */
  readonly run?: RunFacts;
}

/**
 * Broken laws as annotations of a GitHub workflow, a line each, `::error title=…::…`: the first ten, as GitHub
 * shows no more, each once for all boards; boards that were lost come before them. A board that is a file has
 * its annotation there. No lines where nothing is broken; every text is escaped as the format asks for.
 *
 * Pure. Ends with a newline, unless it is empty.
 */
export function githubAnnotations(
  given: readonly BoardReport[],
  options: GithubOptions = {},
): string {
  const reports = given.map(cleanReport);
  const stopped = reports.flatMap(({ board, stopped: why }) =>
    why === undefined
      ? []
      : [{ title: `${board} was lost during ${why.law}`, lines: [why.message] }],
  );
  return noteAnnotations(stopped) + noteAnnotations(lawNotes(reports, options));
}

/**
 * The summary of a step in Markdown: the sum, a row of counts for each board, and the broken laws with their
 * findings, as links to their pages. Texts of boards are shown as they are.
 *
 * Pure. Ends with a newline.
 */
export function githubSummary(given: readonly BoardReport[], options: GithubOptions = {}): string {
  const reports = given.map(cleanReport);
  return noteSummary({
    sum: sumLine(reports),
    table: [
      "| board | pass | fail | skip | error |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...reports.map(({ board, laws }) => {
        const { pass, fail, skip, error } = summarize(laws);
        return `| ${asShown(board)} | ${pass} | ${fail} | ${skip} | ${error} |`;
      }),
    ],
    notes: lawNotes(reports, options),
    run: options.run,
  });
}

function lawNotes(reports: readonly BoardReport[], options: GithubOptions): readonly GithubNote[] {
  return brokenLaws(reports).map((law) => lawNote(law, options));
}

function lawNote({ result, reports }: BrokenLaw, { commandFor }: GithubOptions): GithubNote {
  const [first] = reports;
  return {
    id: result.id,
    title: `fails on ${reports.map(({ board }) => board).join(", ")}`,
    lines: [result.statement, ...findingLines(result)],
    again: commandFor?.(first.board, result.id, result.failedProgram?.origin),
    file: annotatedFile(first.board),
  };
}
