import { escapeText } from "@escapement/timeline";
import { type BoardReport, summarize } from "../report.js";
import { cleanReport } from "./clean-report.js";
import type { CommandFor } from "./failure.js";
import { lawPage } from "./law-page.js";
import type { RunFacts } from "./run/run-facts.js";
import { runFactLines } from "./run/run-text.js";
import { type BrokenLaw, brokenLaws, findingLines } from "./summary/folded.js";
import { sumLine } from "./summary.js";

/** What the texts for GitHub say besides the verdicts. */
export interface GithubOptions {
  /** The command that shows a broken law again. */
  readonly commandFor?: CommandFor;
  /** What is known of the run; the summary ends with it. */
  readonly run?: RunFacts;
}

/** Annotations that GitHub shows of one step. */
const annotationsMax = 10;

/** Broken laws that a step summary has. */
const summaryMax = 40;

/** A board that is a file: an annotation stands at it. */
const fileForms = /^(?!\/|[a-z]+:)[^\s,]+\.(?:c|[cm]?[jt]s)(?=$|[\s,@])/i;

/**
 * Broken laws as annotations of a GitHub workflow, a line each, `::error title=…::…`: the first ten, as GitHub
 * shows no more, each once for all boards. A board that is a file has its annotation there. No lines
 * where nothing is broken; every text is escaped as the format asks for.
 *
 * Pure. Ends with a newline, unless it is empty.
 */
export function githubAnnotations(
  given: readonly BoardReport[],
  options: GithubOptions = {},
): string {
  const reports = given.map(cleanReport);
  const broken = brokenLaws(reports)
    .slice(0, annotationsMax)
    .map((law) => annotation(law, options));
  const stopped = reports.flatMap(({ board, stopped: why }) =>
    why === undefined
      ? []
      : [command("error", { title: `${board} was lost during ${why.law}` }, why.message)],
  );
  return [...stopped, ...broken].map((line) => `${line}\n`).join("");
}

function annotation(law: BrokenLaw, { commandFor }: GithubOptions): string {
  const { result, reports } = law;
  const boards = reports.map(({ board }) => board);
  const [first] = boards;
  const file = fileForms.exec(first ?? "")?.[0];
  const again = commandFor?.(first ?? "", result.id, result.failedProgram?.origin);
  const message = [
    result.statement,
    ...findingLines(result),
    ...(again === undefined ? [] : [`again: ${again}`]),
  ].join("\n");
  const title = `${result.id} fails on ${boards.join(", ")}`;
  return command("error", { ...(file !== undefined && { file }), title }, message);
}

/** A workflow command; both of its parts are escaped, as GitHub's own toolkit does it. */
function command(name: string, properties: Readonly<Record<string, string>>, text: string): string {
  const parts = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapedData(value).replaceAll(":", "%3A").replaceAll(",", "%2C")}`,
  );
  return `::${name} ${parts.join(",")}::${escapedData(text)}`;
}

function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/**
 * The summary of a step in Markdown: the sum, a row of counts for each board, and the broken laws with their
 * findings, as links to their pages. Texts of boards are shown as they are.
 *
 * Pure. Ends with a newline.
 */
export function githubSummary(given: readonly BoardReport[], options: GithubOptions = {}): string {
  const reports = given.map(cleanReport);
  const broken = brokenLaws(reports);
  const more = broken.length - summaryMax;
  return [
    `### ${shown(sumLine(reports))}`,
    "",
    "| board | pass | fail | skip | error |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...reports.map(({ board, laws }) => {
      const { pass, fail, skip, error } = summarize(laws);
      return `| ${shown(board)} | ${pass} | ${fail} | ${skip} | ${error} |`;
    }),
    "",
    ...broken.slice(0, summaryMax).flatMap((law) => lawLines(law, options)),
    ...(more > 0 ? [`and ${more} more`, ""] : []),
    ...runFactLines(options.run),
  ].join("\n");
}

function lawLines({ result, reports }: BrokenLaw, { commandFor }: GithubOptions): string[] {
  const [first] = reports;
  const address = lawPage(result.id);
  const id = address === undefined ? shown(result.id) : `<a href="${address}">${result.id}</a>`;
  const boards = shown(reports.map(({ board }) => board).join(", "));
  const again = commandFor?.(first.board, result.id, result.failedProgram?.origin);
  return [
    `<details><summary>✗ ${id} fails on ${boards}</summary>`,
    "",
    shown(result.statement),
    "",
    ...findingLines(result).map((line) => `- ${shown(line)}`),
    ...(again === undefined ? [] : ["", `<pre>${escapeText(again)}</pre>`]),
    "",
    "</details>",
    "",
  ];
}

/** Text that Markdown shows as it is. */
function shown(text: string): string {
  return escapeText(text).replaceAll(/[\\`*_[\]|~#]/g, "\\$&");
}
