import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import { cleanLine } from "@escapement/scenario";
import type { ExploreFinding, FoundInRun } from "../finding.js";
import type { Replay, ReplayStep } from "../replay.js";
import { type FocusStep, focusOf, type ReplayFocus } from "./focus.js";
import { moveWords, stateChange } from "./step-words.js";

/** How a timeline is written. */
export interface TerminalTimelineOptions {
  /** Columns that a line may take, 60 or more; default 100. */
  readonly width?: number;
  /** Whether colours are written, as ANSI sequences; default false. */
  readonly colour?: boolean;
  /** Gives text its looks, without changing its width; comes before `colour`. */
  readonly styler?: (look: TimelineLook, text: string) => string;
  /** Lines in all, 8 or more; default 15. */
  readonly linesMax?: number;
  /** What the timeline is to tell; default the replay's first finding. A race is no part of a replay. */
  readonly finding?: FoundInRun | ExploreFinding;
}

/** What a piece of text in a timeline means; a styler gives it its looks. */
export type TimelineLook = "title" | "quiet" | "move" | "fail" | "plain";

const codes: Record<TimelineLook, string> = {
  ...{ title: "1", quiet: "90", move: "36", fail: "31", plain: "" },
};
const LANE = 7;
const LEFT_OUT = "left out";
const MESSAGE_LINES = 3;

/** Steps below this rank fill no more than the first few rows. */
const RANK_MIN = 20;
const ROWS_MIN = 6;

interface Row {
  readonly step: ReplayStep;
  readonly focus: FocusStep;
  /** Words of the moves made before it. */
  readonly moves: readonly string[];
  /** Points left out after it. */
  readonly skipped: number;
  /** What changed of the shared state since the row before, with the access of this one. */
  readonly state: string;
}

/**
 * A replay in a few lines: time, point, a lane for the thread and for each interrupt level in use,
 * the counter, the flags (`M` while interrupts are masked) and what happens. Of all points those
 * are chosen that tell most of what went wrong (see {@link focusOf}).
 *
 * Times are ticks since the run began. In a lane `●` is an access, `◆` one to a cell that the
 * interrupt and the interrupted code both use, `│` code that is interrupted. The text is the same
 * for the same replay; no line is wider than `width`, and there are at most `linesMax`.
 *
 * @example
 * ```ts
 * import { laws } from "@escapement/conformance";
 * import {
 *   halTarget, lawCases, parseSchedule, replay, terminalTimeline, World,
 * } from "@escapement/explore";
 *
 * const target = halTarget({ profile: "avr16" });
 * const [law] = laws;
 * const [subject] = law === undefined ? [] : lawCases(law, target);
 * if (subject !== undefined) {
 *   const run = replay(new World(target, 1_000_000), subject, parseSchedule("e1:"));
 *   console.log(terminalTimeline(run).join("\n"));
 * }
 * ```
 */
export function terminalTimeline(
  replay: Replay,
  options: TerminalTimelineOptions = {},
): readonly string[] {
  const width = Math.max(60, Math.floor(options.width ?? 100));
  const linesMax = Math.max(8, Math.floor(options.linesMax ?? 15));
  const focus = focusOf(replay, options.finding ?? replay.findings[0]);
  const paint = options.styler ?? painter(options.colour === true);
  const { target, name, value, schedule } = replay;
  const title = `${name} with value ${value} on ${target}, schedule ${schedule}`;
  const message = messageLines(focus, width);
  const rows = chooseRows(replay, focus, linesMax - 2 - message.length);
  const levels = 1 + Math.max(0, ...rows.map(({ step }) => step.level));
  const columns = new Columns(replay, rows, levels, width);
  return [
    paint("title", cut(cleanLine(title), width)),
    paint("quiet", columns.header()),
    ...rows.flatMap((row) => [
      ...row.moves.map((text) => paint("move", columns.moveLine(text))),
      paint(lookOf(row.focus), columns.line(row)),
    ]),
    ...message.map((line) => paint("fail", line)),
  ];
}

function chooseRows(replay: Replay, focus: ReplayFocus, linesMax: number): readonly Row[] {
  const { steps } = replay;
  const chosen = new Set<number>();
  let lines = 0;
  for (const { index, rank } of focus.steps.toSorted(
    (a, b) => b.rank - a.rank || a.index - b.index,
  )) {
    const cost = 1 + (steps[index]?.moves.length ?? 0);
    if (lines + cost > linesMax || (rank < RANK_MIN && chosen.size >= ROWS_MIN)) continue;
    lines += cost;
    chosen.add(index);
  }
  const indices = [...chosen].sort((a, b) => a - b);
  let shown: string | undefined;
  return indices.flatMap((index, place) => {
    const step = steps[index];
    const each = focus.steps[index];
    if (step === undefined || each === undefined) return [];
    const next = indices[place + 1] ?? steps.length;
    const after = (steps[index + 1] ?? step).state;
    const state = after === undefined ? "" : stateChange(shown, after);
    shown = after;
    return [{ step, focus: each, moves: moveWords(step), skipped: next - index - 1, state }];
  });
}

