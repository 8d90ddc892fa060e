/** Puts a button into each head of a table: it sorts the rows by that column, up and then down. */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined || body.rows.length < 2) return;
  for (const [column, head] of heads.entries()) {
    const words = head.textContent ?? "";
    if (words.trim() === "") continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort-button";
    button.textContent = words;
    button.setAttribute("aria-label", `Sort by ${words}`);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...body.rows].sort((one, other) =>
        compared(textOf(one, column), textOf(other, column)),
      );
      body.append(...(up ? rows : rows.reverse()));
    });
    head.replaceChildren(button);
  }
}

function textOf(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.textContent?.trim() ?? "";
}

/** Numbers by their size, whatever stands between their digits; what is no number by its letters, after all numbers. */
function compared(one: string, other: string): number {
  const [a, b] = [numberIn(one), numberIn(other)];
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined) return -1;
  if (b !== undefined) return 1;
  return one.localeCompare(other, "en", { numeric: true });
}

function numberIn(text: string): number | undefined {
  const digits = /^[−-]?\d[\d\s\u202f.,]*/.exec(text)?.[0];
  if (digits === undefined) return undefined;
  const value = Number(digits.replace(/[\s\u202f,]/g, "").replace("−", "-"));
  return Number.isNaN(value) ? undefined : value;
}
