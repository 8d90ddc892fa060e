import type { BoardReport, LawResult } from "../report.js";
import { failureProgram, failureTimeline } from "./failure.js";
import {
  boardProperties,
  type JunitCase,
  type JunitOptions,
  type JunitOutcome,
  type JunitSuite,
  junitDocument,
} from "./junit-parts.js";
import { lawLines } from "./law-page.js";

/**
 * Writes reports as JUnit XML: a test suite for each board, a test case for each law.
 *
 * Keeps to what the Ant schema (JUnit.xsd, Windy Road) and Jenkins both take: broken laws are
 * `failure`, laws without a verdict `error`, skipped ones `skipped` with the reason as its message.
 */
export function junitReport(reports: readonly BoardReport[], options: JunitOptions = {}): string {
  return junitDocument(reports.map(suite), options);
}

function suite(report: BoardReport): JunitSuite {
  const { board, laws, description, diagnosis } = report;
  return {
    board,
    properties: [
      ...boardProperties(description),
      ...(diagnosis === undefined
        ? []
        : [["diagnosis", `${diagnosis.message} (${diagnosis.laws.join(" ")})`] as const]),
    ],
    cases: laws.map((law) => testcase(report, law)),
  };
}

function testcase(report: BoardReport, law: LawResult): JunitCase {
  const outcome = outcomeOf(report, law);
  const { id, title, durationMs } = law;
  return { name: `${id} ${title}`, durationMs, ...(outcome && { outcome }) };
}

function outcomeOf(report: BoardReport, law: LawResult): JunitOutcome | undefined {
  const message = law.reason ?? "";
  switch (law.verdict) {
    case "pass":
      return undefined;
    case "skip":
      return { element: "skipped", message };
    case "fail": {
      const body = [
        law.statement,
        ...lawLines(law.id),
        ...(law.findings ?? []).map((finding) => `- ${finding.message}`),
        ...failureProgram(report, law),
        ...failureTimeline(report, law),
      ].join("\n");
      return { element: "failure", message, type: "fail", body };
    }
    case "error":
      return { element: "error", message, type: law.code ?? "error", body: law.hint ?? "" };
  }
}
