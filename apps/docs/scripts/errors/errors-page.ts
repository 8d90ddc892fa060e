import { paragraphs, prose, table } from "../site/markdown.js";
import type { Page } from "../site/page.js";
import type { ErrorEntry } from "./collect-errors.js";

const families = [
  ["TimerError", "The timer HAL, `@escapement/core`"],
  ["BoardError", "Boards and lines, `@escapement/scenario` and the board packages"],
  ["ConformanceError", "The suite, `@escapement/conformance`"],
  ["CliError", "The command line, `escapement`"],
] as const;

/** The page of every error code; each code's anchor is the code. */
export function errorsPage(errors: readonly ErrorEntry[]): Page {
  const index = families.map(([thrownAs, title]) => {
    const codes = errors.filter(({ meanings }) =>
      meanings.some((each) => each.thrownAs === thrownAs),
    );
    return [title, codes.map(({ code }) => `[\`${code}\`](#${code})`).join(" ")];
  });
  const text = paragraphs(
    "# Errors",
    `An error is told as \`error[code]: message\`, with a hint below. Programs tell errors apart by \`code\`;
the lists are closed, so a \`switch\` can be complete. A call that was refused has changed nothing.`,
    table(["where", "codes"], index),
    ...errors.map(section),
  );
  return { path: "errors.md", text: `---\noutline: 2\n---\n\n${text}` };
}

function section({ code, meanings, hints, inC }: ErrorEntry): string {
  const lines = meanings.map(({ thrownAs, text }) => `**${thrownAs}** ${prose(text)}`);
  if (inC !== undefined) {
    const { name, value, text } = inC;
    const link = `[${name}](/api/c/esc_hal#${name})`;
    lines.push(`<a id="${name}"></a>**${link}**, ${value.replace("-", "−")} in C: ${prose(text)}`);
  }
  return paragraphs(
    `## ${code} {#${code}}`,
    ...lines,
    hints.length === 0 ? "" : "What to do, by what happened:",
    hints.map((hint) => `- ${prose(hint)}`).join("\n"),
  ).trim();
}
