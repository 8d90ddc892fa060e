import { excerptLines } from "@escapement/timeline";
import type { BoardReport, LawResult } from "../report.js";

/** One line: `STOP-04 fails on uno: 10 expiries, expected exactly 1`. */
export function failureLine(report: BoardReport, result: LawResult): string {
  const verb = result.verdict === "fail" ? "fails on" : "has no verdict on";
  return `${result.id} ${verb} ${report.board}: ${result.reason ?? ""}`;
}

/** The timeline of a broken law; no lines when there is nothing to show. */
export function failureTimeline(report: BoardReport, result: LawResult): readonly string[] {
  const frequencyHz = report.description?.frequencyHz;
  return excerptLines(result.excerpt ?? [], {
    ...(frequencyHz === undefined ? {} : { frequencyHz }),
    marked: (result.findings ?? []).flatMap(({ record }) => (record === undefined ? [] : [record])),
  });
}

/** The results of one verdict over all boards. */
export function resultsOf(
  reports: readonly BoardReport[],
  verdict: LawResult["verdict"],
): readonly { readonly report: BoardReport; readonly result: LawResult }[] {
  return reports.flatMap((report) =>
    report.laws.filter((law) => law.verdict === verdict).map((result) => ({ report, result })),
  );
}
