import { counted, countText, escapeText, frequencyText } from "@escapement/timeline";
import type { RandomFailure, RandomReport } from "../../random/random-report.js";
import { foldedItem, foldedTools, lawLink } from "../html/folded.js";
import { differsSection } from "../html/overview.js";
import { type PageSection, section } from "../html/page-section.js";
import { glyphs, linkTo } from "../html/parts.js";
import { reportPage } from "../html/report-page.js";
import type { RunFacts } from "../run/run-facts.js";
import { failedProgramFigure } from "./failed-program-html.js";
import { originText, type RandomCommandFor, ratePerSecond } from "./parts.js";

/** What the page says of the run as a whole. */
export interface RandomHtmlOptions {
  /** The page's title; `Random programs` when absent. */
  readonly title?: string;
  /** The command that shows a failure again. */
  readonly commandFor?: RandomCommandFor;
  /** What is known of the run. */
  readonly run?: RunFacts;
}

/**
 * Writes reports of random programs as one HTML file that needs nothing else: no network, light and dark, and
 * nothing in it that only a script can show. Boards first, then each broken rule with the shrunk program, its trace as a timeline, what was
 * expected and found, and the command that shows it again.
 */
export function randomHtmlReport(
  reports: readonly RandomReport[],
  options: RandomHtmlOptions = {},
): string {
  const failed = reports.some(({ failures }) => failures.length > 0);
  return reportPage({
    title: options.title ?? "Random programs",
    lead: headline(reports),
    run: options.run,
    tools: failed ? foldedTools("broken rules") : "",
    sections: [
      boardSection(reports),
      differsSection(reports),
      stoppedSection(reports),
      ...reports.map((report, board) => failureSection(report, board, options.commandFor)),
    ].filter((each) => each !== undefined),
  });
}

function headline(reports: readonly RandomReport[]): string {
  const programs = reports.reduce((sum, report) => sum + report.programs, 0);
  const rules = new Set(
    reports.flatMap(({ failures }) => failures.map(({ violation }) => violation.rule)),
  ).size;
  const stopped = reports.filter((report) => report.stopped !== undefined).length;
  const look = rules > 0 ? "fail" : stopped > 0 ? "error" : "pass";
  const parts = [
    rules > 0 ? `${counted(rules, "rule")} broken` : "no rule broken",
    ...(stopped > 0 ? [`${counted(stopped, "board")} ended early`] : []),
  ];
  const on = `${counted(programs, "program")} on ${counted(reports.length, "board")}`;
  return `<p class="headline">${escapeText(on)}: <strong class="${look}">${escapeText(parts.join("; "))}</strong>.</p>`;
}

function boardSection(reports: readonly RandomReport[]): PageSection {
  return section("Boards", [
    '<div class="wide" tabindex="0"><table class="boards">',
    '<thead><tr><th scope="col">Board</th><th scope="col" class="num">Programs</th><th scope="col" class="num">First seed</th><th scope="col" class="num">A second</th><th scope="col">Counter</th><th scope="col">Broken</th></tr></thead>',
    `<tbody>${reports.map(boardRow).join("\n")}</tbody>`,
    "</table></div>",
  ]);
}

function boardRow(report: RandomReport, board: number): string {
  const { board: name, programs, seed, description, failures } = report;
  const rate = ratePerSecond(report);
  const counter =
    description === undefined
      ? '<td class="error">not opened</td>'
      : `<td>${description.counterBits} bits, ${frequencyText(description.frequencyHz)}</td>`;
  const broken = failures.map(
    ({ violation }, index) =>
      `<span class="fail">${glyphs.fail}</span> ${linkTo(anchorOf(board, index), `<code>${escapeText(violation.rule)}</code>`)}`,
  );
  return [
    `<tr><th scope="row">${escapeText(name)}</th><td class="num">${countText(programs)}</td>`,
    `<td class="num">${seed}</td><td class="num">${rate === undefined ? "" : countText(rate)}</td>`,
    `${counter}<td>${broken.length === 0 ? "nothing" : broken.join(" ")}</td></tr>`,
  ].join("");
}

function stoppedSection(reports: readonly RandomReport[]): PageSection | undefined {
  const items = reports.flatMap(({ board, stopped }) => {
    if (stopped === undefined) return [];
    const { code, message, hint, origin } = stopped;
    const during = origin === undefined ? "" : `; ${originText(origin)} was in progress`;
    const advice = hint === "" ? "" : `<br><small>${escapeText(hint)}</small>`;
    return [
      `<li><span class="error">${glyphs.error}</span> <strong>${escapeText(board)}</strong>: ${escapeText(`${code}: ${message}${during}`)}${advice}</li>`,
    ];
  });
  return items.length === 0
    ? undefined
    : section("Ended early", ['<ul class="broken">', ...items, "</ul>"]);
}

function failureSection(
  report: RandomReport,
  board: number,
  commandFor: RandomCommandFor | undefined,
): PageSection | undefined {
  if (report.failures.length === 0) return undefined;
  const items = report.failures.map((failure, index) =>
    failureItem(report, failure, anchorOf(board, index), commandFor),
  );
  return { ...section(`Broken on ${report.board}`, items), isFiltered: true };
}

function failureItem(
  report: RandomReport,
  failure: RandomFailure,
  anchor: string,
  commandFor: RandomCommandFor | undefined,
): string {
  const { board, description, programs } = report;
  const command = commandFor?.(board, failure.origin);
  const figure = failedProgramFigure(failure, {
    board,
    programs,
    ...(description && { frequencyHz: description.frequencyHz }),
    ...(command !== undefined && { command }),
  });
  const { rule, found } = failure.violation;
  return foldedItem({
    id: anchor,
    summary: `<code class="fail">${escapeText(rule)}</code> <span class="what">${escapeText(found)}</span>`,
    body: `<article class="broken">\n<h4>${lawLink(rule)} fails on ${escapeText(board)}</h4>\n${figure}\n</article>`,
    words: `${rule} ${board} ${found}`,
    open: true,
  });
}

function anchorOf(board: number, failure: number): string {
  return `failure-${board + 1}-${failure + 1}`;
}
