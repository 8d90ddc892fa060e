import { counted } from "@escapement/timeline";
import type { Finding } from "../../law.js";
import type { BoardReport, LawResult } from "../../report.js";
import { isExplained, resultsOf } from "../failure.js";

/** A law that is broken on some boards. */
export interface BrokenLaw {
  /** Its result on the first of them. */
  readonly result: LawResult;
  /** The boards on which it is broken, at least one, in their order. */
  readonly reports: readonly [BoardReport, ...BoardReport[]];
}

/** Findings of one law that are written out. */
const findingsMax = 3;

/** Each broken law once, in the order of the catalogue; what a diagnosis says is not said again. */
export function brokenLaws(reports: readonly BoardReport[]): readonly BrokenLaw[] {
  const byId = new Map<string, { result: LawResult; reports: [BoardReport, ...BoardReport[]] }>();
  for (const { report, result } of resultsOf(reports, "fail")) {
    if (isExplained(report, result)) continue;
    const known = byId.get(result.id);
    if (known === undefined) byId.set(result.id, { result, reports: [report] });
    else known.reports.push(report);
  }
  return [...byId.values()];
}

/** Findings that say the same of different values or times, as the first of them. */
interface FoldedFinding {
  readonly finding: Finding;
  /** Whether the messages differ in the value of the sweep alone. */
  readonly others: number;
}

/**
 * What is wrong, a line for each kind of finding: those that differ in numbers alone are one line, with how
 * many more there are.
 */
export function findingLines({ findings, reason = "" }: LawResult): readonly string[] {
  if (findings === undefined || findings.length === 0) return reason === "" ? [] : [reason];
  const folded = fold(findings);
  const shown = folded.slice(0, findingsMax).map(({ finding, others }) => {
    const more = others === 0 ? "" : `; so ${counted(others, "time")} more, with other numbers`;
    return `${finding.message}${more}`;
  });
  const rest = folded.slice(findingsMax).reduce((sum, { others }) => sum + 1 + others, 0);
  return rest === 0 ? shown : [...shown, `and ${counted(rest, "more finding")}`];
}

function fold(findings: readonly Finding[]): readonly FoldedFinding[] {
  const byForm = new Map<string, FoldedFinding>();
  for (const finding of findings) {
    const form = finding.message.replaceAll(/\d+(?:\.\d+)?/g, "N");
    const known = byForm.get(form);
    byForm.set(
      form,
      known === undefined ? { finding, others: 0 } : { ...known, others: known.others + 1 },
    );
  }
  return [...byForm.values()];
}
