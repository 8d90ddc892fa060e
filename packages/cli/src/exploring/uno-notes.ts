import type { GithubNote, GithubSummary, RunFacts } from "@escapement/conformance";
import type { Shard } from "@escapement/explore";
import { summarizeUno, type UnoFinding, type UnoReport } from "@escapement/explore-avr";
import { cleanLine } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import { isWhole, placeText } from "./uno-print.js";

/** A search of the Uno for GitHub: the first finding of each law and kind, with its instruction. */
export function unoNotes(
  report: UnoReport,
  shard: Shard | undefined,
  again: (finding: UnoFinding) => string,
  run: RunFacts,
): GithubSummary {
  const { findings, schedules, cases } = summarizeUno(report);
  const isSearched = isWhole(report, shard);
  const sign = findings === 0 && isSearched ? "✓" : "✗";
  const end = isSearched ? "" : ", not searched to the end";
  const sum = `${sign} ${counted(findings, "finding")} in ${counted(schedules, "schedule")} of ${counted(cases, "case")} on uno${end}`;
  return { sum, notes: firstOfEach(report).map((finding) => noteOf(finding, again)), run };
}

function firstOfEach({ units }: UnoReport): readonly UnoFinding[] {
  const first = new Map<string, UnoFinding>();
  for (const finding of units.flatMap(({ findings }) => findings)) {
    const key = `${finding.name} ${finding.kind}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}

function noteOf(finding: UnoFinding, again: (finding: UnoFinding) => string): GithubNote {
  const { name, kind, value, schedule, message } = finding;
  return {
    id: cleanLine(name),
    title: cleanLine(`on uno, ${kind}`),
    lines: [message, `value ${value}, schedule ${schedule}, ${placeText(finding)}`].map(cleanLine),
    again: again(finding),
  };
}
