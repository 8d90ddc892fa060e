import { createSimBoard } from "@escapement/board-sim";
import { findBug } from "@escapement/bug-museum";
import {
  type BoardReport,
  describeProgram,
  type Law,
  type LawEnv,
  type LawResult,
  lawEnv,
  originParts,
  type Verdict,
} from "@escapement/conformance";
import { timelineSvg, traceTimeline } from "@escapement/timeline";
import { boardPath } from "../boards/board-list.js";
import type { LawKills } from "../museum/kills.js";
import {
  code,
  htmlText,
  paragraphs,
  plain,
  prose,
  table,
  timelineFigure,
  widePage,
} from "../site/markdown.js";
import type { Page } from "../site/page.js";
import type { LawSource } from "./law-source.js";
import { opsOf } from "./op-words.js";
import type { Iteration, SuiteRun } from "./run-suite.js";

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
  /** What each operation does. */
  readonly ops: ReadonlyMap<string, string>;
  /** Where each law is written. */
  readonly sources: ReadonlyMap<string, LawSource>;
  /** What each law rejects. */
  readonly kills: (law: string) => LawKills;
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
    `<p class="statement">${htmlText(law.statement)}</p>`,
    `<div class="facts">\n`,
    factsTable(law, context),
    "</div>",
    "## The program",
    "What the board runs, as data; here with the times of the simulated `avr16`, 2 000 000 ticks a second.",
    code("text", describeProgram(law.program(env), env.board.frequencyHz).join("\n")),
    operationTable(law, context),
    "## A run of it",
    ...drawings(law, context),
    "## Bugs that it finds",
    killsText(law, context),
    "## Verdicts",
    table(
      ["board", "verdict", ...(results.some(({ result }) => result.reason) ? ["why"] : [])],
      results.map(({ report, result }) => [
        `[\`${report.board}\`](/${boardPath(report.board)})`,
        verdictMark(result.verdict),
        ...(result.reason === undefined ? [] : [plain(result.reason)]),
      ]),
    ),
    "Every board is judged again whenever this site is built. To judge yours:",
    code("sh", `npx escapement conform <board> --only ${law.id}`),
  );
  return { path: `laws/${law.id}.md`, text: widePage(text) };
}

/** What the operations of the program do, in words. */
function operationTable(law: Law, { env, ops }: LawPageContext): string {
  const rows = opsOf(law.program(env)).map((name) => {
    const shown = name === "repeat" ? "unrecorded" : name;
    return [`\`${shown}\``, prose(ops.get(name) ?? "")];
  });
  return [`<div class="rows">\n`, table(["", ""], rows), "\n</div>"].join("\n");
}

/** The bugs of the museum that the law rejects: its own with their titles, the others by name. */
function killsText(law: Law, { kills }: LawPageContext): string {
  const { owned, others, kept } = kills(law.id);
  const own = owned.map((name) => `- [${name}](/bugs/${name}): ${plain(findBug(name).title)}`);
  const more = others.map((name) => `[${name}](/bugs/${name})`).join(" · ");
  if (owned.length + others.length === 0) {
    return `No bug of [the museum](/bugs/) so far. ${plain(kept)}`;
  }
  return paragraphs(
    own.length === 0 ? "None of [the museum](/bugs/) is its own." : own.join("\n"),
    more === ""
      ? ""
      : `It rejects these as well, on some backend ([the kill matrix](/kill-matrix)): ${more}`,
  );
}

/** An origin with its addresses. */
function originText(text: string): string {
  return originParts(text)
    .map((part) =>
      part.url === undefined ? plain(part.text) : `[${plain(part.text)}](${part.url})`,
    )
    .join("");
}

function factsTable(law: Law, { capabilities, sources }: LawPageContext): string {
  const source = sources.get(law.id);
  if (source === undefined) throw new Error(`${law.id} is written nowhere`);
  const needs = law.needs.map((need) => `\`${need}\`: ${prose(capabilities.get(need) ?? "")}`);
  return table(
    ["", ""],
    [
      ["**Rules**", law.rules.map((id) => `[${id} of the contract](/contract#${id})`).join("<br>")],
      ["**Needs**", needs.length === 0 ? "nothing beyond a timer" : needs.join("<br>")],
      ["**Origin**", law.origin.map(originText).join("<br>")],
      [
        "**Source**",
        `[${source.path.replace("packages/conformance/src/laws/", "")}](${source.url})`,
      ],
    ],
  );
}

/** Both sides of the boundary that the sweep crosses; one iteration where it crosses none. */
function drawings(law: Law, { run }: LawPageContext): string[] {
  const iterations = run.iterations.get(law.id);
  if (iterations === undefined) return ["No board that is drawn has what this law needs."];
  return iterations.map((iteration, index) => drawing(law, iteration, index, iterations.length));
}

function drawing(law: Law, iteration: Iteration, index: number, sides: number): string {
  const { board, number, count, value, records, frequencyHz } = iteration;
  const title = `${law.id} on ${board}, ${value}`;
  const svg = timelineSvg(traceTimeline({ records, frequencyHz, title }), {
    style: false,
    width: 880,
  });
  const side =
    index === 0 ? "The last iteration before the outcome changes" : "The first one after";
  const which =
    count === 1
      ? ""
      : `, iteration ${number} of ${count} of its sweep, with the variable at ${value}`;
  return timelineFigure(
    `${law.id}, ${value}`,
    svg,
    sides === 1 ? `A run on ${board}${which}.` : `${side}: on ${board}${which}.`,
  );
}

function resultOf(report: BoardReport, law: Law): LawResult {
  const result = report.laws.find(({ id }) => id === law.id);
  if (result === undefined) throw new Error(`${report.board} has no verdict for ${law.id}`);
  return result;
}
