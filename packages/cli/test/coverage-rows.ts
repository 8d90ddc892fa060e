/** The rows of tables of coverage in Markdown, as they are written, by law. */
export function lawRows(text: string): Map<string, string> {
  const rows = [...text.matchAll(/^\| ([A-Z]+-\d\d) \|.*$/gm)];
  return new Map(rows.map(([row, law = ""]) => [law, row]));
}

/** A number as such pages write it, with blanks between groups of digits. */
export function numberOf(cell = ""): number {
  return Number(cell.replaceAll(" ", ""));
}

/** The numbers of a row behind its law. */
export function numbersIn(row: string): number[] {
  return row.split("|").slice(2, -1).map(numberOf);
}
