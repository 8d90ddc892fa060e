import { counted } from "@escapement/timeline";
import type { Verdict } from "../../law.js";
import { groupOf, groupTitles } from "../../law-groups.js";
import type { BoardReport, LawResult } from "../../report.js";
import type { Styler } from "../styler.js";
import { boardHeadings, splitName, terminalGlyphs } from "../terminal-parts.js";

/** Verdicts from the gravest on: a group on a board has the first that one of its laws has. */
const gravest: readonly Verdict[] = ["error", "fail", "pass", "skip"];

/** A cell is a glyph, a space and a count. */
const cellWidth = 5;

/** One group of laws, with its cell for each board. */
interface GroupRow {
  readonly group: string;
  readonly cells: readonly Cell[];
}

interface Cell {
  readonly verdict: Verdict;
  /** Laws of the group that came to that verdict. */
  readonly count: number;
}

/**
 * A row for each group of laws and a column for each board: how many hold, or how many do not. Where the
 * boards do not fit side by side, a row for each board instead.
 */
export function groupTable(
  reports: readonly BoardReport[],
  columns: number,
  styler: Styler,
): string[] {
  const rows = groupRows(reports);
  if (rows.length === 0) return ["No laws were run."];
  const names = reports.map(({ board }) => splitName(board));
  const widths = names.map(([top, name]) => Math.max(top.length, name.length, cellWidth));
  const cells = widths.reduce((sum, width) => sum + width + 2, 0);
  const groupWidth = Math.max(...rows.map(({ group }) => group.length));
  const room = columns - groupWidth - cells;
  if (room < 0) return boardLines(reports, styler);
  const titles = rows.map(({ group }) => groupTitles[group] ?? "");
  const titleWidth = Math.max(...titles.map((title) => title.length));
  const isTitled = titleWidth > 0 && room >= titleWidth + 2;
  const indent = isTitled ? groupWidth + 2 + titleWidth : groupWidth;
  return [
    ...boardHeadings(reports, { indent, widths, styler }),
    ...rows.map(({ group, cells }) => {
      const title = groupTitles[group] ?? "";
      const name = isTitled ? `${group.padEnd(groupWidth)}  ${title}` : group;
      const line = cells.map((cell, board) => `  ${cellText(cell, widths[board] ?? 0, styler)}`);
      return `${name.padEnd(indent)}${line.join("")}`.trimEnd();
    }),
  ];
}

function groupRows(reports: readonly BoardReport[]): readonly GroupRow[] {
  const groups = new Set(
    reports.flatMap(({ description, laws }) =>
      description === undefined ? [] : laws.map(({ id }) => groupOf(id)),
    ),
  );
  return [...groups].map((group) => ({
    group,
    cells: reports.map(({ laws }) => cellOf(laws.filter(({ id }) => groupOf(id) === group))),
  }));
}

function cellOf(laws: readonly LawResult[]): Cell {
  const verdict =
    gravest.find((each) => laws.some((law) => law.verdict === each)) ?? ("skip" as const);
  return { verdict, count: laws.filter((law) => law.verdict === verdict).length };
}

function cellText({ verdict, count }: Cell, width: number, styler: Styler): string {
  const text = count === 0 ? "" : `${terminalGlyphs[verdict]} ${String(count).padStart(2)}`;
  return `${styler(verdict, text)}${" ".repeat(Math.max(0, width - text.length))}`;
}

/** For a narrow terminal: a line a board. */
function boardLines(reports: readonly BoardReport[], styler: Styler): string[] {
  const width = Math.max(...reports.map(({ board }) => board.length));
  return reports.map(({ board, laws, summary }) => {
    const { verdict } = cellOf(laws);
    const bad = (["fail", "error", "skip"] as const).flatMap((each) =>
      summary[each] === 0 ? [] : [`${summary[each]} ${each}`],
    );
    const sign = styler(verdict, terminalGlyphs[verdict]);
    const counts = [`${summary.pass} pass`, ...bad].join(", ");
    return `${sign} ${board.padEnd(width)}  ${laws.length === 0 ? counted(0, "law") : counts}`;
  });
}
