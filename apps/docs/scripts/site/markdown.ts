/** Text as Markdown that shows it as it is; VitePress reads braces and angle brackets as Vue. */
export function plain(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("{{", "&#123;&#123;")
    .replace(/([*_`[\]|\\])/g, "\\$1");
}

/** Text within a block of HTML, in which Markdown is not read. */
export function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;");
}

/** Text in a table's cell: as {@link plain}, but code in back quotes stays code. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll("|", "\\|") : plain(part)))
    .join("");
}

/** A block of code. */
export function code(language: string, text: string): string {
  const fence = text.includes("```") ? "````" : "```";
  return `${fence}${language}\n${text.replace(/\n+$/, "")}\n${fence}`;
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Paragraphs with an empty line between them; empty ones are left out. */
export function paragraphs(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/**
 * A page's text, to be shown over the whole width, without an outline beside it; its tables are `sorted` by their heads
 * and `filtered`, where that is asked for.
 */
export function widePage(text: string, ...looks: readonly ("sorted" | "filtered")[]): string {
  return `---\naside: false\npageClass: ${["wide", ...looks].join(" ")}\n---\n\n${text}`;
}

/** The drawing of a timeline; the caption is Markdown already. */
export function timelineFigure(name: string, svg: string, caption: string): string {
  // The drawing scrolls in its own box where the page is narrow, so the box can be focused.
  return [
    `<figure class="timeline"><div class="timeline-box" tabindex="0" role="group" aria-label="Timeline of ${name}">`,
    svg.replace(/\n\s*\n/g, "\n"),
    `</div><figcaption>${caption}</figcaption></figure>`,
  ].join("\n");
}
