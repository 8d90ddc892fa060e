import { listFiles, readText } from "./workspace.js";

/** A fenced code block of a guide. */
export interface GuideBlock {
  /** The guide's path, relative to the root. */
  readonly guide: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** What stands after the fence: `ts`, `c`, `console`, `text`. */
  readonly language: string;
  /** The code, without its fences. */
  readonly code: string;
  /** What the HTML comments right above the fence say to the tests, such as `run`. */
  readonly marks: readonly string[];
}

/** A row of a table "instead of | write | what falls". */
export interface Mistake {
  /** The code that is right. */
  readonly right: string;
  /** What to put in its place; empty to leave it out. */
  readonly wrong: string;
  /** Ids of laws that must fail, or none where the row expects an error. */
  readonly falls: readonly string[];
}

/** Paths of all guides. */
export function guidePaths(): string[] {
  return listFiles(/^docs\/guides\/[a-z-]+\.md$/);
}

/** The blocks of one guide, from top to bottom. */
export function blocksOf(guide: string): GuideBlock[] {
  const rows = readText(guide).split("\n");
  const blocks: GuideBlock[] = [];
  let marks: string[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? "";
    const mark = /^<!-- (.+) -->$/.exec(row)?.[1];
    if (mark !== undefined) {
      marks.push(mark);
      continue;
    }
    const language = /^```([a-z]+)$/.exec(row)?.[1];
    if (language !== undefined) {
      const end = rows.indexOf("```", at + 1);
      const code = `${rows.slice(at + 1, end).join("\n")}\n`;
      blocks.push({ guide, line: at + 1, language, code, marks });
      at = end;
    }
    marks = [];
  }
  return blocks;
}

/** The blocks of every guide. */
export function allBlocks(): GuideBlock[] {
  return guidePaths().flatMap(blocksOf);
}

/** A block's place, for a test's title. */
export function placeOf({ guide, line }: GuideBlock): string {
  return `${guide.replace("docs/guides/", "")}:${line}`;
}

/** The output that a guide shows under a block that is run. */
export function shownOutput(block: GuideBlock): string {
  const blocks = blocksOf(block.guide);
  const next = blocks[blocks.findIndex(({ line }) => line === block.line) + 1];
  if (next?.marks.includes("prints") !== true) {
    throw new Error(`${placeOf(block)} is run, but no block marked "prints" follows it`);
  }
  return next.code;
}

/** The rows of a guide's table of mistakes. */
export function mistakesOf(guide: string): Mistake[] {
  const rows = readText(guide).split("\n");
  const head = rows.findIndex((row) => row.startsWith("| instead of | write | what falls |"));
  const found: Mistake[] = [];
  for (const row of rows.slice(head + 2)) {
    if (!row.startsWith("|")) break;
    const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
    const [, right = "", wrong = "", falls = ""] = cells;
    found.push({
      right: /`(.+?)`/.exec(right)?.[1] ?? "",
      wrong: /`(.+?)`/.exec(wrong)?.[1] ?? "",
      falls: falls.match(/[A-Z]+-\d\d/g) ?? [],
    });
  }
  return found;
}

/**
 * Takes what differs from run to run and from machine to machine out of a text, and what a new law
 * changes: how many laws there are, and how wide the longest title is.
 */
function normalized(text: string): string {
  return (
    text
      .replace(/\/dev\/(pts\/|ttys)\d+/g, "/dev/pts/N")
      .replace(/localhost:\d+/g, "localhost:N")
      .replace(/\b\d+ms\b/g, "Nms")
      // How long a run took.
      .replace(/, in \d+(\.\d+)? (s|min)\b/g, ", in N s")
      .replace(/\b\d+(\.\d+)?m?s\b(?=\s*(\(|$))/gm, "Ns")
      .replace(/^(\s+(Start at|Duration)) .*$/gm, "$1 N")
      .replace(/("?pass"?|"?skip"?): ?\d{2,}/g, "$1: N")
      .replace(/\b\d{3,} times\b/g, "N times")
      // A cell of the table of groups.
      .replace(/✓ +\d+(?=\s)/g, "✓ N")
      .replace(/^([A-Z]+-\d\d)(?: +\d[\d\u2009\u202f\u00a0]*){4,}$/gm, "$1 N")
      .replace(/\b\d{2,} (laws|pass|skip|passed|skipped)\b/g, "N $1")
      .replace(/\(\d{2,}( tests)?\)/g, "(N$1)")
      .replace(/(\S) {2,}(?=\S)/g, "$1  ")
      .replace(/ +$/gm, "")
      .trimEnd()
  );
}

/**
 * Whether an output is what a guide shows. A line `...` of the guide matches any number of
 * lines. Returns the lines of the guide that were not found in their place.
 */
export function differences(shown: string, actual: string): string[] {
  const parts = `\n${normalized(shown)}\n`.split(/^\.\.\.$/m);
  let rest = `\n${normalized(actual)}\n`;
  const missing: string[] = [];
  parts.forEach((part, index) => {
    const isFirst = index === 0;
    const isLast = index === parts.length - 1;
    const text = part.replace(/^\n/, "");
    const at = isLast ? rest.length - part.length : rest.indexOf(part === "\n" ? "\n" : part);
    const found = rest.slice(at, at + part.length) === part && (!isFirst || at === 0);
    const whole = !(isFirst && isLast) || rest === part;
    if (at < 0 || !found || !whole) missing.push(text.trimEnd());
    else rest = rest.slice(Math.max(0, at + part.length - 1));
  });
  return missing;
}
