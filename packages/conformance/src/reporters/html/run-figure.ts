import { escapeText, type Timeline, timelineSvg, timelineText } from "@escapement/timeline";

/** A run as markup: drawn, and below it, folded, the same in columns of text. */
export function runFigure(timeline: Timeline): string {
  const svg = timelineSvg(timeline, { style: false, message: false, width: 1120 });
  const lines = timelineText(timeline, { width: 110, linesMax: 40 });
  return [
    `<figure class="timeline"><div tabindex="0">${svg}</div></figure>`,
    `<details class="inner" open><summary>Line by line</summary><pre class="lines columns" tabindex="0">${escapeText(lines.join("\n"))}</pre></details>`,
  ].join("\n");
}
