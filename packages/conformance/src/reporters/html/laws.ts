import { counted, escapeAttribute, escapeText } from "@escapement/timeline";
import { groupTitles } from "../../law-groups.js";
import type { BoardReport, LawResult } from "../../report.js";
import { type CommandFor, failureTimeline } from "../failure.js";
import { failedProgramFigure } from "../random/failed-program-html.js";
import { againLine, foldedItem, lawLink } from "./folded.js";
import { type PageSection, section } from "./page-section.js";
import { anchorOf, glyphs, groupRows, type LawRow, wordsOf } from "./parts.js";
import { traceFigure } from "./trace.js";

/** Findings shown for one failure; the rest are counted. */
const findingsMax = 20;

/** Every law with its trace, closed unless it is broken. */
export function lawSection(
  reports: readonly BoardReport[],
  rows: readonly LawRow[],
  commandFor: CommandFor | undefined,
): PageSection {
  const groups = [...groupRows(rows)].flatMap(([name, group]) => [
    `<h3${group.every(({ holds }) => holds) ? ' class="allpass"' : ""}>${escapeText(groupTitles[name] ?? name)}</h3>`,
    ...group.map((row) => lawDetails(row, reports, commandFor)),
  ]);
  return section("Law by law", groups);
}

function lawDetails(
  row: LawRow,
  reports: readonly BoardReport[],
  commandFor: CommandFor | undefined,
): string {
  const { id, title, statement, results } = row;
  const broken = results.some((result) => result?.verdict === "fail");
  const dots = results.map((result, board) => dot(result, reports[board])).join("");
  const body = [
    `<p>${escapeText(statement)}</p>`,
    factList(row, reports),
    ...results.map((result, board) => failureArticle(row, result, reports, board, commandFor)),
    goodRun(row, reports, broken),
  ];
  return foldedItem({
    id: anchorOf(id),
    summary: `<code>${escapeText(id)}</code> <span class="what">${escapeText(title)}</span><span class="dots">${dots}</span>`,
    body: body.filter((line) => line !== "").join("\n"),
    words: wordsOf(row),
    open: broken,
    looks: row.holds ? "law allpass" : "law",
  });
}

function dot(result: LawResult | undefined, report: BoardReport | undefined): string {
  if (result === undefined) return "";
  const text = `${report?.board ?? ""}: ${result.verdict}`;
  return `<span class="${result.verdict}" title="${escapeAttribute(text)}">${glyphs[result.verdict]}</span>`;
}

function factList({ id, law, results }: LawRow, reports: readonly BoardReport[]): string {
  const facts: [string, string][] = [];
  if (law !== undefined) {
    facts.push(["Rule", `${law.rules.join(", ")} of the contract (docs/contract.md)`]);
    facts.push(["Origin", law.origin.join("; ")]);
    facts.push(["Needs", law.needs.length === 0 ? "nothing special" : law.needs.join(", ")]);
  }
  for (const [verdict, boards] of byVerdict(results, reports)) facts.push([verdict, boards]);
  const items = [
    `<dt>Law</dt><dd>${lawLink(id)}</dd>`,
    ...facts.map(([term, text]) => `<dt>${escapeText(term)}</dt><dd>${escapeText(text)}</dd>`),
  ];
  return `<dl class="facts">${items.join("")}</dl>`;
}

/** Boards of one verdict and reason together. */
function byVerdict(
  results: readonly (LawResult | undefined)[],
  reports: readonly BoardReport[],
): readonly (readonly [string, string])[] {
  const groups = new Map<string, { result: LawResult; boards: string[] }>();
  for (const [index, result] of results.entries()) {
    if (result === undefined) continue;
    const reason = result.verdict === "fail" ? "" : (result.reason ?? "");
    const key = `${result.verdict} ${reason}`;
    const group = groups.get(key) ?? { result, boards: [] };
    group.boards.push(reports[index]?.board ?? "");
    groups.set(key, group);
  }
  return [...groups.values()].map(({ result, boards }) => {
    const why = result.verdict === "fail" ? "" : (result.reason ?? "");
    const text = `${boards.join(", ")}${why === "" ? "" : `: ${why}`}`;
    const word = { pass: "Holds on", fail: "Broken on", skip: "Skipped on", error: "Unknown on" };
    return [word[result.verdict], text] as const;
  });
}

/** What to look at where a law is broken. */
function failureArticle(
  { law }: LawRow,
  result: LawResult | undefined,
  reports: readonly BoardReport[],
  board: number,
  commandFor: CommandFor | undefined,
): string {
  const report = reports[board];
  if (report === undefined || result?.verdict !== "fail") return "";
  const { id, findings = [] } = result;
  const shown = findings
    .slice(0, findingsMax)
    .map(({ message }) => `<li>${escapeText(message)}</li>`);
  const rest = findings.length - shown.length;
  const lines = failureTimeline(report, result).join("\n");
  const command = commandFor?.(report.board, id, result.failedProgram?.origin);
  return [
    `<article class="broken" id="${escapeAttribute(anchorOf(id, board))}">`,
    `<h4>${escapeText(id)} fails on ${escapeText(report.board)}</h4>`,
    `<ul>${shown.join("")}${rest > 0 ? `<li>and ${counted(rest, "more finding")}</li>` : ""}</ul>`,
    againLine(command),
    programFigure(report, result) ?? traceFigure(report, result, law),
    lines === ""
      ? ""
      : `<details class="inner"${result.iteration === undefined ? " open" : ""}><summary>Records around the findings</summary><pre class="lines" tabindex="0">${escapeText(lines)}</pre></details>`,
    "</article>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** The random program that broke the law; nothing where the law has a program of its own. */
function programFigure(
  { board, description }: BoardReport,
  { failedProgram }: LawResult,
): string | undefined {
  if (failedProgram === undefined) return undefined;
  const frequencyHz = description?.frequencyHz;
  return failedProgramFigure(failedProgram, {
    board,
    ...(frequencyHz !== undefined && { frequencyHz }),
  });
}

/** The first board on which the law holds, drawn once: beside a failure it shows what is missing. */
function goodRun(row: LawRow, reports: readonly BoardReport[], broken: boolean): string {
  const board = row.results.findIndex(
    (result) => result?.iteration !== undefined && result.verdict === "pass",
  );
  const [report, result] = [reports[board], row.results[board]];
  if (report === undefined || result === undefined) {
    const described = reports.find(({ description }) => description !== undefined);
    const any = row.results.find((each) => each !== undefined);
    if (broken || described === undefined || any === undefined) return "";
    const { iteration: _none, ...bare } = any;
    return traceFigure(described, bare, row.law);
  }
  const figure = traceFigure(report, result, row.law);
  if (!broken) return figure;
  return `<details class="inner"><summary>Where it holds: ${escapeText(report.board)}</summary>${figure}</details>`;
}
