import { cleanLine } from "@escapement/scenario";
import type { TimelineStep } from "../model/step.js";

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
    if (!this.#isWide) {
      const narrow = `${"time".padStart(this.#time)}  ${contexts}`;
      return cutText(`${narrow}what happens`, this.#width);
    }
    const left = `${"time".padStart(this.#time)} ${"point".padStart(this.#point)}  ${contexts}`;
    const words = `${left}${"count".padStart(this.#counter)}  ${"flags".padEnd(this.#flags)}  what happens`;
    return `${words.padEnd(this.#width - leftOut.length)}${leftOut}`;
  }

  /** A move, across all columns. */
  moveLine(text: string): string {
    const before = this.#isWide ? this.#time + this.#point + 1 : 2;
    const start = `${"─".repeat(before)}  `;
    return cutText(`${start}${text} `.padEnd(Math.min(this.#width, 84), "─"), this.#width);
  }

  /** A step. */
  line(row: TextRow): string {
    const { step, skipped, state } = row;
    if (!this.#isWide) return this.#narrowLine(row);
    const left = [
      String(step.ticks).padStart(this.#time),
      ` ${String(step.point).padStart(this.#point)}  `,
      this.#contexts(row),
      String(step.counter).padStart(this.#counter),
      `  ${step.flags.padEnd(this.#flags)}  `,
    ].join("");
    const gap = skipped === 0 ? "" : `… ${skipped}`;
    const wrong = step.roles.includes("finding") ? "✗ " : "";
    const text = cleanLine(wrong + step.text);
    const room = this.#width - left.length - (gap === "" ? 0 : gap.length + 2);
    const line = left + cutText(state === "" ? text : `${text}  {${cleanLine(state)}}`, room);
    return gap === "" ? line.trimEnd() : line.padEnd(this.#width - gap.length) + gap;
  }

  #narrowLine(row: TextRow): string {
    const { step } = row;
    const left = `${String(step.ticks).padStart(this.#time)}  ${this.#contexts(row)}`;
    const wrong = step.roles.includes("finding") ? "✗ " : "";
    return cutText(left + cleanLine(wrong + step.text), this.#width).trimEnd();
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

/** Cuts a line of text, of characters one column wide. */
export function cutText(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
