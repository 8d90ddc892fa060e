import { escapeText } from "../_internal/markup.js";
import type { Verdict } from "../law.js";
import type { BoardReport, LawResult } from "../report.js";
import { failureTimeline, resultsOf } from "./failure.js";
import { htmlStyle } from "./html-style.js";

/** What the page says of the run as a whole. */
export interface HtmlOptions {
  /** The page's title; `Timer conformance` when absent. */
  readonly title?: string;
  /** The command that runs one law on one board again. */
  readonly commandFor?: (board: string, law: string) => string;
}

const glyphs: Record<Verdict, string> = { pass: "✓", fail: "✗", skip: "–", error: "!" };

/**
 * Writes reports as one HTML file that needs nothing else: no script, no network, light and dark.
 *
 * A table of every law on every board, then each broken law with its statement, what was found
 * and the trace around it, then what was skipped or had no verdict. The same reports give the
 * same bytes.
 */
export function htmlReport(reports: readonly BoardReport[], options: HtmlOptions = {}): string {
  const title = escapeText(options.title ?? "Timer conformance");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${htmlStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${boardSection(reports)}
${failureSection(reports, options)}
${errorSection(reports)}
${verdictSection(reports)}
</main>
</body>
</html>
`;
}

function boardSection(reports: readonly BoardReport[]): string {
  const rows = reports.map(({ board, description, summary }) => {
    const counter =
      description === undefined
        ? "not opened"
        : `${description.counterBits} bits at ${description.frequencyHz} Hz, ${description.timers} timers`;
    const counts = (["pass", "fail", "skip", "error"] as const)
      .map((verdict) => `<td class="count ${verdict}">${summary[verdict]}</td>`)
      .join("");
    return `<tr><th scope="row">${escapeText(board)}</th>${counts}<td>${escapeText(counter)}</td></tr>`;
  });
  return section("Boards", [
    '<div class="wide"><table>',
    '<thead><tr><th scope="col">Board</th><th scope="col">pass</th><th scope="col">fail</th><th scope="col">skip</th><th scope="col">error</th><th scope="col">Counter</th></tr></thead>',
    `<tbody>${rows.join("\n")}</tbody>`,
    "</table></div>",
  ]);
}

function failureSection(reports: readonly BoardReport[], options: HtmlOptions): string {
  const failures = resultsOf(reports, "fail");
  if (failures.length === 0) return "";
  return section(
    "Broken laws",
    failures.map(({ report, result }) => failureArticle(report, result, options)),
  );
}

function failureArticle(report: BoardReport, result: LawResult, options: HtmlOptions): string {
  const findings = (result.findings ?? [])
    .slice(0, 20)
    .map((finding) => `<li>${escapeText(finding.message)}</li>`);
  const timeline = failureTimeline(report, result).join("\n");
  const command = options.commandFor?.(report.board, result.id);
  return [
    "<article>",
    `<h3>${escapeText(result.id)} fails on ${escapeText(report.board)}</h3>`,
    `<p>${escapeText(result.statement)}</p>`,
    `<ul>${findings.join("")}</ul>`,
    timeline === "" ? "" : `<pre>${escapeText(timeline)}</pre>`,
    command === undefined ? "" : `<p>Again: <code>${escapeText(command)}</code></p>`,
    "</article>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function errorSection(reports: readonly BoardReport[]): string {
  const errors = resultsOf(reports, "error");
  if (errors.length === 0) return "";
  const items = errors.map(({ report, result }) => {
    const hint = result.hint === undefined || result.hint === "" ? "" : ` ${result.hint}`;
    return `<li><strong>${escapeText(result.id)}</strong> on ${escapeText(report.board)}: ${escapeText(`${result.reason ?? ""}${hint}`)}</li>`;
  });
  return section("No verdict", [`<ul>${items.join("\n")}</ul>`]);
}

function verdictSection(reports: readonly BoardReport[]): string {
  const rows = reports.reduce<readonly LawResult[]>(
    (longest, { laws }) => (laws.length > longest.length ? laws : longest),
    [],
  );
  const heads = reports.map(({ board }) => `<th scope="col">${escapeText(board)}</th>`).join("");
  const byId = reports.map(({ laws }) => new Map(laws.map((law) => [law.id, law])));
  const body = rows.map(({ id, title, statement }) => {
    const cells = byId.map((laws) => verdictCell(laws.get(id))).join("");
    return `<tr><th scope="row"><code>${escapeText(id)}</code> ${escapeText(title)}<small>${escapeText(statement)}</small></th>${cells}</tr>`;
  });
  return section("Every law on every board", [
    '<div class="wide"><table>',
    `<thead><tr><th scope="col">Law</th>${heads}</tr></thead>`,
    `<tbody>${body.join("\n")}</tbody>`,
    "</table></div>",
  ]);
}

function verdictCell(result: LawResult | undefined): string {
  if (result === undefined) return "<td></td>";
  const { verdict, reason } = result;
  const why =
    verdict === "skip" && reason !== undefined ? `<small>${escapeText(reason)}</small>` : "";
  return `<td class="${verdict}">${glyphs[verdict]} ${verdict}${why}</td>`;
}

function section(title: string, lines: readonly string[]): string {
  return `<section>\n<h2>${title}</h2>\n${lines.join("\n")}\n</section>`;
}
