import { type BoardDescription, type Difference, differencesOf } from "@escapement/scenario";
import { escapeText } from "@escapement/timeline";

/** What reporters need of a report to say what its board does otherwise. */
export interface DescribedBoard {
  /** The board's name. */
  readonly board: string;
  /** What it said about itself; absent when it could not be opened. */
  readonly description?: BoardDescription;
}

/** What a description states otherwise than the contract; nothing where there is none. */
function differsOf(description: BoardDescription | undefined): readonly Difference[] {
  return description === undefined ? [] : differencesOf(description);
}

/** The member `differs` of a JSON document; absent where nothing is stated. */
export function differsMember(description: BoardDescription | undefined): {
  readonly differs?: readonly Difference[];
} {
  const differs = differsOf(description);
  return differs.length === 0 ? {} : { differs };
}

/** A value for people: a word as it is, a number near a power of two by that. */
function differsText(value: string | number): string {
  if (typeof value === "string") return value;
  const bits = Math.log2(value + 1);
  return Number.isInteger(bits) && bits >= 16 ? `2^${bits} - 1` : String(value);
}

const heads = ["what differs", "here", "contract", "rules", "source"] as const;

function cellsOf({ member, about, board, contract, rules, source }: Difference): readonly string[] {
  const what = `${about} (${member})`;
  return [what, differsText(board), differsText(contract), rules.join(" "), source];
}

/** The table of each board that states differences, for a terminal; its first line names the board. */
export function differsLines(report: DescribedBoard): readonly string[] {
  const differences = differsOf(report.description);
  if (differences.length === 0) return [];
  const rows = [heads, ...differences.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [
    `${report.board} states that it differs from the contract:`,
    ...lines.map((line) => `  ${line}`),
  ];
}

/** What a board states otherwise, in one line for each such board. */
export function differsSums(reports: readonly DescribedBoard[]): readonly string[] {
  return reports.flatMap(({ board, description }) => {
    const parts = differsOf(description).map(
      ({ member, board: here, rules }) => `${member} ${differsText(here)} (${rules.join(" ")})`,
    );
    return parts.length === 0 ? [] : [`- differs ${board}, as it states: ${parts.join(", ")}`];
  });
}

/** The properties of a JUnit suite: one for each difference. */
export function differsProperties(
  description: BoardDescription | undefined,
): readonly (readonly [name: string, value: string])[] {
  return differsOf(description).map(({ member, board, contract, source }) => [
    `differs.${member}`,
    `${differsText(board)}, in the contract ${differsText(contract)} (${source})`,
  ]);
}

/** The tables of all boards that state differences, as markup; nothing where none does. */
export function differsTable(reports: readonly DescribedBoard[]): string {
  const rows = reports.flatMap((report) =>
    differsOf(report.description).map((each) => {
      const cells = cellsOf(each).map((text) => `<td>${escapeText(text)}</td>`);
      return `<tr><th scope="row">${escapeText(report.board)}</th>${cells.join("")}</tr>`;
    }),
  );
  if (rows.length === 0) return "";
  const columns = ["Board", "What differs", "Here", "In the contract", "Rules", "Source"];
  const head = columns.map((text) => `<th scope="col">${text}</th>`).join("");
  return [
    '<div class="wide" tabindex="0"><table class="boards">',
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}
