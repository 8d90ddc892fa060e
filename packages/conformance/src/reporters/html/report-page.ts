import { drawingStyle, escapeText } from "@escapement/timeline";
import type { RunFacts } from "../run/run-facts.js";
import { runFactList } from "../run/run-text.js";
import { contents, type PageSection, sectionsMarkup } from "./page-section.js";
import { pageStyle } from "./page-style.js";
import { pageScript } from "./script.js";

/** What {@link reportPage} puts together. */
export interface ReportPage {
  /** Its title and first heading, as plain text. */
  readonly title: string;
  /** What comes under the heading, as markup: the verdict on the whole. */
  readonly lead: string;
  /** What is known of the run, shown under the lead. */
  readonly run?: RunFacts | undefined;
  /** Tools for all sections, as markup, such as `foldedTools`. */
  readonly tools?: string;
  /** The sections, in order; three or more have a table of contents. */
  readonly sections: readonly PageSection[];
  /** Style rules of its own. */
  readonly style?: string;
}

/**
 * Writes an HTML file that needs nothing else: it may use what it carries, and nothing is fetched. Every report
 * of Escapement is such a page, with one style, one script and one way to fold, filter and print.
 *
 * The colours of ground, text and verdicts are there as custom properties (`--ground`, `--text`,
 * `--pass`, `--fail` and so on), light or dark as the reader has it, and so is the style of drawings.
 *
 * @example
 * ```ts
 * import { reportPage } from "@escapement/conformance";
 *
 * const sections = [{ title: "Boards", body: "<p>One board.</p>" }];
 * console.log(reportPage({ title: "Tonight", lead: "<p>All is well.</p>", sections }));
 * ```
 */
export function reportPage(page: ReportPage): string {
  const { title, lead, run, tools = "", sections, style = "" } = page;
  const heading = escapeText(title);
  const parts = [lead, runFactList(run), contents(sections), tools, sectionsMarkup(sections)];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${heading}</title>
<style>
${pageStyle(style)}${drawingStyle}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${parts.filter((each) => each !== "").join("\n")}
</main>
<script>
${pageScript}</script>
</body>
</html>
`;
}
