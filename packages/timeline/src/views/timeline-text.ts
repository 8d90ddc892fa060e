import { cleanLine } from "@escapement/scenario";
import type { StepRole, TimelineStep } from "../model/step.js";
import type { TimeAxis, Timeline } from "../model/timeline.js";
import { timeText } from "../text/numbers.js";
import { stateChange } from "../text/state-change.js";
import { cutText, TextColumns, type TextRow } from "./text-columns.js";

/** How a timeline is written. */
export interface TimelineTextOptions {
  /** Columns that a line may take, 60 or more; default 100. */
  readonly width?: number;
  /** Gives text its looks, without changing its width; plain when absent. */
  readonly styler?: (look: TimelineLook, text: string) => string;
  /** Lines in all, 8 or more; default 15. */
  readonly linesMax?: number;
}

/** What a piece of text in a timeline means; a styler gives it its looks. */
export type TimelineLook = "title" | "quiet" | "move" | "fail" | "plain";

const messageLinesMax = 3;

/** Steps below this rank fill no more than the first few rows. */
const rankMin = 20;
const rowsMin = 6;

/**
 * Writes a timeline in a few lines. A replay has columns: time, point, one for the thread and for
 * each interrupt level in use, the counter, the flags (`M` while interrupts are masked) and what
 * happens; of all points those are chosen that show most of what went wrong. A trace has a line for
 * each call, read, mark and entry of a handler.
 *
 * Times are ticks since the run began, or microseconds. Of a context `●` is an access, `◆` one to a
 * cell that the interrupt and the interrupted code both use, `│` code that is interrupted. The text
 * is the same for the same timeline; no line is wider than `width`, and there are at most `linesMax`.
 *
 * @example
 * ```ts
 * import { type Timeline, timelineText } from "@escapement/timeline";
 *
 * export const print = (timeline: Timeline): void =>
 *   console.log(timelineText(timeline, { width: 120 }).join("\n"));
 * ```
 */
export function timelineText(
  timeline: Timeline,
  options: TimelineTextOptions = {},
): readonly string[] {
  const width = Math.max(60, Math.floor(options.width ?? 100));
  const linesMax = Math.max(8, Math.floor(options.linesMax ?? 15));
  const paint = options.styler ?? ((_look, text) => text);
  const message = messageLines(timeline, width);
  const title = paint("title", cutText(cleanLine(timeline.title), width));
  const last = message.map((line) => paint("fail", line));
  const { axis } = timeline;
  if (axis.kind === "time") {
    const lines = recordLines(timeline, axis, width).slice(0, linesMax - 1 - message.length);
    return [title, ...lines, ...last];
  }
  const rows = chooseRows(axis.steps, linesMax - 2 - message.length);
  const columns = new TextColumns(rows, width);
  return [
    title,
    paint("quiet", columns.header()),
    ...rows.flatMap((row) => [
      ...row.step.moves.map((text) => paint("move", columns.moveLine(text))),
      paint(lookOf(row.step.roles), columns.line(row)),
    ]),
    ...last,
  ];
}

function chooseRows(steps: readonly TimelineStep[], linesMax: number): readonly TextRow[] {
  const chosen = new Set<number>();
  let lines = 0;
  const ranked = steps
    .map(({ rank, moves }, index) => ({ rank, index, cost: 1 + moves.length }))
    .sort((a, b) => b.rank - a.rank || a.index - b.index);
  for (const { index, rank, cost } of ranked) {
    if (lines + cost > linesMax || (rank < rankMin && chosen.size >= rowsMin)) continue;
    lines += cost;
    chosen.add(index);
  }
  const indices = [...chosen].sort((a, b) => a - b);
  let shown: string | undefined;
  return indices.flatMap((index, place) => {
    const step = steps[index];
    if (step === undefined) return [];
    const skipped = (indices[place + 1] ?? steps.length) - index - 1;
    const state = step.state === undefined ? "" : stateChange(shown, step.state);
    shown = step.state;
    return [{ step, levelBefore: steps[index - 1]?.level ?? 0, skipped, state }];
  });
}

function lookOf(roles: readonly StepRole[]): TimelineLook {
  if (roles.includes("finding")) return "fail";
  return roles.length === 1 && roles[0] === "access" ? "quiet" : "plain";
}

/** What has a label in the rows of the contexts, and the entries of handlers, in order of time. */
function recordLines(
  { rows }: Timeline,
  { base, frequencyHz }: TimeAxis,
  width: number,
): readonly string[] {
  const lines = rows
    .flatMap(({ kind, name, labels, events }) => {
      const entries = events.filter(({ look }) => look === "entry" || look === "wrong-entry");
      const shown = kind === "context" ? labels : entries;
      return shown.map(({ at, text }) => ({ name, at, text }));
    })
    .sort((one, other) => one.at - other.at)
    .map(({ name, at, text }) => ({ name, time: timeText(at - base, frequencyHz), text }));
  const timeWidth = Math.max(0, ...lines.map(({ time }) => time.length));
  const nameWidth = Math.max(0, ...lines.map(({ name }) => name.length));
  return lines.map(({ name, time, text }) =>
    cutText(`${time.padStart(timeWidth)}  ${name.padEnd(nameWidth)}  ${cleanLine(text)}`, width),
  );
}

function messageLines({ message }: Timeline, width: number): readonly string[] {
  if (message === undefined) return [];
  const lines: string[] = [""];
  for (const word of `✗ ${cleanLine(message)}`.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = line + (line && " ") + word;
    } else lines.push(`  ${word}`);
  }
  const kept = lines.slice(0, messageLinesMax).map((line) => cutText(line, width));
  const last = kept.at(-1) ?? "";
  return lines.length > kept.length ? [...kept.slice(0, -1), cutText(`${last} …`, width)] : kept;
}
