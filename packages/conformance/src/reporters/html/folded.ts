import { escapeAttribute, escapeText } from "@escapement/timeline";
import { lawPage } from "../law-page.js";

/** Something that is shown in a line and opens to the whole of it. */
export interface FoldedItem {
  /** Its anchor; unique on the page. */
  readonly id: string;
  /** The line that is always shown, as markup. */
  readonly summary: string;
  /** What is in it, as markup. */
  readonly body: string;
  /** What the filter looks for in it, as plain text. */
  readonly words: string;
  /** Whether it is open at first. */
  readonly open: boolean;
  /** Classes of its own. */
  readonly looks?: string;
}

/** An item as markup; the script filters it and opens it by its anchor. */
export function foldedItem({ id, summary, body, words, open, looks }: FoldedItem): string {
  const classes = looks === undefined ? "fold" : `fold ${looks}`;
  return [
    `<details class="${classes}"${open ? " open" : ""}${wordsAttribute(words)}>`,
    `<summary>${summary}</summary>`,
    `<div class="body" id="${escapeAttribute(id)}">`,
    body,
    "</div>",
    "</details>",
  ].join("\n");
}

/** Items that are open at first; of many a page would be too long to look over. */
const openMax = 3;

/** Whether the item at that place of a page, from 0, is open at first. */
export function isOpenAtFirst(place: number): boolean {
  return place < openMax;
}

/** The command that shows an item again, as markup; empty where there is none. */
export function againLine(command: string | undefined): string {
  if (command === undefined) return "";
  return `<h5>See it again</h5><code class="again" tabindex="0">${escapeText(command)}</code>`;
}

/** The attribute that the filter reads. */
export function wordsAttribute(words: string): string {
  return ` data-words="${escapeAttribute(words.toLowerCase())}"`;
}

/**
 * The filter of a page, and the button that opens or closes all of its folded items; shown by the script.
 * A page has one.
 *
 * @param items - what they are, such as `findings`
 * @param more - further tools, as markup
 */
export function foldedTools(items: string, more = ""): string {
  return `<div class="tools">
${more}<label data-script hidden>filter <input type="search" id="filter" placeholder="id or word"></label>
<button type="button" id="open-all" data-script hidden>open or close all ${escapeText(items)}</button>
</div>`;
}

/** The id of a law, as a link to its page on the site; any other name as it is. */
export function lawLink(id: string): string {
  const address = lawPage(id);
  const shown = `<code>${escapeText(id)}</code>`;
  return address === undefined ? shown : `<a href="${escapeAttribute(address)}">${shown}</a>`;
}
