import { element, escapeText, label } from "@escapement/timeline";
import type { HomeRaceData, HomeSide } from "../../.vitepress/theme/first-page/use-home-race.js";
import type { StoryRow } from "../../races/race-story.js";
import { type Theme, themes } from "./themes.js";

/** Sizes in pixels; text has 12 of them, in a font whose letters take at most `letter`. */
const panelWidth = 392;
const gap = 16;
const inset = 14;
const rowHeight = 24;
const top = 86;
const letter = 7.3;
const interruptColumn = 188;

/** The race of the first page as a drawing for the README: with the bug on the left, without it on the right. */
export function raceSvg({ sides, law }: HomeRaceData, theme: Theme): string {
  const rows = Math.max(...sides.map(({ story }) => story.rows.length));
  const height = top + rows * rowHeight + 92;
  const width = 2 * panelWidth + gap;
  const title = "A race: the interrupt comes between two reads of one clock";
  const words = sides.map((side) => spoken(side, law)).join(" ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}">`,
    `<title>${escapeText(title)}</title>`,
    `<desc>${escapeText(words)}</desc>`,
    `<style>${style(theme)}</style>`,
    ...sides.flatMap((side, index) => panel(side, index * (panelWidth + gap), height, law)),
    "</svg>",
    "",
  ].join("\n");
}

function spoken({ request, story, outcomes }: HomeSide, law: string): string {
  const bad = outcomes.filter(({ violated }) => violated).length;
  const verdict = story.violation === "" ? "every law holds" : `${law} is broken`;
  const side = request.bugOn ? "With the bug" : "Without it";
  return `${side} the call returns ${story.result} and ${verdict}; ${bad} of ${outcomes.length} places do harm.`;
}

function panel(side: HomeSide, left: number, height: number, law: string): string[] {
  const { story, request } = side;
  const holds = story.violation === "";
  const x = left + inset;
  const bottom = top + story.rows.length * rowHeight;
  return [
    element("rect", {
      class: "panel",
      x: left + 0.5,
      y: 0.5,
      width: panelWidth - 1,
      height: height - 1,
      rx: 10,
    }),
    label(x, 28, request.bugOn ? "Bug on" : "Bug off", { class: holds ? "good head" : "bad head" }),
    label(left + panelWidth - inset, 28, holds ? "✓ every law holds" : `✗ ${law} is broken`, {
      class: holds ? "good end" : "bad end",
    }),
    label(x, 64, "your code", { class: "quiet" }),
    label(left + interruptColumn, 64, "the interrupt", { class: "quiet" }),
    element("path", { class: "rule", d: `M${left + interruptColumn - 8} 74V${bottom + 4}` }),
    ...story.rows.flatMap((row, index) => rowParts(row, left, top + index * rowHeight, holds)),
    ...strip(side, left, height - 30),
  ];
}

function rowParts(row: StoryRow, left: number, y: number, holds: boolean): string[] {
  const { level, text, look } = row;
  const x = level === 0 ? left + inset : left + interruptColumn;
  if (look === "event") {
    const d = `M${x + 8} ${y + 1}l-6 9h4l-2 7l7 -10h-4z`;
    return [
      element("path", { class: "boltsign", d }),
      label(x + 16, y + 14, text, { class: "bolt mono" }),
    ];
  }
  const width = text.length * letter + 16;
  const tone = look === "result" ? (holds ? "good" : "bad") : level === 0 ? "thread" : "interrupt";
  const strong = look === "result" || look === "shared" ? " strong" : "";
  return [
    element("rect", { class: `box ${tone}`, x, y, width, height: 20, rx: 3 }),
    element("rect", { class: `edge ${tone}`, x, y, width: 3, height: 20 }),
    label(x + 10, y + 14, text, { class: `mono${strong}${look === "result" ? ` ${tone}` : ""}` }),
  ];
}

/** A mark for each place at which the interrupt can come. */
function strip({ outcomes, request }: HomeSide, left: number, y: number): string[] {
  const bad = outcomes.filter(({ violated }) => violated).length;
  const step = (panelWidth - 2 * inset) / outcomes.length;
  const words = `The interrupt can come at ${outcomes.length} places; ${bad === 0 ? "none does" : `${bad} do`} harm.`;
  return [
    label(left + inset, y - 14, words, { class: "quiet" }),
    ...outcomes.map(({ violated, schedule }, index) => {
      const isHere = schedule === request.schedule;
      const tall = isHere ? 8 : violated ? 3 : 0;
      return element("rect", {
        class: `${violated ? "bad" : "good"}${violated || isHere ? " mark" : " mark pale"}`,
        x: left + inset + index * step,
        y: y - tall / 2,
        width: step - 2,
        height: 10 + tall,
        rx: 2,
      });
    }),
  ];
}

function style(theme: Theme): string {
  const { ground, line, text, quiet, thread, interrupt, bolt, good, bad } = themes[theme];
  return [
    `text{font:12px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${text}}`,
    `.e-panel{fill:${ground};stroke:${line}}.e-rule{stroke:${line}}`,
    `.e-quiet{fill:${quiet};font-size:11px}.e-head{font-size:15px;font-weight:700}`,
    `.e-end{text-anchor:end}.e-strong{font-weight:700}`,
    `.e-thread{fill:${thread}}.e-interrupt{fill:${interrupt}}.e-bolt{fill:${bolt};font-weight:700}`,
    `.e-boltsign{fill:${bolt}}.e-good{fill:${good}}.e-bad{fill:${bad}}`,
    `.e-box{fill-opacity:.14}.e-pale{fill-opacity:.4}`,
  ].join("");
}
