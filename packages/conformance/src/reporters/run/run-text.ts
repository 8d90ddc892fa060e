import { escapeText } from "@escapement/timeline";
import { type RunFacts, runFactTexts } from "./run-facts.js";

/** The facts as properties of JUnit, each named `run.seed` and so on; the values are those of the data. */
export function runProperties(
  facts: RunFacts = {},
): readonly (readonly [name: string, value: string])[] {
  return runFactTexts(facts).map(({ name }) => [`run.${name}`, String(facts[name])]);
}

/** The facts as a list of terms, as markup; empty where there is none. */
export function runFactList(facts: RunFacts = {}): string {
  const items = runFactTexts(facts).map(({ name, title, text }) => {
    const shown = escapeText(text);
    const isCode = name === "command" || name === "commit";
    return `<dt>${title}</dt><dd>${isCode ? `<code>${shown}</code>` : shown}</dd>`;
  });
  return items.length === 0 ? "" : `<dl class="facts run">${items.join("")}</dl>`;
}

/** The facts as a line of Markdown that shows every text as it is; no lines where there is none. */
export function runFactLines(facts: RunFacts = {}): readonly string[] {
  const parts = runFactTexts(facts).map(({ name, title, text }) => {
    const shown = escapeText(text.replaceAll(/\s+/g, " "));
    const isCode = name === "command" || name === "commit";
    return isCode ? `${title} <code>${markless(shown)}</code>` : `${title} ${markless(shown)}`;
  });
  return parts.length === 0 ? [] : [`<sub>${parts.join(" · ")}</sub>`, ""];
}

/** Markup whose signs of Markdown are shown as they are. */
function markless(markup: string): string {
  return markup.replaceAll(/[\\`*_[\]|~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
