import { createSimBoard } from "@escapement/board-sim";
import {
  type BoardReport,
  describeProgram,
  type Law,
  type LawEnv,
  type LawResult,
  lawEnv,
  type Verdict,
} from "@escapement/conformance";
import { timelineSvg, traceTimeline } from "@escapement/timeline";
import {
  code,
  paragraphs,
  plain,
  prose,
  table,
  timelineFigure,
  widePage,
} from "../site/markdown.js";
import type { Page } from "../site/page.js";
import type { SuiteRun } from "./run-suite.js";

const words: Record<Verdict, string> = { pass: "pass", fail: "fail", skip: "skip", error: "error" };

/** A verdict as the pages show it; `short` leaves the word to those who cannot see the mark. */
export function verdictMark(verdict: Verdict, short = false): string {
  const glyph = { pass: "✓", fail: "✗", skip: "–", error: "!" }[verdict];
  const word = short
    ? `<span class="visually-hidden">${words[verdict]}</span>`
    : ` ${words[verdict]}`;
  return `<span class="verdict ${verdict}"><span aria-hidden="true">${glyph}</span>${word}</span>`;
}

/** What a law's page needs beside the law. */
export interface LawPageContext {
  /** Runs and verdicts. */
  readonly run: SuiteRun;
  /** What each capability means. */
  readonly capabilities: ReadonlyMap<string, string>;
  /** The board for which programs are listed. */
  readonly env: LawEnv;
}

/** The board for which programs are listed: the one that most drawings are made on. */
export function listingEnv(): LawEnv {
  return lawEnv(createSimBoard({ profile: "avr16" }).describe());
}

/** The page of one law. */
export function lawPage(law: Law, context: LawPageContext): Page {
  const { env } = context;
  const results = context.run.reports.map((report) => ({ report, result: resultOf(report, law) }));
  const text = paragraphs(
    `# ${law.id}: ${plain(law.title)}`,
    `<p class="statement">${plain(law.statement)}</p>`,
    `<div class="facts">\n`,
    factsTable(law, context),
    "</div>",
    "## The program",
    "What the board runs, as data; here with the times of the simulated `avr16`, 2 000 000 ticks a second.",
    code("text", describeProgram(law.program(env), env.board.frequencyHz).join("\n")),
    "## A run of it",
    drawing(law, context),
    "## Verdicts",
    table(
      ["board", "verdict", ...(results.some(({ result }) => result.reason) ? ["why"] : [])],
      results.map(({ report, result }) => [
        `\`${report.board}\``,
        verdictMark(result.verdict),
        ...(result.reason === undefined ? [] : [plain(result.reason)]),
      ]),
    ),
    "Every board is judged again whenever this site is built. To judge yours:",
    code("sh", `npx escapement conform <board> --only ${law.id}`),
  );
  return { path: `laws/${law.id}.md`, text: widePage(text) };
}

function factsTable(law: Law, { capabilities }: LawPageContext): string {
  const needs = law.needs.map((need) => `\`${need}\`: ${prose(capabilities.get(need) ?? "")}`);
  return table(
    ["", ""],
    [
      ["**Rules**", law.rules.map((id) => `[${id} of the contract](/contract#${id})`).join("<br>")],
      ["**Needs**", needs.length === 0 ? "nothing beyond a timer" : needs.join("<br>")],
      ["**Origin**", law.origin.map(plain).join("<br>")],
    ],
  );
}

function drawing(law: Law, { run }: LawPageContext): string {
  const iteration = run.iterations.get(law.id);
  if (iteration === undefined) return "No board that is drawn has what this law needs.";
  const { board, number, count, value, records, frequencyHz } = iteration;
  const title = `${law.id} on ${board}`;
  const svg = timelineSvg(traceTimeline({ records, frequencyHz, title }), {
    style: false,
    width: 880,
  });
  const which =
    count === 1
      ? ""
      : `, iteration ${number} of ${count} of its sweep, with the variable at ${value}`;
  return timelineFigure(law.id, svg, `A run on ${board}${which}.`);
}

function resultOf(report: BoardReport, law: Law): LawResult {
  const result = report.laws.find(({ id }) => id === law.id);
  if (result === undefined) throw new Error(`${report.board} has no verdict for ${law.id}`);
  return result;
}
