import { element, escapeText, label } from "@escapement/timeline";
import { type Theme, themes } from "./themes.js";

/** Sizes in pixels: of a line, and of the widest letter of the fonts of a terminal. */
const lineHeight = 18;
const letter = 7.3;
const inset = 16;
const top = 34;

/** What a line is about, by what is in it: the first that fits. */
const looks: readonly (readonly [RegExp, string])[] = [
  [/^\$ /, "strong"],
  [/✗|fails after/, "bad"],
  [/: 0 findings/, "good"],
  [/held up/, "bolt"],
  [/^ *(?:time point|again:|…)/, "quiet"],
];

/** A session of the command line as a drawing of a terminal; long lines are not broken. */
export function terminalSvg(lines: readonly string[], title: string, theme: Theme): string {
  const width = Math.ceil(2 * inset + letter * Math.max(...lines.map(({ length }) => length)));
  const height = top + lines.length * lineHeight + inset;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}">`,
    `<title>${escapeText(title)}</title>`,
    `<desc>${escapeText(lines.join("\n"))}</desc>`,
    `<style>${style(theme)}</style>`,
    element("rect", {
      class: "panel",
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 10,
    }),
    ...[0, 1, 2].map((dot) => element("circle", { class: "dot", cx: 20 + dot * 16, cy: 18, r: 5 })),
    ...lines.flatMap((text, index) => (text === "" ? [] : [lineOf(text, index)])),
    "</svg>",
    "",
  ].join("\n");
}

function lineOf(text: string, index: number): string {
  const look = looks.find(([pattern]) => pattern.test(text))?.[1];
  const place = { "xml:space": "preserve", ...(look !== undefined && { class: look }) };
  return label(inset, top + (index + 1) * lineHeight - 5, text, place);
}

function style(theme: Theme): string {
  const { ground, line, text, quiet, bolt, good, bad } = themes[theme];
  return [
    `text{font:12px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:${text};white-space:pre}`,
    `.e-panel{fill:${ground};stroke:${line}}.e-dot{fill:${line}}.e-strong{font-weight:700}`,
    `.e-quiet{fill:${quiet}}.e-bolt{fill:${bolt}}.e-good{fill:${good}}.e-bad{fill:${bad}}`,
  ].join("");
}
