import { counted } from "@escapement/timeline";
import type { RandomReport } from "../../random/random-report.js";
import { annotatedFile, type GithubNote, type GithubSummary } from "../github-notes.js";
import { cleanRandomReport } from "./clean-random.js";
import { failedProgramParts } from "./failed-program.js";
import type { RandomCommandFor } from "./parts.js";

/** Reports of random programs for GitHub: each broken rule, and each board that ended early. */
export function randomNotes(
  given: readonly RandomReport[],
  options: { readonly commandFor?: RandomCommandFor } = {},
): Pick<GithubSummary, "sum" | "notes"> {
  const reports = given.map(cleanRandomReport);
  const notes = reports.flatMap((report) => [
    ...stoppedNotes(report),
    ...failureNotes(report, options.commandFor),
  ]);
  const programs = reports.reduce((sum, report) => sum + report.programs, 0);
  const rules = reports.flatMap(({ failures }) => failures.map(({ violation }) => violation.rule));
  const broken = new Set(rules).size;
  const sign = notes.length === 0 ? "✓" : "✗";
  const what = broken === 0 ? "no rule broken" : `${counted(broken, "rule")} broken`;
  const where = reports.length === 1 ? reports[0]?.board : counted(reports.length, "board");
  return { sum: `${sign} ${counted(programs, "program")} on ${where ?? ""}: ${what}`, notes };
}

function stoppedNotes({ board, stopped }: RandomReport): readonly GithubNote[] {
  if (stopped === undefined) return [];
  return [{ title: `${board} ended early: ${stopped.code}`, lines: [stopped.message] }];
}

function failureNotes(
  { board, description, programs, failures }: RandomReport,
  commandFor: RandomCommandFor | undefined,
): readonly GithubNote[] {
  return failures.map((failure) => {
    const { statement, expected, found, seen } = failedProgramParts(failure, {
      programs,
      ...(description && { frequencyHz: description.frequencyHz }),
    });
    return {
      id: failure.violation.rule,
      title: `fails on ${board}`,
      lines: [statement, `expected: ${expected}`, `found: ${found}`, seen],
      again: commandFor?.(board, failure.origin),
      file: annotatedFile(board),
    };
  });
}
