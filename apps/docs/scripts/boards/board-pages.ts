import type { BoardReport } from "@escapement/conformance";
import { ticksText } from "@escapement/timeline";
import { groupTitles } from "../laws/catalogue-page.js";
import { code, paragraphs, plain, prose, table, widePage } from "../site/markdown.js";
import type { Page } from "../site/page.js";
import { boardKinds, boardPath, boardTable } from "./board-list.js";

/** What the pages of the boards need beside the reports. */
export interface BoardPagesContext {
  /** What each capability means. */
  readonly capabilities: ReadonlyMap<string, string>;
}

/** The list of boards, and a page for each that was judged while the site was made. */
export function boardPages(
  reports: readonly BoardReport[],
  context: BoardPagesContext,
): readonly Page[] {
  return [indexPage(reports), ...reports.map((report) => boardPage(report, context))];
}

function indexPage(reports: readonly BoardReport[]): Page {
  const judged = reports.map((report) => {
    const { pass, fail, skip, error } = report.summary;
    const link = `[\`${report.board}\`](/${boardPath(report.board)})`;
    return [
      link,
      String(report.laws.length),
      String(pass),
      String(fail),
      String(skip),
      String(error),
    ];
  });
  const text = paragraphs(
    "# Boards",
    "A board is anything that runs a program and gives back a trace. These need no work of yours, or little:",
    boardTable(),
    "## Judged when this site was built",
    `<div class="counts">\n`,
    table(["board", "laws", "pass", "fail", "skip", "error"], judged),
    "</div>",
    `To bring your own: an agent [in C](/guides/port-a-chip-c), a driver [in C](/guides/judge-a-c-driver) or [behind the driver
table](/guides/bring-your-own-driver), [a MicroPython board](/guides/judge-a-micropython-board).`,
  );
  return { path: "boards/index.md", text: widePage(text) };
}

function boardPage(report: BoardReport, context: BoardPagesContext): Page {
  const { board, summary, laws } = report;
  const kind = boardKinds.find(({ name }) => name === board);
  const skipped = laws.filter(({ verdict }) => verdict !== "pass");
  const { pass, fail, skip, error } = summary;
  const text = paragraphs(
    `# ${board}`,
    kind === undefined ? "" : `<p class="statement">${prose(kind.about)}</p>`,
    code("sh", `npx escapement conform ${board}`),
    `<div class="facts">\n`,
    factsTable(report, context),
    "</div>",
    "## Verdicts",
    `${laws.length} laws: ${pass} pass, ${fail} fail, ${skip} skipped, ${error} without a verdict.`,
    `<div class="counts">\n`,
    groupTable(report),
    "</div>",
    ...(skipped.length === 0
      ? []
      : [
          "## Laws without a pass",
          table(
            ["law", "verdict", "why"],
            skipped.map(({ id, verdict, reason }) => [
              `[${id}](/laws/${id})`,
              verdict,
              plain(reason ?? ""),
            ]),
          ),
        ]),
    kind === undefined
      ? ""
      : `Read on: [${kind.guide[0]}](${kind.guide[1]}), [all boards](/boards/).`,
  );
  return { path: `${boardPath(board)}.md`, text: widePage(text) };
}

function factsTable({ description }: BoardReport, { capabilities }: BoardPagesContext): string {
  if (description === undefined) return "";
  const { counterBits, frequencyHz, timers, maxDelayTicks, latencies, reference } = description;
  const can = description.capabilities.map(
    (name) => `\`${name}\`: ${prose(capabilities.get(name) ?? "")}`,
  );
  const ticks = (count: number): string => ticksText(count, frequencyHz);
  return table(
    ["", ""],
    [
      [
        "**Counter**",
        `${counterBits} bits, ${frequencyHz.toLocaleString("en").replaceAll(",", " ")} ticks a second`,
      ],
      ["**Timers at once**", String(timers)],
      ["**Longest delay**", ticks(maxDelayTicks)],
      ["**A handler is late by**", `at most ${ticks(latencies.lateTicks)}`],
      ["**An operation takes**", `at most ${ticks(latencies.opTicks)}`],
      [
        "**Reference clock**",
        reference === undefined ? "none" : `${reference.frequencyHz} ticks a second`,
      ],
      ["**It can**", can.length === 0 ? "nothing beyond a timer" : can.join("<br>")],
    ],
  );
}

function groupTable({ laws }: BoardReport): string {
  const groups = [...new Set(laws.map(({ id }) => id.slice(0, id.indexOf("-"))))];
  const rows = groups.map((group) => {
    const members = laws.filter(({ id }) => id.startsWith(`${group}-`));
    const count = (verdict: string): string =>
      String(members.filter((law) => law.verdict === verdict).length);
    return [
      `[${group}](/laws/#${group}): ${groupTitles[group] ?? ""}`,
      ...["pass", "fail", "skip", "error"].map(count),
    ];
  });
  return table(["laws", "pass", "fail", "skip", "error"], rows);
}
