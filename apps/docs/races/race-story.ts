import type { RaceRun, RaceStep } from "./race-types.js";
import { eventWords } from "./race-words.js";

/** What a row of a story is: the sign and the colour that it has. */
type StoryLook = "access" | "shared" | "event" | "rest" | "result";

/** One row of a story. */
export interface StoryRow {
  /** 0 for the thread, more for interrupts. */
  readonly level: number;
  /** What it says. */
  readonly text: string;
  /** The cell named in the text that both sides use; empty for none. */
  readonly cell: string;
  /** What it is. */
  readonly look: StoryLook;
  /** Whether interrupts are shut out there. */
  readonly masked: boolean;
}

/** The part of a run that shows a race: the operation that the interrupt came into, row by row. */
export interface RaceStory {
  /** The operation, such as `read`. */
  readonly operation: string;
  /** The rows, from the operation's begin to its end. */
  readonly rows: readonly StoryRow[];
  /** What the operation returned; empty where it returns nothing. */
  readonly result: string;
  /** What is violated in the run; empty when every law holds. */
  readonly violation: string;
}

/** A story of more rows leaves out those of the thread that say nothing of the race. */
const ROWS_MAX = 14;

/** Looks at the clock are the instruments', not the code's. */
const instruments = new Set(["look at the clock", "time passes"]);

/**
 * Shows the part of a run that matters: of the thread every access of the operation that the move came into, of the interrupt
 * those to the cell that both use; the rest of the interrupt is one row.
 */
export function raceStory(run: RaceRun): RaceStory {
  const { steps, moves, violations } = run;
  const point = Math.min(moves[0]?.point ?? run.focus, steps.length - 1);
  const range = operationAround(steps, point);
  const cell = contendedCell(steps, range);
  const rows: StoryRow[] = [];
  for (let index = range.from; index < range.end; index += 1) {
    const step = steps[index];
    if (step === undefined) continue;
    for (const move of moves.filter((each) => each.point === index)) {
      rows.push(eventRow(move.choice, step));
    }
    if (step.level === 0) {
      if (!instruments.has(step.happens)) rows.push(accessRow(step, cell));
      continue;
    }
    const end = endOfInterrupt(steps, index, range.end);
    rows.push(...interruptRows(steps.slice(index, end), cell));
    index = end - 1;
  }
  const operation = steps[range.from]?.doing ?? "";
  const shown = rows.length > ROWS_MAX ? folded(rows) : rows;
  const last = rows.findLast(({ level }) => level === 0)?.text ?? "";
  return {
    operation,
    rows: shown,
    result: / returns (.*)$/.exec(last)?.[1] ?? "",
    violation: violations[0] === undefined ? "" : plainMessage(violations[0].message),
  };
}

/** The value of the sweep variable means nothing to a reader of the story alone. */
function plainMessage(message: string): string {
  return message.replace(/^variable -?\d+: /, "");
}

interface Range {
  readonly from: number;
  readonly end: number;
}

function operationAround(steps: readonly RaceStep[], point: number): Range {
  let inThread = point;
  while (inThread > 0 && steps[inThread]?.level !== 0) inThread -= 1;
  const operation = steps[inThread]?.operation;
  const isIn = (index: number): boolean => {
    const step = steps[index];
    return step !== undefined && step.operation === operation;
  };
  let from = inThread;
  while (isIn(from - 1)) from -= 1;
  let end = inThread + 1;
  while (isIn(end)) end += 1;
  return { from, end };
}

/** The cell that thread and interrupt both use: of the thread's accesses, the first to such a cell. */
function contendedCell(steps: readonly RaceStep[], { from, end }: Range): string {
  const inside = steps.slice(from, end);
  return inside.find(({ level, shared }) => level === 0 && shared)?.cell ?? "";
}

function endOfInterrupt(steps: readonly RaceStep[], from: number, most: number): number {
  let end = from;
  while (end < most && (steps[end]?.level ?? 0) > 0) end += 1;
  return end;
}

/** The entry, the accesses to the cell up to its last store, and one row for the rest. */
function interruptRows(steps: readonly RaceStep[], cell: string): StoryRow[] {
  const lastStore = steps.findLastIndex(
    (step) => step.cell === cell && step.happens.startsWith("store"),
  );
  const isShown = (step: RaceStep, index: number): boolean =>
    index === 0 || (cell !== "" && step.cell === cell && index <= lastStore);
  const shown = steps.filter(isShown);
  const rows = shown.map((step) => accessRow(step, cell));
  const rest = steps.length - shown.length;
  return rest === 0 ? rows : [...rows, restRow(steps[0]?.level ?? 1, rest, true)];
}

/** Puts one row in the place of several accesses of the thread that are not next to anything shared. */
function folded(rows: readonly StoryRow[]): StoryRow[] {
  const matters = (row: StoryRow | undefined): boolean =>
    row !== undefined && (row.look !== "access" || row.level > 0);
  const kept = rows.map((row, index) => {
    const isEdge = index === 0 || index === rows.length - 1;
    return isEdge || matters(row) || matters(rows[index - 1]) || matters(rows[index + 1]);
  });
  const found: StoryRow[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index];
    if (row === undefined) continue;
    let end = index;
    while (end < rows.length && kept[end] === false) end += 1;
    if (end - index < 2) found.push(row);
    else found.push(restRow(0, end - index, row.masked));
    index = Math.max(index, end - 1);
  }
  return found;
}

function restRow(level: number, count: number, masked: boolean): StoryRow {
  const text = count === 1 ? "1 more access" : `${count} more accesses`;
  return { level, text, cell: "", look: "rest", masked };
}

function eventRow(choice: string, { level, masked }: RaceStep): StoryRow {
  const waits = level === 0 && masked ? "; waits" : "";
  return { level: 1, text: eventWords(choice) + waits, cell: "", look: "event", masked: false };
}

function accessRow(step: RaceStep, contended: string): StoryRow {
  const { level, happens, cell, shared, counter, masked } = step;
  const text = happens === "read counter" ? `read counter: ${counter}` : happens;
  const isResult = / returns /.test(happens);
  const isShared = shared && cell === contended;
  return {
    level,
    text: text.replace(/; mask$/, ""),
    cell: isShared ? cell : "",
    look: isResult ? "result" : isShared ? "shared" : "access",
    masked,
  };
}
