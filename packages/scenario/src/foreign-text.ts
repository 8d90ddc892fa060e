/**
 * What steers whatever shows it: control characters (C0, DEL, C1), format characters (bidirectional
 * marks and overrides among them), line and paragraph separators, lone surrogates, noncharacters, and what
 * Unicode keeps free for format characters to come.
 */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u2065\ufff0-\ufff8]/gu;

/** The same without the line feed. */
const steeringInLines =
  /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u2065\ufff0-\ufff8]/gu;

/** What Markdown, or a site generator that reads it, takes for markup in the middle of a line. */
const markdownMarkup = /[&<>|\\`*_[\]{}~$@]|:(?=\/\/)|(?<=www)\./gi;

/**
 * Foreign text, that is, text which a board, a device, a file or somebody's module made, fit to be shown:
 * what steers a terminal or turns its text around becomes U+FFFD. Line feeds stay, tabs become spaces.
 *
 * Cleaning twice is as cleaning once.
 *
 * @example
 * ```ts
 * import { cleanText } from "@escapement/scenario";
 *
 * console.log(cleanText("board\u001b[2J")); // board�[2J
 * ```
 */
export function cleanText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\t", " ").replace(steeringInLines, "\ufffd");
}

/** Foreign text fit for one line: as {@link cleanText}, with spaces for line feeds. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll("\n", " ");
}

/**
 * A value as JSON in which every character that steers is written as its escape: a person may look
 * at it, and a parser reads what was given. `indent` is the spaces of each level, 0 for one line.
 */
export function jsonText(value: unknown, indent = 0): string {
  // Such characters are in strings only, besides the line feeds of the layout.
  return JSON.stringify(value, undefined, indent).replace(steeringInLines, jsonEscape);
}

/**
 * Foreign text for the middle of a line of Markdown, a cell of a table for instance: one line, whose markup
 * shows as itself.
 */
export function markdownText(text: string): string {
  return cleanLine(text).replace(markdownMarkup, (character) => `&#${character.charCodeAt(0)};`);
}

/** Whether text has none of the characters that {@link cleanLine} replaces. */
export function isCleanLine(text: string): boolean {
  return text.search(steering) < 0;
}

/** Escapes of the code units of a character. */
function jsonEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/**
 * Words as one line for a shell: those that it would read otherwise in single quotes, as POSIX has it. A word
 * with characters that would steer the terminal is in `$'…'` with their bytes as octal escapes.
 */
export function shellLine(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

function quoted(word: string): string {
  if (!isCleanLine(word)) return `$'${word.replace(/[^\w@%+=:,./ -]/gu, octal)}'`;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The bytes of a character as they are within `$'…'`; a lone surrogate has none, so U+FFFD has its place. */
function octal(character: string): string {
  return encodeURIComponent(character.replace(/\p{Cs}/u, "\ufffd")).replace(
    /%(..)|./g,
    (own, hex) => {
      const byte = hex === undefined ? own.charCodeAt(0) : Number.parseInt(hex, 16);
      return `\\${byte.toString(8).padStart(3, "0")}`;
    },
  );
}
