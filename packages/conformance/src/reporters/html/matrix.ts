import { counted, escapeAttribute, escapeText } from "@escapement/timeline";
import { groupTitles } from "../../law-groups.js";
import type { BoardReport, LawResult } from "../../report.js";
import { foldedTools, wordsAttribute } from "./folded.js";
import { type PageSection, section } from "./page-section.js";
import { anchorOf, glyphs, groupRows, type LawRow, linkTo, verdicts, wordsOf } from "./parts.js";

/** With more boards than this the table scrolls by itself, so that its head can stay in sight. */
const boardsMax = 9;

/** Every law on every board, by group. */
export function matrixSection(
  reports: readonly BoardReport[],
  rows: readonly LawRow[],
): PageSection {
  const heads = reports.map(({ board }) => `<th scope="col">${boardHead(board)}</th>`).join("");
  const bodies = [...groupRows(rows)].map(([name, group]) => {
    const lines = group.map((row) => lawLine(row));
    return `<tbody>${groupLine(name, group, reports.length)}\n${lines.join("\n")}</tbody>`;
  });
  return section("Every law on every board", [
    toolbar,
    `<div class="matrix${reports.length > boardsMax ? " many" : ""}"><table>`,
    `<thead><tr><th scope="col">Law</th>${heads}</tr></thead>`,
    ...bodies,
    "</table></div>",
  ]);
}

const toolbar = foldedTools(
  "laws below",
  '<label><input type="checkbox" id="only-open"> only laws that do not pass everywhere</label>\n',
);

/** `sim:avr16` in two lines, so that a column is no wider than its profile's name. */
function boardHead(board: string): string {
  const colon = board.indexOf(":");
  if (colon < 1 || board.includes("/")) return escapeText(board);
  return `<small>${escapeText(board.slice(0, colon + 1))}</small>${escapeText(board.slice(colon + 1))}`;
}

function groupLine(name: string, rows: readonly LawRow[], boards: number): string {
  const results = rows.flatMap((row) => row.results).filter((result) => result !== undefined);
  const counts = verdicts
    .map((verdict) => ({
      verdict,
      count: results.filter((each) => each.verdict === verdict).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`);
  const title = groupTitles[name] ?? name;
  const all = rows.every(({ holds }) => holds) ? " allpass" : "";
  return `<tr class="group${all}"><th scope="rowgroup" colspan="${boards + 1}">${escapeText(title)} <small>${escapeText(`${name}, ${counted(rows.length, "law")}: ${counts.join(", ")}`)}</small></th></tr>`;
}

function lawLine(row: LawRow): string {
  const { id, title, statement, results } = row;
  const link = linkTo(anchorOf(id), `<code>${escapeText(id)}</code>`);
  const cells = results.map((result, board) => cell(result, board)).join("");
  const all = row.holds ? ' class="allpass"' : "";
  return `<tr${all}${wordsAttribute(wordsOf(row))}><th scope="row" title="${escapeAttribute(statement)}">${link} ${escapeText(title)}</th>${cells}</tr>`;
}

function cell(result: LawResult | undefined, board: number): string {
  if (result === undefined) return "<td></td>";
  const { id, verdict, reason } = result;
  const sign = `${glyphs[verdict]}<span class="hidden"> ${verdict}</span>`;
  const why = reason === undefined ? "" : ` title="${escapeAttribute(reason)}"`;
  const content = verdict === "fail" ? linkTo(anchorOf(id, board), sign) : sign;
  return `<td class="${verdict}"${why}>${content}</td>`;
}
