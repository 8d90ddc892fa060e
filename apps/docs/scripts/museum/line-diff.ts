/** Lines of unchanged text around a change. */
const CONTEXT = 2;

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
  /** Number of the line in the old text, from 1; that of the next one for a new line. */
  readonly at: number;
}

/**
 * What was changed in a text, in the form of `diff -u`; empty for equal texts. By the longest common
 * subsequence of lines, in a table: for files of some hundred lines.
 */
export function lineDiff(path: string, before: string, after: string): string {
  const lines = diffLines(before.split("\n"), after.split("\n"));
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ mark }) => mark !== " "),
  );
  if (!near.includes(true)) return "";
  const text = lines.flatMap(({ mark, text, at }, index) => {
    if (near[index] !== true) return [];
    const head = near[index - 1] === true ? [] : [`@@ line ${at} @@`];
    return [...head, `${mark}${text}`.trimEnd()];
  });
  return [`--- ${path}`, `+++ ${path}`, ...text].join("\n");
}

function diffLines(old: readonly string[], now: readonly string[]): Line[] {
  const common = commonLengths(old, now);
  const lengthAt = (i: number, j: number): number => common[i]?.[j] ?? 0;
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [mine, other] = [old[i], now[j]];
    if (mine !== undefined && mine === other) {
      lines.push({ mark: " ", text: mine, at: i + 1 });
      i += 1;
      j += 1;
    } else if (
      mine !== undefined &&
      (other === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))
    ) {
      lines.push({ mark: "-", text: mine, at: i + 1 });
      i += 1;
    } else {
      lines.push({ mark: "+", text: other ?? "", at: i + 1 });
      j += 1;
    }
  }
  return lines;
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [table[i], table[i + 1]];
    if (row === undefined || below === undefined) continue;
    for (let j = now.length - 1; j >= 0; j -= 1) {
      row[j] =
        old[i] === now[j] ? 1 + (below[j + 1] ?? 0) : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}
