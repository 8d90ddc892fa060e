import { escapeText } from "@escapement/timeline";
import { lawPage } from "./law-page.js";
import type { RunFacts } from "./run/run-facts.js";
import { runFactLines } from "./run/run-text.js";

/** Something that is wrong, as GitHub shows it: an annotation, and an item of the step's summary. */
export interface GithubNote {
  /** The id of the law or rule that the title begins with, where it does. */
  readonly id?: string;
  /** What is wrong, in a line; behind the id. */
  readonly title: string;
  /** What else there is to say, a line each. */
  readonly lines: readonly string[];
  /** The command that shows it again. */
  readonly again?: string | undefined;
  /** The file that the annotation stands at, within the repository; none when absent. */
  readonly file?: string | undefined;
  /** The line of that file. */
  readonly line?: number;
  /** The column of that line. */
  readonly column?: number;
}

/** Annotations that GitHub shows of one step. */
const annotationsMax = 10;

/** Notes that a step summary has. */
const summaryMax = 40;

/** A path within the repository: no address, no absolute path, nothing that a list of boards may have. */
const pathForm = /^(?!\/|[a-z]+:)[^\s,]+\.(?:c|[cm]?[jt]s)(?=$|[\s,@])/i;

/** The file that a board or a place is, for an annotation to stand there; undefined for any other. */
export function annotatedFile(name: string): string | undefined {
  return pathForm.exec(name)?.[0];
}

/**
 * Notes as annotations of a GitHub workflow, a line each, `::error title=…::…`: the first ten, as GitHub shows
 * no more. Every text is escaped as the format asks for.
 *
 * Pure. Ends with a newline, unless it is empty.
 */
export function noteAnnotations(notes: readonly GithubNote[]): string {
  return notes
    .slice(0, annotationsMax)
    .map((note) => `${annotation(note)}\n`)
    .join("");
}

function annotation({ id, title, lines, again, file, line = 0, column = 0 }: GithubNote): string {
  const message = [...lines, ...(again === undefined ? [] : [`again: ${again}`])].join("\n");
  const properties = {
    ...(file !== undefined && { file }),
    ...(file !== undefined && line > 0 && { line: `${line}` }),
    ...(file !== undefined && line > 0 && column > 0 && { col: `${column}` }),
    title: id === undefined ? title : `${id} ${title}`,
  };
  const parts = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapedData(value).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  return `::error ${parts.join(",")}::${escapedData(message)}`;
}

/** Escapes a text as GitHub's own toolkit does it. */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The summary of a step. */
export interface GithubSummary {
  /** The sum of the run, in a line. */
  readonly sum: string;
  /** A table in Markdown, of texts that are shown as they are; none when absent. */
  readonly table?: readonly string[];
  /** What is wrong. */
  readonly notes: readonly GithubNote[];
  /** What is known of the run. */
  readonly run?: RunFacts | undefined;
}

/**
 * The summary of a step in Markdown: the sum, the table, and what is wrong, folded, with ids of laws as links.
 * Texts are shown as they are.
 *
 * Pure. Ends with a newline.
 */
export function noteSummary({ sum, table = [], notes, run }: GithubSummary): string {
  const more = notes.length - summaryMax;
  const facts = runFactLines(run);
  return [
    `### ${asShown(sum)}`,
    "",
    ...(table.length > 0 ? [...table, ""] : []),
    ...notes.slice(0, summaryMax).flatMap(noteLines),
    ...(more > 0 ? [`and ${more} more`, ""] : []),
    ...facts,
    // The last line ends, too.
    ...(notes.length + facts.length === 0 && table.length === 0 ? [""] : []),
  ].join("\n");
}

function noteLines({ id, title, lines, again }: GithubNote): string[] {
  const address = id === undefined ? undefined : lawPage(id);
  const link = address === undefined ? asShown(id ?? "") : `<a href="${address}">${id}</a>`;
  const [first, ...rest] = lines;
  return [
    `<details><summary>✗ ${id === undefined ? "" : `${link} `}${asShown(title)}</summary>`,
    "",
    ...(first === undefined ? [] : [asShown(first), ""]),
    ...rest.map((line) => `- ${asShown(line)}`),
    ...(again === undefined ? [] : ["", `<pre>${escapeText(again)}</pre>`]),
    "",
    "</details>",
    "",
  ];
}

/** Text that Markdown shows as it is. */
export function asShown(text: string): string {
  return escapeText(text).replaceAll(/[\\`*_[\]|~#]/g, "\\$&");
}
