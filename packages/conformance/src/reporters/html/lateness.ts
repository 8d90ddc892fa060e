import { countText, durationText, escapeText } from "@escapement/timeline";
import { mergeLateness } from "../../lateness.js";
import { latenessSvg, latenessWords } from "../../lateness-svg.js";
import type { BoardReport } from "../../report.js";
import { type PageSection, section } from "./page-section.js";

/** How late each board's handlers came; nothing where no traces were kept. */
export function latenessSection(reports: readonly BoardReport[]): PageSection | undefined {
  const figures = reports.flatMap((report) => figure(report));
  if (figures.length === 0) return undefined;
  return section("Lateness", [
    "<p>From the deadline to the handler's entry, over every recorded expiry of every law in which nothing held the handler back. Heights grow with the square root of the number of entries. The dashed line is the bound that the board states about itself.</p>",
    `<div class="histograms">${figures.join("\n")}</div>`,
  ]);
}

function figure({ board, description, laws }: BoardReport): readonly string[] {
  const parts = laws.flatMap(({ lateness }) => lateness ?? []);
  if (description === undefined || parts.length === 0) return [];
  const { frequencyHz, latencies } = description;
  const merged = mergeLateness(parts);
  const options = {
    title: `Lateness on ${board}`,
    frequencyHz,
    boundTicks: latencies.lateTicks,
    style: false,
  };
  const { count, mostTicks } = merged.held;
  const held =
    count === 0
      ? ""
      : ` Another ${countText(count)} were held back on purpose, by up to ${durationText(mostTicks, frequencyHz)}, and are not drawn.`;
  const words = escapeText(`${latenessWords(merged, options)}.${held}`);
  return [
    `<figure><figcaption><strong>${escapeText(board)}</strong></figcaption>${latenessSvg(merged, options)}<figcaption>${words}</figcaption></figure>`,
  ];
}
