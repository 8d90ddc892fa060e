import { cleanLine } from "@escapement/scenario";
import type { TimelineStep } from "../model/step.js";
import { wrapText } from "../text/wrap-text.js";

/** A step that has a line. */
export interface TextRow {
  /** The step. */
  readonly step: TimelineStep;
  /** The level of the step before it in the run. */
  readonly levelBefore: number;
  /** Points left out after it. */
  readonly skipped: number;
  /** What changed of the shared state since the row before, with the access of this one. */
  readonly state: string;
}

const contextWidth = 7;
const leftOut = "left out";

/** With less room than this, only times, contexts and words are written. */
const WIDE_MIN = 60;

/** Where the columns of a timeline stand, and what is written into them. */
export class TextColumns {
  readonly #levels: number;
  readonly #width: number;
  readonly #isWide: boolean;
  readonly #time: number;
  readonly #point: number;
  readonly #counter: number;
  readonly #flags: number;

  /** Columns as wide as their rows need, within `width`. */
  constructor(rows: readonly TextRow[], width: number) {
    this.#levels = 1 + Math.max(0, ...rows.map(({ step }) => step.level));
    this.#width = width;
    this.#isWide = width >= WIDE_MIN;
    const widest = (least: number, text: (step: TimelineStep) => string): number =>
      Math.max(least, ...rows.map(({ step }) => text(step).length));
    this.#time = widest(4, ({ ticks }) => String(ticks));
    this.#point = widest(5, ({ point }) => String(point));
    this.#counter = widest(5, ({ counter }) => String(counter));
    this.#flags = widest(5, ({ flags }) => flags);
  }

  /** The names of the columns. */
  header(): string {
    const names = ["thread", "irq", "irq 2", "irq 3"].slice(0, this.#levels);
    const contexts = names.map((name) => name.padEnd(contextWidth)).join("");
    if (!this.#isWide) return `${"time".padStart(this.#time)}  ${contexts}what happens`;
    const left = `${"time".padStart(this.#time)} ${"point".padStart(this.#point)}  ${contexts}`;
    const words = `${left}${"count".padStart(this.#counter)}  ${"flags".padEnd(this.#flags)}  what happens`;
    return `${words.padEnd(this.#width - leftOut.length)}${leftOut}`;
  }

  /** A move, across all columns. */
  moveLines(text: string): readonly string[] {
    const before = this.#isWide ? this.#time + this.#point + 1 : 2;
    const [first = "", ...more] = wrapText(text, this.#width - before - 2);
    const start = `${"─".repeat(before)}  ${first}`;
    // No line runs on to the edge where the text goes on below.
    const line =
      more.length > 0
        ? start
        : `${start} `.padEnd(Math.min(this.#width, 84), "─").slice(0, this.#width);
    return [line, ...more.map((part) => " ".repeat(before + 2) + part)];
  }

  /** A step: words that do not fit beside its columns go on below, and what is interrupted goes on with them. */
  lines(row: TextRow): readonly string[] {
    const { step, skipped, state } = row;
    const gap = skipped === 0 || !this.#isWide ? "" : `… ${skipped}`;
    const left = this.#left(row);
    const wrong = step.roles.includes("finding") ? "✗ " : "";
    const changed = state === "" || !this.#isWide ? "" : `  {${cleanLine(state)}}`;
    const room = this.#width - left.length - (gap === "" ? 0 : gap.length + 2);
    const [first = "", ...more] = wrapText(cleanLine(wrong + step.text) + changed, room);
    const line = left + first;
    const under = this.#under(step.level).padEnd(left.length);
    return [
      gap === "" ? line.trimEnd() : line.padEnd(this.#width - gap.length) + gap,
      ...more.map((part) => under + part),
    ];
  }

  #left(row: TextRow): string {
    const { step } = row;
    const ticks = String(step.ticks).padStart(this.#time);
    if (!this.#isWide) return `${ticks}  ${this.#contexts(row)}`;
    const point = String(step.point).padStart(this.#point);
    const counter = String(step.counter).padStart(this.#counter);
    return `${ticks} ${point}  ${this.#contexts(row)}${counter}  ${step.flags.padEnd(this.#flags)}  `;
  }

  /** The columns of a line on which words go on: only what is interrupted has a sign. */
  #under(level: number): string {
    const before = this.#isWide ? this.#time + this.#point + 3 : this.#time + 2;
    return " ".repeat(before) + "│".padEnd(contextWidth).repeat(level);
  }

  #contexts({ step, levelBefore: before }: TextRow): string {
    const sign = step.roles.includes("conflict") ? "◆" : "●";
    return Array.from({ length: this.#levels }, (_, level) => {
      const entered = step.level > before && level >= before;
      const left = before > step.level && level <= before;
      if (level < step.level) {
        return entered ? `├${"─".repeat(contextWidth - 2)}▶` : "│".padEnd(contextWidth);
      }
      if (level === step.level) {
        return left ? `${sign}◀`.padEnd(contextWidth, "─") : sign.padEnd(contextWidth);
      }
      if (!left) return " ".repeat(contextWidth);
      return level < before ? "┴".padEnd(contextWidth, "─") : "┘".padEnd(contextWidth);
    }).join("");
  }
}
