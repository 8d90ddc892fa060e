import { annotatedFile, type GithubSummary, type RunFacts } from "@escapement/conformance";
import type { RaceFinding, RaceResult } from "@escapement/explore-c";
import { cleanLine } from "@escapement/scenario";
import { counted } from "@escapement/timeline";

/** A search for GitHub: each finding at its line. */
export function raceNotes(
  { findings, coverage, cut }: RaceResult,
  run: RunFacts,
  again: (finding: RaceFinding) => string,
): GithubSummary {
  const extent = cut === undefined ? "complete within its bounds" : "cut short";
  const sum = `${findings.length === 0 ? "✓" : "✗"} ${counted(findings.length, "finding")} in ${counted(coverage.runs, "run")}, ${extent}`;
  const notes = findings.map((finding) => {
    const { kind, pattern, message, place, schedule } = finding;
    const what = pattern === undefined ? kind : `${kind} ${pattern}`;
    const where = `${place.file}:${place.line}`;
    return {
      title: cleanLine(`${where}: ${what}`),
      lines: [cleanLine(message), cleanLine(`schedule ${schedule}`)],
      again: again(finding),
      file: annotatedFile(place.file),
      line: place.line,
      column: place.column,
    };
  });
  return { sum, notes, run };
}
