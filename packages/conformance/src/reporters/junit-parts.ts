import type { BoardDescription } from "@escapement/scenario";
import { escapeAttribute, escapeText } from "@escapement/timeline";
import { differsProperties } from "./differs.js";
import type { RunFacts } from "./run/run-facts.js";
import { runProperties } from "./run/run-text.js";

/** What the document says of the run as a whole. */
export interface JunitOptions {
  /** When the run began, UTC, to the second, such as `2026-01-31T12:00:00`; as `run` says, else the epoch, when absent. */
  readonly timestamp?: string;
  /** Where it ran; `localhost` when absent. */
  readonly hostname?: string;
  /** What is known of the run: properties of each suite. */
  readonly run?: RunFacts;
}

/** What came of a test case; one that passed has none. */
export interface JunitOutcome {
  /** The element's name. */
  readonly element: "failure" | "error" | "skipped";
  /** Its message. */
  readonly message: string;
  /** Its type; a skipped one has none. */
  readonly type?: string;
  /** Its text; none when absent. */
  readonly body?: string;
}

/** A test case. */
export interface JunitCase {
  /** Its name. */
  readonly name: string;
  /** The host's time for it, in milliseconds. */
  readonly durationMs: number;
  /** What came of it; absent where it passed. */
  readonly outcome?: JunitOutcome;
}

/** A test suite: one board. */
export interface JunitSuite {
  /** The board's name. */
  readonly board: string;
  /** Facts of the board and of the run, in order. */
  readonly properties: readonly (readonly [name: string, value: string])[];
  /** Its test cases. */
  readonly cases: readonly JunitCase[];
}

/**
 * Writes suites as JUnit XML. Keeps to what the Ant schema (JUnit.xsd, Windy Road) and Jenkins both take.
 */
export function junitDocument(suites: readonly JunitSuite[], options: JunitOptions): string {
  const lines = suites.flatMap((suite, id) => suiteLines(suite, id, options));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...lines,
    "</testsuites>",
    "",
  ].join("\n");
}

/** What a suite says of its board; nothing of one that was not opened. */
export function boardProperties(
  description: BoardDescription | undefined,
): readonly (readonly [name: string, value: string])[] {
  if (description === undefined) return [];
  const { counterBits, frequencyHz, timers, capabilities } = description;
  return [
    ["counterBits", `${counterBits}`],
    ["frequencyHz", `${frequencyHz}`],
    ["timers", `${timers}`],
    ["capabilities", capabilities.join(" ")],
    ...differsProperties(description),
  ];
}

function suiteLines(
  { board, properties, cases }: JunitSuite,
  id: number,
  options: JunitOptions,
): string[] {
  const began = options.timestamp ?? options.run?.startedAt ?? "1970-01-01T00:00:00";
  const facts = [...runProperties(options.run), ...properties];
  const count = (element: JunitOutcome["element"]): string =>
    `${cases.filter(({ outcome }) => outcome?.element === element).length}`;
  const attributes = attributeList({
    name: board,
    package: "escapement",
    id: `${id}`,
    timestamp: began.slice(0, 19),
    hostname: options.hostname ?? "localhost",
    tests: `${cases.length}`,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  });
  return [
    `  <testsuite${attributes}>`,
    "    <properties>",
    ...facts.map(([name, value]) => `      <property${attributeList({ name, value })}/>`),
    "    </properties>",
    ...cases.flatMap((each) => caseLines(board, each)),
    "    <system-out></system-out>",
    "    <system-err></system-err>",
    "  </testsuite>",
  ];
}

function caseLines(board: string, { name, durationMs, outcome }: JunitCase): string[] {
  const classname = `escapement.${board}`;
  const attributes = attributeList({ name, classname, time: seconds(durationMs) });
  if (outcome === undefined) return [`    <testcase${attributes}/>`];
  return [`    <testcase${attributes}>`, `      ${outcomeText(outcome)}`, "    </testcase>"];
}

function outcomeText({ element, message, type, body }: JunitOutcome): string {
  const attributes = attributeList({ message, ...(type !== undefined && { type }) });
  return body === undefined
    ? `<${element}${attributes}/>`
    : `<${element}${attributes}>${escapeText(body)}</${element}>`;
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
