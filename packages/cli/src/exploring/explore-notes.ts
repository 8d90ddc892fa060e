import type { GithubNote, GithubSummary, RunFacts } from "@escapement/conformance";
import { type ExploreReport, summarize } from "@escapement/explore";
import { cleanLine } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { chosenFindings, commandOf } from "./explore-print.js";
import type { ExploreRequest } from "./explore-request.js";

/** A search for GitHub: the findings worth drawing, and the units that could not be searched. */
export function exploreNotes(
  report: ExploreReport,
  request: ExploreRequest,
  run: RunFacts,
): GithubSummary {
  const { findings, errors, cases, schedules } = summarize(report);
  const sign = findings + errors === 0 ? "✓" : "✗";
  const sum = `${sign} ${counted(findings, "finding")} in ${counted(schedules, "schedule")} of ${counted(cases, "case")}`;
  return { sum, notes: [...findingNotes(report, request), ...errorNotes(report)], run };
}

function findingNotes(report: ExploreReport, request: ExploreRequest): readonly GithubNote[] {
  return chosenFindings(report).map(({ target, finding }) => {
    const { name, kind, value, message, schedule } = finding;
    return {
      id: cleanLine(name),
      title: cleanLine(`on ${target}, ${kind}`),
      lines: [message, `value ${value}, schedule ${schedule}`].map(cleanLine),
      again: commandOf(finding, target, request),
    };
  });
}

function errorNotes({ units }: ExploreReport): readonly GithubNote[] {
  return units.flatMap(({ id, error }) =>
    error === undefined
      ? []
      : [
          {
            title: cleanLine(`${id} could not be searched: ${error.code}`),
            lines: [cleanLine(error.message)],
          },
        ],
  );
}
