import { paragraphs, prose, table } from "../site/markdown.js";
import type { Page } from "../site/page.js";
import { type ErrorEntry, names } from "./collect-errors.js";

const families = [
  [["TimerError"], "The timer HAL, `@escapement/core`"],
  [["BoardError"], "Boards and lines, `@escapement/scenario` and the board packages"],
  [["ConformanceError", "LawErrorCode"], "The suite, `@escapement/conformance`"],
  [
    ["ExploreError"],
    "The search, `@escapement/explore`, `@escapement/explore-avr` and `@escapement/explore-c`",
  ],
  [["CError"], "Compiling C, `@escapement/board-c`"],
  [["FirmwareError"], "The firmware, `@escapement/firmware`"],
  [["CliError"], "The command line, `escapement`"],
] as const;

/** The page of every error code; each code's anchor is the code. */
export function errorsPage(errors: readonly ErrorEntry[]): Page {
  const index = families.map(([classes, title]) => {
    const codes = errors.filter(({ meanings }) =>
      meanings.some(({ thrownAs }) => classes.some((each) => each === thrownAs)),
    );
    return [title, codes.map(({ code }) => `[\`${code}\`](#${code})`).join(" ")];
  });
  const text = paragraphs(
    "# Errors",
    `An error is shown as \`error[code]: message\`, with a hint below. Programs distinguish errors by \`code\`;
the lists are closed, so a \`switch\` can be complete. A call that was refused has changed nothing.
In the place of words in italics the message has a value.`,
    table(["where", "codes"], index),
    ...errors.map(section),
  );
  return {
    path: "errors.md",
    text: `---\noutline: 2\npageClass: filtered sections\n---\n\n${text}`,
  };
}

function section({ code, meanings, advice, exitCodes, inC }: ErrorEntry): string {
  const lines = meanings.map(({ thrownAs, text }) => `**${thrownAs}** ${prose(text)}`);
  if (inC !== undefined) {
    const { name, value, text } = inC;
    const link = `[${name}](/api/c/esc_hal#${name})`;
    lines.push(`<a id="${name}"></a>**${link}**, ${value.replace("-", "−")} in C: ${prose(text)}`);
  }
  if (exitCodes.length > 0) {
    lines.push(`The command line ends with exit code ${exitCodes.join(" or ")}.`);
  }
  const byHint = new Map<string, Set<string>>();
  for (const { message, hint } of advice) {
    const messages = byHint.get(shown(hint)) ?? new Set();
    byHint.set(shown(hint), messages.add(messageOf(message)));
  }
  const rows = [...byHint].map(([hint, messages]) => [[...messages].join("<br>"), hint]);
  return paragraphs(
    `## ${code} {#${code}}`,
    ...lines,
    rows.length === 0 ? "" : table(["what happened", "what to do"], rows),
  ).trim();
}

/** A message that is all names says nothing by itself. */
function messageOf(message: string): string {
  const says = /\w{2}/.test(message.replaceAll(names, ""));
  return says ? shown(message) : "whatever the message says";
}

/** Names in italics, those inside code as an ellipsis; a form such as `id:<serial>` as code. */
function shown(text: string): string {
  const parts = text.replace(/\n/g, " ").split(/(`[^`]*`)/);
  const safe = parts.map((part) =>
    part.startsWith("`")
      ? part.replaceAll(names, "…")
      : part
          .replace(/[\w:.-]*<[\w ]+>[\w:.-]*/g, (form) => `\`${form}\``)
          .replaceAll(names, (_, name: string) => `${mark}${wordsOf(name)}${mark}`),
  );
  return prose(safe.join("")).replaceAll(marked, "<em>$1</em>");
}

// A private character: no text of the packages has it, and no Markdown means it.
const mark = "\ue000";
const marked = /\ue000([^\ue000]*)\ue000/g;

/** `baudRate` is "baud rate". */
function wordsOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
