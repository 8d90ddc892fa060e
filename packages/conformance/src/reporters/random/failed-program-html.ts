import { escapeText, timelineSvg, traceTimeline } from "@escapement/timeline";
import type { RandomFailure } from "../../random/random-report.js";
import { againLine } from "../html/folded.js";
import { type FailedProgramContext, failedProgramParts } from "./failed-program.js";

/** What the figure of a failed program knows besides it. */
export interface FailedProgramFigureContext extends FailedProgramContext {
  /** The board's name, for the drawing's title. */
  readonly board: string;
}

/**
 * A failed program as markup: its rule, what was expected and found, the command that shows it again, the
 * timeline, and the program beside the records.
 */
export function failedProgramFigure(
  failure: RandomFailure,
  context: FailedProgramFigureContext,
): string {
  const { statement, expected, found, size, source, records, seen } = failedProgramParts(
    failure,
    context,
  );
  const { command } = context;
  const facts = [
    ["Rule", statement],
    ["Expected", expected],
    ["Found", found],
    ["Seen", seen],
  ].map(([term = "", text = ""]) => `<dt>${escapeText(term)}</dt><dd>${escapeText(text)}</dd>`);
  return [
    `<dl class="facts">${facts.join("")}</dl>`,
    againLine(command),
    drawing(failure, context),
    '<div class="pair">',
    listing(`The program: ${size}`, source),
    listing("Records around the violation", records),
    "</div>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function listing(heading: string, lines: readonly string[]): string {
  return `<div><h5>${escapeText(heading)}</h5><pre class="lines" tabindex="0">${escapeText(lines.join("\n"))}</pre></div>`;
}

function drawing(
  { iteration, violation }: RandomFailure,
  { board, frequencyHz }: FailedProgramFigureContext,
): string {
  if (frequencyHz === undefined || iteration.records.length === 0) return "";
  const at = iteration.indices.indexOf(violation.record);
  const timeline = traceTimeline({
    records: iteration.records,
    frequencyHz,
    title: `${violation.rule} on ${board}`,
    highlight: at < 0 ? [] : [at],
  });
  const svg = timelineSvg(timeline, { style: false });
  return `<figure class="timeline"><div tabindex="0">${svg}</div></figure>`;
}
