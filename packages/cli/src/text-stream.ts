import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import type { TextRole } from "@escapement/conformance";
import { cleanLine, cleanText } from "@escapement/scenario";
import type { TimelineLook } from "@escapement/timeline";
import type { CliStream } from "./cli-io.js";
import { linked } from "./links.js";
import { fitted, isCommand } from "./wrapped.js";

/** What a piece of text means, in a table or in a timeline. */
export type Look = TextRole | TimelineLook;

const colours: Record<Look, string | undefined> = {
  pass: "green",
  fail: "red",
  skip: "gray",
  error: "yellow",
  title: "bold",
  quiet: "gray",
  move: "cyan",
  plain: undefined,
};

/** Known to this process only: no text of anybody else's can have a mark in it. */
const key = randomUUID();
const marks = new RegExp(`<${key}:([01]):(\\w+)>`, "g");

/**
 * The only way to a terminal or a pipe. Whatever is written is cleaned of all that steers a terminal,
 * whoever made it; colours are marks until then, and become codes here. Ids of laws become links where the terminal
 * is known to show them.
 */
export class TextStream {
  readonly #raw: CliStream;
  readonly #hasColour: boolean;
  readonly #hasLinks: boolean;
  #isOver = false;

  /** Writes to `raw`; with colours and links if it is to have them. */
  constructor(raw: CliStream, looks: { readonly hasColour: boolean; readonly hasLinks: boolean }) {
    this.#raw = raw;
    this.#hasColour = looks.hasColour;
    this.#hasLinks = looks.hasLinks;
  }

  /** Whether a person looks at it as it comes. */
  get isTty(): boolean {
    return this.#raw.isTty;
  }

  /** Its width. */
  get columns(): number {
    return this.#raw.columns;
  }

  /** Gives text its looks, where this stream has any; the text is to be written here, and not to be measured. */
  readonly style = (look: Look, text: string): string => {
    if (!this.#hasColour || colours[look] === undefined) return text;
    return `<${key}:0:${look}>${text}<${key}:1:${look}>`;
  };

  /**
   * Writes text, cleaned. A line that was shown over is taken away first. On a terminal, lines that are
   * wider than it are broken at words; a pipe gets each line as it is.
   */
  write(text: string): void {
    const clean = cleanText(text);
    this.#put(this.isTty ? fitted(clean, this.columns, shownText) : clean, this.#hasLinks);
  }

  /** Writes what is read by programs, or copied whole: cleaned, and never broken into lines. */
  writeData(text: string): void {
    this.#put(cleanText(text));
  }

  #put(clean: string, hasLinks = false): void {
    this.clearLine();
    // Before the colours: the last letter of a code would seem to be part of the id behind it.
    const text = hasLinks ? withLinks(clean) : clean;
    this.#raw.write(text.replace(marks, colourCode));
  }

  /** Shows one line in place of the one that was shown before; on a terminal only. */
  showLine(text: string): void {
    if (!this.isTty) return;
    this.#raw.write(`\r\u001b[K${cleanLine(text).slice(0, this.columns - 1)}`);
    this.#isOver = true;
  }

  /** Takes that line away, so that other text can come. */
  clearLine(): void {
    if (this.#isOver) this.#raw.write("\r\u001b[K");
    this.#isOver = false;
  }
}

/** A command stays text: a terminal would underline the middle of what is copied. */
function withLinks(text: string): string {
  return text
    .split("\n")
    .map((line) => (isCommand(line) ? line : linked(line)))
    .join("\n");
}

/** What is shown of a text: its marks are not. */
function shownText(text: string): string {
  return text.replace(marks, "");
}

function colourCode(_mark: string, side: string, look: string): string {
  const codes = inspect.colors[colours[look as Look] ?? ""];
  return codes === undefined ? "" : `\u001b[${side === "0" ? codes[0] : codes[1]}m`;
}
