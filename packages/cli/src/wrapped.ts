/** Text in lines of at most `columns` characters; a longer word has a line of its own. */
export function wrapped(text: string, columns: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

/** A line that a user copies whole: breaking it would break the command. */
const command = /^\s*(?:again: |resume: |see one: )?(?:\$ |npx )?escapement\s/;

/** Whether a line is a command that a user copies whole. */
export function isCommand(line: string): boolean {
  return command.test(line);
}

/** What a line begins with, before the text that goes on under itself: a mark, or a time. */
const lead = /^(\s*)(error\[[\w-]+\]: |[\w-]+: |[✓✗!-] |(?:> *)?\d+\.\d us {2})?/;

/** What the next lines of a line have before them. */
function hangOf(line: string): string {
  const [, indent = "", mark = ""] = lead.exec(line) ?? [];
  // A long mark is a heading; a short one is a list's.
  return indent + " ".repeat(mark.startsWith("error[") ? 2 : mark.length);
}

/**
 * Lines that are too wide for a terminal, broken at words; what follows stands under the beginning of
 * the text. Commands and words that are wider stay whole, as they are copied.
 *
 * @param shown - what is shown of a text, where it has marks in it that are not
 */
export function fitted(
  text: string,
  columns: number,
  shown: (text: string) => string = (whole) => whole,
): string {
  const widthOf = (part: string): number => [...shown(part)].length;
  return text
    .split("\n")
    .flatMap((line) => {
      if (widthOf(line) <= columns || isCommand(shown(line))) return [line];
      const hang = hangOf(shown(line));
      return brokenLine(line, hang.length <= columns / 2 ? hang : "  ", columns, widthOf);
    })
    .join("\n");
}

function brokenLine(
  line: string,
  hang: string,
  columns: number,
  widthOf: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let current = "";
  let isEmpty = true;
  // Each word comes with the spaces before it, so that a row of a table keeps its columns.
  for (const [, gap = "", word = ""] of line.matchAll(/( *)([^ ]+)/g)) {
    if (!isEmpty && widthOf(current) + gap.length + widthOf(word) > columns) {
      lines.push(current);
      current = hang + word;
    } else {
      current += gap + word;
    }
    isEmpty = false;
  }
  return [...lines, current];
}
