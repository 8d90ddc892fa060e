import { cleanLine, markdownText } from "@escapement/scenario";
import { grouped } from "@escapement/timeline";
import type { CoverageGap, UnoReport, UnoSummary, UnoUnitReport } from "./report.js";
import { summarizeUno } from "./summarize.js";

type Count = (unit: UnoUnitReport) => number;

/** The columns of the table of laws, in their order, with what each shows of a unit. */
const columns: readonly (readonly [name: string, count: Count])[] = [
  ["cases", ({ coverage }) => coverage.cases],
  ["points", ({ coverage }) => coverage.points],
  ["holds", ({ coverage }) => coverage.holds],
  ["schedules", ({ coverage }) => coverage.schedules],
  ["pruned", ({ coverage }) => coverage.pruned],
  ["addresses", ({ coverage }) => coverage.addresses],
  ["event", ({ coverage }) => coverage.withEvent],
  ["wrap", ({ coverage }) => coverage.withWrap],
  ["pending", ({ coverage }) => coverage.armed],
  ["match", ({ coverage }) => coverage.withMatch],
  ["findings", ({ findings }) => findings.length],
];

/**
 * Writes a page of what a search of the Uno covered, as Markdown: what the columns mean, the
 * totals, what is not covered and why, a row for each law, and the functions with gaps.
 *
 * The page ends with a newline. Thousands are separated by spaces; the slack is in ticks. The same
 * report gives the same bytes: how long the search took is not on it. Findings are counted, not
 * described. The page does not name the image, since the report does not.
 *
 * @example
 * ```ts
 * import { laws } from "@escapement/conformance";
 * import { describeUno, exploreUno, unoCoveragePage, unoPrograms } from "@escapement/explore-avr";
 *
 * const chosen = laws.filter(({ id }) => id === "READ-01");
 * const page = unoCoveragePage(await exploreUno(unoPrograms(chosen, await describeUno())));
 * console.log(page.split("\n")[0]); // # What the search of the firmware covered
 * ```
 */
export function unoCoveragePage(report: UnoReport): string {
  const summary = summarizeUno(report);
  const parts = [
    ["# What the search of the firmware covered"],
    meanings(report),
    totals(report, summary),
    uncovered(report, summary),
    ["## Laws"],
    lawTable(report.units),
    ...(summary.gaps.length === 0 ? [] : [["## Functions with gaps"], gapTable(summary.gaps)]),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function meanings({ limits, slackTicks }: UnoReport): readonly string[] {
  const held =
    limits.bound === 1
      ? `once in a run, for at most ${grouped(slackTicks)} ticks`
      : `once or twice in a run, for at most ${grouped(slackTicks)} ticks in all`;
  return [
    "Laws on the compiled firmware of the Uno, with the timer's events before each instruction that they",
    "reach: `escapement explore uno --coverage docs/firmware-coverage.md` writes that file again, and CI",
    "compares it. A law that needs what the board lacks has no row. A *case* is a law with one value of",
    "its sweep; a *point*, an instruction of its plain run, waiting left out; a *schedule*, a run in which",
    "the CPU is held up before a point until the counter's wrap, the compare match or the second",
    `interrupt has just happened, or a tick before or after: ${held}.`,
    "*Pruned* are those that are equivalent to one that was run. *Holds* are runs that begin where the",
    "search put the counter, so that the wrap comes to what has not had it.",
    "",
    "*Addresses* are the different instructions in flash; *event* and *wrap*, those that had any event, or",
    "the wrap, before them, pruned schedules included; *pending*, those that were reached with a timer",
    "pending, so that its match requests an interrupt; *match*, those before which it did. In the totals an",
    "address that several laws reach counts once. A *path* is an address distinguished by its interrupt",
    "level, whether interrupts are masked, and the calls that lead there. A row with holds depends on",
    "the rows above it: a path that has had the wrap once is not tried again.",
  ];
}

function totals(
  { limits, emulator, slackTicks }: UnoReport,
  summary: UnoSummary,
): readonly string[] {
  const rows: readonly (readonly [what: string, count: number | string])[] = [
    ["laws", summary.done],
    ["cases", summary.cases],
    ["points", summary.points],
    ["schedules run", summary.schedules],
    ["schedules pruned", summary.pruned],
    ["holds", summary.holds],
    ["addresses", summary.addresses],
    ["addresses with an event", summary.withEvent],
    ["addresses with the wrap", summary.withWrap],
    ["addresses with a timer pending", summary.armed],
    ["addresses with its match", summary.withMatch],
    ["paths", summary.paths],
    ["paths with the wrap", summary.pathsWithWrap],
    ["findings", summary.findings],
    ["bound", limits.bound],
    ["slack, in ticks", slackTicks],
    ["emulator", emulator],
  ];
  return [
    "| what | count |",
    "| --- | ---: |",
    ...rows.map(
      ([what, count]) => `| ${what} | ${typeof count === "string" ? count : grouped(count)} |`,
    ),
  ];
}

/** What had no event before it, and why that is so. */
function uncovered({ limits }: UnoReport, summary: UnoSummary): readonly string[] {
  const { addresses, withEvent, withWrap, armed, withMatch } = summary;
  const lines = ["What is not covered:", ""];
  if (!summary.whole) {
    lines.push("- The search did not come to its end: what was left out is in no count.");
  }
  if (withMatch < armed) {
    const share = `${grouped(armed - withMatch)} of ${grouped(armed)}`;
    lines.push(
      `- The match of a pending timer before ${share} addresses. There the next match is further`,
      "  ahead than a run may be held up: the law's delay is longer, or, in the interrupt of a match, the",
      "  compare register still holds the tick that has just passed, so that the next is a lap away.",
      "  No event comes that the hardware would not request.",
    );
  }
  if (withWrap < addresses) {
    const share = `${grouped(addresses - withWrap)} of ${grouped(addresses)}`;
    const none = grouped(addresses - withEvent);
    lines.push(
      `- The wrap before ${share} addresses, any event before ${none} of them. The wrap is not that near`,
      "  where code runs only once the counter has wrapped, nor where a law's program sets the counter's",
      "  phase, which is then kept.",
    );
  }
  lines.push(`- What takes more than ${limits.bound === 1 ? "one move" : "two moves"} in a run.`);
  return lines;
}

function lawTable(units: readonly UnoUnitReport[]): readonly string[] {
  return [
    `| law | ${columns.map(([name]) => name).join(" | ")} |`,
    `| --- |${" ---: |".repeat(columns.length)}`,
    ...units.map((unit) => {
      const cells = columns.map(([, count]) => grouped(count(unit)));
      return `| ${markdownText(unit.name)} | ${cells.join(" | ")} |`;
    }),
  ];
}

function gapTable(gaps: readonly CoverageGap[]): readonly string[] {
  return [
    "Functions with addresses that did not have the wrap before them; `?` is code that no symbol names.",
    "",
    "| function | addresses | without the wrap | without any event |",
    "| --- | ---: | ---: | ---: |",
    ...gaps.map(({ function: name, addresses, withoutWrap, withoutEvent }) => {
      const cells = [addresses, withoutWrap, withoutEvent].map((count) => grouped(count));
      return `| \`${codeText(name)}\` | ${cells.join(" | ")} |`;
    }),
  ];
}

/** Text within a code span of a table. */
function codeText(name: string): string {
  return cleanLine(name).replaceAll("`", "'").replaceAll("|", "\\|");
}
