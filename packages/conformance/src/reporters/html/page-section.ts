import { escapeText } from "@escapement/timeline";

/** A part of a page, which the table of contents names. */
export interface PageSection {
  /** Its heading, as plain text. */
  readonly title: string;
  /** What is in it, as markup. */
  readonly body: string;
  /** Whether it consists of items that a filter hides, and goes with the last of them. */
  readonly isFiltered?: boolean;
}

/** A section of these lines of markup. */
export function section(title: string, lines: readonly string[]): PageSection {
  return { title, body: lines.filter((each) => each !== "").join("\n") };
}

/** Items as markup, each below the title that is given for it: a section for each title, in the order of their first items. */
export function filteredSections(
  items: readonly { readonly title: string; readonly markup: string }[],
): readonly PageSection[] {
  const titles = [...new Set(items.map(({ title }) => title))];
  return titles.map((title) => {
    const own = items.filter((item) => item.title === title);
    const lines = own.map(({ markup }) => markup);
    return { ...section(title, lines), isFiltered: true };
  });
}

/** With fewer sections than this a page is seen at a glance. */
const contentsMin = 3;

/** Links to all sections; empty where they are few. */
export function contents(sections: readonly PageSection[]): string {
  if (sections.length < contentsMin) return "";
  const anchors = anchorsOf(sections);
  const items = sections.map(
    ({ title }, place) => `<li><a href="#${anchors[place]}">${escapeText(title)}</a></li>`,
  );
  return `<nav class="contents" aria-label="Contents"><ul>${items.join("")}</ul></nav>`;
}

/** All sections with their headings, each with an anchor. */
export function sectionsMarkup(sections: readonly PageSection[]): string {
  const anchors = anchorsOf(sections);
  return sections
    .map(
      ({ title, body, isFiltered = false }, place) =>
        `<section id="${anchors[place]}"${isFiltered ? " data-filtered" : ""}>\n<h2>${escapeText(title)}</h2>\n${body}\n</section>`,
    )
    .join("\n");
}

/** Numbered, as a heading may have any text and two may be the same. */
function anchorsOf(sections: readonly PageSection[]): readonly string[] {
  return sections.map((_, place) => `section-${place + 1}`);
}
