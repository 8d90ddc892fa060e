/** What can be filtered: the rows of all tables, or whole sections under their headings. */
type Part = readonly HTMLElement[];

/** Puts a field above a page's content that hides what does not have the words written there. */
export function addFilter(main: HTMLElement, bySection: boolean): void {
  const parts = bySection ? sectionsOf(main) : rowsOf(main);
  const anchor = main.querySelector("h1");
  if (parts.length < 2 || anchor === null) return;
  const label = document.createElement("label");
  label.className = "page-filter";
  const words = document.createElement("span");
  words.textContent = "Filter";
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "words that must be there";
  const count = document.createElement("output");
  count.textContent = `${parts.length}`;
  label.append(words, field, count);
  anchor.after(label);
  const texts = parts.map((part) =>
    part
      .map((each) => each.textContent ?? "")
      .join(" ")
      .toLowerCase(),
  );
  field.addEventListener("input", () => {
    const wanted = field.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    let shown = 0;
    for (const [index, part] of parts.entries()) {
      const fits = wanted.every((word) => texts[index]?.includes(word));
      if (fits) shown += 1;
      for (const each of part) each.hidden = !fits;
    }
    if (!bySection) hideEmptySections(main);
    count.textContent = wanted.length === 0 ? `${parts.length}` : `${shown} of ${parts.length}`;
  });
}

/** The rows of all tables but of those that only count. */
function rowsOf(main: HTMLElement): readonly Part[] {
  return [...main.querySelectorAll<HTMLElement>("tbody tr")]
    .filter((row) => row.closest(".counts") === null)
    .map((row) => [row]);
}

/** A heading over tables in which no row is left goes with them. */
function hideEmptySections(main: HTMLElement): void {
  for (const part of sectionsOf(main)) {
    const rows = part.flatMap((each) => [...each.querySelectorAll<HTMLElement>("tbody tr")]);
    const isEmpty = rows.length > 0 && rows.every((row) => row.hidden);
    for (const each of part) each.hidden = isEmpty;
  }
}

/** A heading of the second level with all that follows it, up to the next. */
function sectionsOf(main: HTMLElement): readonly Part[] {
  return [...main.querySelectorAll<HTMLElement>("h2")].map((heading) => {
    const part = [heading];
    let next = heading.nextElementSibling;
    while (next instanceof HTMLElement && next.tagName !== "H2") {
      part.push(next);
      next = next.nextElementSibling;
    }
    return part;
  });
}
