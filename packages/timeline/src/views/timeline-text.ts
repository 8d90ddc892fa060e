import { cleanLine } from "@escapement/scenario";
import type { StepRole, TimelineStep } from "../model/step.js";
import type { TimeAxis, Timeline } from "../model/timeline.js";
import { counted, timeText } from "../text/numbers.js";
import { stateChange } from "../text/state-change.js";
import { wrapText } from "../text/wrap-text.js";
import { TextColumns, type TextRow } from "./text-columns.js";

/** How a timeline is written. */
export interface TimelineTextOptions {
  /** Columns that a line may take, 36 or more; default 100. With less than 60, a replay has no counter and no flags. */
  readonly width?: number;
  /** Gives text its looks, without changing its width; plain when absent. */
  readonly styler?: (look: TimelineLook, text: string) => string;
  /** Lines in all, 8 or more, where none has to be broken; default 15. */
  readonly linesMax?: number;
}

/** What a piece of text in a timeline means; a styler gives it its looks. */
export type TimelineLook = "title" | "quiet" | "move" | "fail" | "plain";

/** A message of more characters is cut. */
const messageMax = 300;

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
 * is the same for the same timeline; no line is wider than `width`. Words that do not fit go on in lines below,
 * so that there may be more than `linesMax`.
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
  const width = Math.max(36, Math.floor(options.width ?? 100));
  const linesMax = Math.max(8, Math.floor(options.linesMax ?? 15));
  const paint = options.styler ?? ((_look, text) => text);
  const message = messageLines(timeline, width);
  const title = wrapText(cleanLine(timeline.title), width).map((line) => paint("title", line));
  const last = message.map((line) => paint("fail", line));
  const { axis } = timeline;
  // As many as a wide terminal has, so that a narrow one shows no less.
  const most = linesMax - 1 - Math.min(message.length, 3);
  if (axis.kind === "time") {
    return [...title, ...recordLines(timeline, axis, width, most, paint), ...last];
  }
  const rows = chooseRows(axis.steps, most - 1);
  const columns = new TextColumns(rows, width);
  return [
    ...title,
    paint("quiet", columns.header()),
    ...rows.flatMap((row) => [
      ...row.step.moves
        .flatMap((text) => columns.moveLines(text))
        .map((line) => paint("move", line)),
      ...columns.lines(row).map((line) => paint(lookOf(row.step.roles), line)),
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

/**
 * What has a label in the rows of the contexts, and the entries of handlers, in order of time. Where they are
 * too many, those around the first that a finding names.
 */
function recordLines(
  { rows, pointers }: Timeline,
  { base, frequencyHz }: TimeAxis,
  width: number,
  linesMax: number,
  paint: (look: TimelineLook, text: string) => string,
): readonly string[] {
  const named = new Set(pointers.map(({ at }) => at));
  const all = rows
    .flatMap(({ kind, name, labels, events }) => {
      const entries = events.filter(({ look }) => look === "entry" || look === "wrong-entry");
      const shown = kind === "context" ? labels : entries;
      return shown.map(({ at, text }) => ({ name, at, text }));
    })
    .sort((one, other) => one.at - other.at);
  const [from, to] = windowOf(
    all.length,
    all.findIndex(({ at }) => named.has(at)),
    linesMax,
  );
  const lines = all.slice(from, to).map(({ name, at, text }) => {
    return { name, time: timeText(at - base, frequencyHz), text, isNamed: named.has(at) };
  });
  const timeWidth = Math.max(0, ...lines.map(({ time }) => time.length));
  const nameWidth = Math.max(0, ...lines.map(({ name }) => name.length));
  const gap = (count: number): readonly string[] =>
    count === 0 ? [] : [paint("quiet", `… ${counted(count, "line")} left out`)];
  return [
    ...gap(from),
    ...lines.flatMap(({ name, time, text, isNamed }) => {
      const mark = named.size === 0 ? "" : isNamed ? "✗ " : "  ";
      const left = `${mark}${time.padStart(timeWidth)}  ${name.padEnd(nameWidth)}  `;
      const [first = "", ...more] = wrapText(cleanLine(text), width - left.length);
      const under = more.map((part) => " ".repeat(left.length) + part);
      return [left + first, ...under].map((line) => paint(isNamed ? "fail" : "plain", line));
    }),
    ...gap(all.length - to),
  ];
}

/** The lines that are shown, around the named one, with room for what is said of those that are not. */
function windowOf(count: number, named: number, linesMax: number): readonly [number, number] {
  if (count <= linesMax) return [0, count];
  const last = count - (linesMax - 1);
  const from = Math.min(last, Math.max(0, named - Math.floor(linesMax / 2)));
  if (from === 0) return [0, linesMax - 1];
  return from === last ? [last, count] : [from, from + linesMax - 2];
}

function messageLines({ message }: Timeline, width: number): readonly string[] {
  if (message === undefined) return [];
  const text = cleanLine(message);
  const kept = text.length <= messageMax ? text : `${text.slice(0, messageMax).trimEnd()} …`;
  const [first = "", ...more] = wrapText(kept, width - 2);
  return [`✗ ${first}`, ...more.map((line) => `  ${line}`)];
}
