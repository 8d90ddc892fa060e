import { cleanLine, markdownText } from "@escapement/scenario";
import type { CoverageGap, UnoCaseReport, UnoReport } from "./report.js";

type Count = (each: UnoCaseReport) => number;

/** The columns of the table of laws, in their order, with what each shows of a case. */
const columns: readonly (readonly [name: string, count: Count])[] = [
  ["iterations", ({ iterations }) => iterations],
  ["instructions", ({ points }) => points],
  ["phases", ({ phases }) => phases],
  ["placements", ({ placed }) => placed],
  ["pruned", ({ equivalent }) => equivalent],
  ["addresses", ({ addresses }) => addresses],
  ["event", ({ addressesPlaced }) => addressesPlaced],
  ["wrap", ({ wrapPlaced }) => wrapPlaced],
  ["pending", ({ matchArmed }) => matchArmed],
  ["match", ({ matchPlaced }) => matchPlaced],
  ["findings", ({ findings }) => findings.length],
];

/**
 * Writes a page of what a sweep of the firmware went through, as Markdown: what the columns mean, the
 * totals, what is not covered and why, a row for each law, and the functions with gaps.
 *
 * The page ends with a newline. Counts have their thousands parted by spaces; the slack is in ticks.
 * The same report gives the same bytes: how long the sweep took is not on it. Findings are counted,
 * not told. Of which image was swept the page says nothing, since the report does not know.
 *
 * @example
 * ```ts
 * import { describeUno, type UnoCase, unoCoveragePage, exploreUno } from "@escapement/explore-avr";
 * import { lawEnv, laws } from "@escapement/conformance";
 *
 * const env = lawEnv(await describeUno());
 * const cases = laws
 *   .filter(({ id }) => id === "READ-01")
 *   .map((law) => ({
 *     name: law.id,
 *     program: law.program(env),
 *     check: (...[trace, , part]: Parameters<UnoCase["check"]>) => law.check(trace, env, part),
 *   }));
 * const page = unoCoveragePage(await exploreUno(cases));
 * console.log(page.split("\n")[0]); // # What the sweep of the firmware went through
 * ```
 */
