import { escapeText, label } from "@escapement/timeline";
import type { HomeRaceData } from "../../.vitepress/theme/first-page/use-home-race.js";
import { raceSvg } from "./race-svg.js";
import { themes } from "./themes.js";

/** Room above and below the drawing. */
const margin = 48;

/** The picture that other sites show beside a link to this one: 1280 by 640, as they want it. */
export function previewSvg(race: HomeRaceData, logo: string): string {
  const { ground, text, quiet } = themes.dark;
  const wheel = /<g fill="#1b8a7a">[\s\S]*<\/g>/.exec(logo)?.[0] ?? "";
  const drawing = placed(raceSvg(race, "dark"));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 640" width="1280" height="640">`,
    `<title>${escapeText("Escapement: timers that hold, on every board")}</title>`,
    `<rect width="1280" height="640" fill="${ground}"/>`,
    `<g transform="translate(56 92) scale(1.6)">${wheel}</g>`,
    `<g font-family="system-ui, 'DejaVu Sans', sans-serif">`,
    label(56, 290, "Escapement", {
      fill: text,
      "font-size": 64,
      "font-weight": 700,
      style: font(64),
    }),
    label(56, 346, "Timers that hold,", { fill: text, style: font(34) }),
    label(56, 390, "on every board", { fill: text, style: font(34) }),
    label(56, 450, "A portable timer HAL, and one", { fill: quiet, style: font(22) }),
    label(56, 482, "conformance suite for every board", { fill: quiet, style: font(22) }),
    "</g>",
    drawing,
    "</svg>",
  ].join("\n");
}

/** The drawing beside the words, in the middle of the height, as large as the room lets it be. */
function placed(svg: string): string {
  const [, across = "", down = ""] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const scale = Math.min(690 / Number(across), (640 - 2 * margin) / Number(down));
  const width = Math.round(Number(across) * scale);
  const height = Math.round(Number(down) * scale);
  const place = `x="${1250 - width}" y="${Math.round((640 - height) / 2)}" width="${width}" height="${height}"`;
  return svg.replace(/ width="\d+"/, ` ${place}`);
}

/** The style sheet of the drawing inside speaks of every text, so these say their font themselves. */
function font(pixels: number): string {
  const weight = pixels > 60 ? 700 : 500;
  return `font:${weight} ${pixels}px system-ui,'DejaVu Sans',sans-serif;fill:${pixels > 30 ? themes.dark.text : themes.dark.quiet}`;
}