function lookOf({ roles }: FocusStep): TimelineLook {
  if (roles.includes("finding")) return "fail";
  return roles.length === 1 && roles[0] === "access" ? "quiet" : "plain";
}

function messageLines({ finding }: ReplayFocus, width: number): readonly string[] {
  if (finding === undefined) return [];
  const lines: string[] = [""];
  for (const word of `✗ ${finding.kind}: ${cleanLine(finding.message)}`.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length + 1 + word.length <= width)
      lines[lines.length - 1] = line + (line && " ") + word;
    else lines.push(`  ${word}`);
  }
  const kept = lines.slice(0, MESSAGE_LINES).map((line) => cut(line, width));
  const last = kept.at(-1) ?? "";
  return lines.length > kept.length ? [...kept.slice(0, -1), cut(`${last} …`, width)] : kept;
}

function painter(colour: boolean): (look: TimelineLook, text: string) => string {
  return (look, text) =>
    colour && codes[look] !== "" ? `\u001b[${codes[look]}m${text}\u001b[0m` : text;
}

/** Where the columns of a timeline stand, and what is written into them. */
class Columns {
  readonly #steps: readonly ReplayStep[];
  readonly #levels: number;
  readonly #width: number;
  readonly #time: number;
  readonly #point: number;
  readonly #counter: number;
  readonly #flags: number;

  constructor({ steps }: Replay, rows: readonly Row[], levels: number, width: number) {
    this.#steps = steps;
    this.#levels = levels;
    this.#width = width;
    const widest = (least: number, text: (row: Row) => string): number =>
      Math.max(least, ...rows.map((row) => text(row).length));
    this.#time = widest(4, ({ step }) => this.#timeText(step));
    this.#point = widest(5, ({ step }) => String(step.point));
    this.#counter = widest(5, ({ step }) => String(step.counter));
    this.#flags = widest(5, ({ step }) => flagsText(step));
  }

  header(): string {
    const names = ["thread", "irq", "irq 2", "irq 3"].slice(0, this.#levels);
    const lanes = names.map((name) => name.padEnd(LANE)).join("");
    const left = `${"time".padStart(this.#time)} ${"point".padStart(this.#point)}  ${lanes}`;
    const words = `${left}${"count".padStart(this.#counter)}  ${"flags".padEnd(this.#flags)}  what happens`;
    return `${words.padEnd(this.#width - LEFT_OUT.length)}${LEFT_OUT}`;
  }

  moveLine(text: string): string {
    const start = `${"─".repeat(this.#time + this.#point + 1)}  `;
    return cut(`${start}${text} `.padEnd(Math.min(this.#width, 84), "─"), this.#width);
  }

  line({ step, focus, skipped, state }: Row): string {
    const left = [
      this.#timeText(step).padStart(this.#time),
      ` ${String(step.point).padStart(this.#point)}  `,
      this.#lanes(step, focus),
      String(step.counter).padStart(this.#counter),
      `  ${flagsText(step).padEnd(this.#flags)}  `,
    ].join("");
    const gap = skipped === 0 ? "" : `… ${skipped}`;
    const wrong = focus.roles.includes("finding") ? "✗ " : "";
    const text = cleanLine(wrong + focus.text);
    const room = this.#width - left.length - (gap === "" ? 0 : gap.length + 2);
    const told = state === "" ? text : `${text}  {${cleanLine(state)}}`;
    const line = left + cut(told, room);
    return gap === "" ? line.trimEnd() : line.padEnd(this.#width - gap.length) + gap;
  }

  #timeText({ at }: ReplayStep): string {
    return String(at - (this.#steps[0]?.at ?? 0));
  }

  #lanes(step: ReplayStep, { index, roles }: FocusStep): string {
    const before = this.#steps[index - 1]?.level ?? 0;
    const sign = roles.includes("conflict") ? "◆" : "●";
    return Array.from({ length: this.#levels }, (_, level) => {
      const entered = step.level > before && level >= before;
      const left = before > step.level && level <= before;
      if (level < step.level) return entered ? `├${"─".repeat(LANE - 2)}▶` : "│".padEnd(LANE);
      if (level === step.level) return left ? `${sign}◀`.padEnd(LANE, "─") : sign.padEnd(LANE);
      return left
        ? (level < before ? "┴" : "┘").padEnd(LANE, level < before ? "─" : " ")
        : " ".repeat(LANE);
    }).join("");
  }
}

function flagsText({ flags, masked }: ReplayStep): string {
  return [
    ...((flags & FLAG_OVERFLOW) !== 0 ? ["ovf"] : []),
    ...((flags & FLAG_COMPARE) !== 0 ? ["cmp"] : []),
    ...(masked ? ["M"] : []),
  ].join(" ");
}

/** Cuts a line of text, of characters one column wide. */
function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