export function unoCoveragePage(report: UnoReport): string {
  const parts = [
    ["# What the sweep of the firmware went through"],
    meanings(report),
    totals(report),
    uncovered(report),
    ["## Laws"],
    lawTable(report.cases),
    ...(report.gaps.length === 0 ? [] : [["## Functions with gaps"], gapTable(report.gaps)]),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function meanings({ bound, slackTicks }: UnoReport): readonly string[] {
  const held =
    bound === 1
      ? `once in a run, for at most ${grouped(slackTicks)} ticks`
      : `once or twice in a run, for at most ${grouped(slackTicks)} ticks in all`;
  return [
    "Laws on the compiled firmware of the Uno, with the timer's events before each instruction that they",
    "come to: `escapement sweep uno --coverage docs/firmware-sweep.md` writes that file anew, and CI",
    "compares it. A law that needs what the board lacks has no row. A *placement* is a run in which the",
    "CPU is held up before an instruction until the counter's wrap, the compare match or the second",
    `interrupt has just happened, or a tick before or after: ${held}.`,
    "*Pruned* are those that come to the same as one that was run. An *iteration* is a law with one value",
    "of its sweep; *instructions* are those of all plain runs, waiting left out; *phases* are runs that",
    "begin where the sweep put the counter, so that the wrap comes to what has not had it.",
    "",
    "*Addresses* are the different instructions in flash; *event* and *wrap*, those before which any event,",
    "or the wrap, was placed, pruned placements included; *pending*, those that were come to with a timer",
    "pending, so that its match requests an interrupt; *match*, those before which it did. In the totals an",
    "address that several laws come to counts once. A *path* is an address told apart by how deep in",
    "interrupts it is, whether they are masked, and the calls that lead there. A row with phases depends on",
    "the rows above it: a path that has had the wrap once is not tried again.",
  ];
}

function totals(report: UnoReport): readonly string[] {
  const { cases, emulator, bound, slackTicks } = report;
  const sum = (count: Count): string => grouped(cases.reduce((n, each) => n + count(each), 0));
  const rows: readonly (readonly [what: string, count: string])[] = [
    ["laws", grouped(cases.length)],
    ["iterations", sum(({ iterations }) => iterations)],
    ["instructions", sum(({ points }) => points)],
    ["placements run", sum(({ placed }) => placed)],
    ["placements pruned", sum(({ equivalent }) => equivalent)],
    ["phases", sum(({ phases }) => phases)],
    ["addresses", grouped(report.addresses)],
    ["addresses with an event", grouped(report.addressesPlaced)],
    ["addresses with the wrap", grouped(report.wrapPlaced)],
    ["addresses with a timer pending", grouped(report.matchArmed)],
    ["addresses with its match", grouped(report.matchPlaced)],
    ["paths", grouped(report.paths)],
    ["paths with the wrap", grouped(report.pathsWrapped)],
    ["violations", sum(({ findings }) => findings.length)],
    ["bound", grouped(bound)],
    ["slack, in ticks", grouped(slackTicks)],
    ["emulator", emulator],
  ];
  return [
    "| what | count |",
    "| --- | ---: |",
    ...rows.map(([what, count]) => `| ${what} | ${count} |`),
  ];
}

/** What had no event before it, and why that is so. */
function uncovered(report: UnoReport): readonly string[] {
  const { addresses, addressesPlaced, wrapPlaced, matchArmed, matchPlaced } = report;
  const lines = ["What is not covered:", ""];
  if (!report.finished) {
    lines.push("- The sweep was not done to its end: what was left out is in no count.");
  }
  if (matchPlaced < matchArmed) {
    const share = `${grouped(matchArmed - matchPlaced)} of ${grouped(matchArmed)}`;
    lines.push(
      `- The match of a pending timer before ${share} addresses. There the next match is further`,
      "  ahead than a run may be held up: the law's delay is longer, or, in the interrupt of a match, the",
      "  compare register still holds the moment that has just passed, so that the next is a lap away.",
      "  Nothing is placed that the hardware would not request.",
    );
  }
  if (wrapPlaced < addresses) {
    const share = `${grouped(addresses - wrapPlaced)} of ${grouped(addresses)}`;
    const none = grouped(addresses - addressesPlaced);
    lines.push(
      `- The wrap before ${share} addresses, any event before ${none} of them. The wrap is not that near`,
      "  where code runs only once the counter has wrapped, nor where a law's program sets the counter's",
      "  phase, which is then kept.",
    );
  }
  lines.push(
    `- What takes more than ${report.bound === 1 ? "one event" : "two events"} placed in a run.`,
  );
  return lines;
}

function lawTable(cases: readonly UnoCaseReport[]): readonly string[] {
  return [
    `| law | ${columns.map(([name]) => name).join(" | ")} |`,
    `| --- |${" ---: |".repeat(columns.length)}`,
    ...cases.map((each) => {
      const cells = columns.map(([, count]) => grouped(count(each)));
      return `| ${markdownText(each.name)} | ${cells.join(" | ")} |`;
    }),
  ];
}

function gapTable(gaps: readonly CoverageGap[]): readonly string[] {
  return [
    "Functions with addresses before which the wrap was not placed; `?` is code that no symbol names.",
    "",
    "| function | addresses | without the wrap | without any event |",
    "| --- | ---: | ---: | ---: |",
    ...gaps.map(({ function: name, addresses, noWrap, unplaced }) => {
      const cells = [addresses, noWrap, unplaced].map(grouped);
      return `| \`${codeText(name)}\` | ${cells.join(" | ")} |`;
    }),
  ];
}

/** Text within a code span of a table. */
function codeText(name: string): string {
  return cleanLine(name).replaceAll("`", "'").replaceAll("|", "\\|");
}

/** Thousands are parted by a space, which a column of numbers needs. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, " ");
}
