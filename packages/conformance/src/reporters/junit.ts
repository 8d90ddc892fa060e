import { escapeAttribute, escapeText } from "@escapement/timeline";
import type { BoardReport, LawResult } from "../report.js";
import { failureTimeline } from "./failure.js";

/** What the document says of the run as a whole. */
export interface JunitOptions {
  /** When the run began, UTC, to the second, such as `2026-01-31T12:00:00`; the epoch when absent. */
  readonly timestamp?: string;
  /** Where it ran; `localhost` when absent. */
  readonly hostname?: string;
}

/**
 * Writes reports as JUnit XML: a test suite for each board, a test case for each law.
 *
 * Keeps to what the Ant schema (JUnit.xsd, Windy Road) and Jenkins both take: broken laws are
 * `failure`, laws without a verdict `error`, skipped ones `skipped` with the reason as its message.
 */
export function junitReport(reports: readonly BoardReport[], options: JunitOptions = {}): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"];
  for (const [id, report] of reports.entries()) lines.push(...suite(report, id, options));
  lines.push("</testsuites>");
  return `${lines.join("\n")}\n`;
}

function suite(report: BoardReport, id: number, options: JunitOptions): string[] {
  const { board, laws, summary, description, diagnosis } = report;
  const attributes = attributeList({
    name: board,
    package: "escapement",
    id: `${id}`,
    timestamp: (options.timestamp ?? "1970-01-01T00:00:00").slice(0, 19),
    hostname: options.hostname ?? "localhost",
    tests: `${laws.length}`,
    failures: `${summary.fail}`,
    errors: `${summary.error}`,
    skipped: `${summary.skip}`,
    time: seconds(laws.reduce((sum, law) => sum + law.durationMs, 0)),
  });
  const properties =
    description === undefined
      ? []
      : [
          property("counterBits", `${description.counterBits}`),
          property("frequencyHz", `${description.frequencyHz}`),
          property("timers", `${description.timers}`),
          property("capabilities", description.capabilities.join(" ")),
        ];
  return [
    `  <testsuite${attributes}>`,
    "    <properties>",
    ...properties,
    ...(diagnosis === undefined
      ? []
      : [property("diagnosis", `${diagnosis.message} (${diagnosis.laws.join(" ")})`)]),
    "    </properties>",
    ...laws.flatMap((law) => testcase(report, law)),
    "    <system-out></system-out>",
    "    <system-err></system-err>",
    "  </testsuite>",
  ];
}

function property(name: string, value: string): string {
  return `      <property${attributeList({ name, value })}/>`;
}

function testcase(report: BoardReport, law: LawResult): string[] {
  const attributes = attributeList({
    name: `${law.id} ${law.title}`,
    classname: `escapement.${report.board}`,
    time: seconds(law.durationMs),
  });
  const outcome = outcomeElement(report, law);
  if (outcome === undefined) return [`    <testcase${attributes}/>`];
  return [`    <testcase${attributes}>`, `      ${outcome}`, "    </testcase>"];
}

function outcomeElement(report: BoardReport, law: LawResult): string | undefined {
  const message = law.reason ?? "";
  switch (law.verdict) {
    case "pass":
      return undefined;
    case "skip":
      return `<skipped${attributeList({ message })}/>`;
    case "fail": {
      const body = [
        law.statement,
        ...(law.findings ?? []).map((finding) => `- ${finding.message}`),
        ...failureTimeline(report, law),
      ].join("\n");
      return `<failure${attributeList({ message, type: "fail" })}>${escapeText(body)}</failure>`;
    }
    case "error": {
      const attributes = attributeList({ message, type: law.code ?? "error" });
      return `<error${attributes}>${escapeText(law.hint ?? "")}</error>`;
    }
  }
}

function attributeList(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join("");
}

/** The schema takes decimals without an exponent. */
function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
