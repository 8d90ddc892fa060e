import { h, type VNode } from "vue";
import type { RaceStory, StoryRow } from "../../../races/race-story.js";

/** The rows of a story that have been played so far, in two columns. */
export function storyRows({ rows, violation }: RaceStory, played: number): VNode {
  return h("div", { class: "home-story" }, [
    h("div", { class: "home-heads" }, [h("span", "your code"), h("span", "the interrupt")]),
    h(
      "ol",
      rows.map((row, index) => storyRow(row, index, played, violation !== "")),
    ),
  ]);
}

function storyRow(row: StoryRow, index: number, played: number, broken: boolean): VNode {
  const { level, look, masked } = row;
  const looks = [
    `home-row home-${look}`,
    level === 0 ? "home-thread" : "home-interrupt",
    ...(masked && level === 0 ? ["home-masked"] : []),
    ...(index >= played ? ["home-later"] : []),
    ...(index === played - 1 ? ["home-now"] : []),
    ...(look === "result" ? [broken ? "home-broken" : "home-holds"] : []),
  ];
  return h("li", { class: looks.join(" ") }, h("span", { class: "home-text" }, rowText(row)));
}

function rowText({ text, cell, look }: StoryRow): (string | VNode)[] {
  if (look === "event") return [h("span", { "aria-hidden": "true" }, "⚡ "), text];
  const at = cell === "" ? -1 : text.indexOf(cell);
  if (at < 0) return [text];
  return [text.slice(0, at), h("b", cell), text.slice(at + cell.length)];
}
