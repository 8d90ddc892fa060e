import { textWidth } from "../src/index.js";
import { elementsOf, parseMarkup } from "./markup.js";

/** Where an element of a drawing stands, in the drawing's pixels. */
export interface Box {
  /** What it is, such as the text in quotes. */
  readonly what: string;
  /** Whether it is text. */
  readonly isText: boolean;
  /** The text that is seen, without its title. */
  readonly shown: string;
  /** Whether that is in bold type. */
  readonly isBold: boolean;
  /** Left edge. */
  readonly x: number;
  /** Upper edge. */
  readonly y: number;
  /** Its width. */
  readonly width: number;
  /** Its height. */
  readonly height: number;
}

/** Fonts leave air within their boxes: so much may a box reach over an edge or another's side. */
const slackPixels = 1.5;

/** The boxes of two lines of text reach into each other by the air above and below letters. */
const slackDownPixels = 3;

/** What is wrong: text over other text, and what leaves the drawing. */
export function boxFaults(
  boxes: readonly Box[],
  [width, height]: readonly [width: number, height: number],
): string[] {
  const faults = boxes
    .filter(
      (box) =>
        Math.min(box.x, box.y) < -slackPixels ||
        box.x + box.width > width + slackPixels ||
        box.y + box.height > height + slackPixels,
    )
    .map(({ what }) => `${what} leaves the drawing`);
  const texts = boxes.filter(({ isText }) => isText);
  for (const [index, one] of texts.entries()) {
    for (const other of texts.slice(index + 1)) {
      const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
      const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
      if (across > slackPixels && down > slackDownPixels) {
        faults.push(`${one.what} over ${other.what}`);
      }
    }
  }
  return faults;
}

/** What is wrong with the labels of a drawing, by the table of widths. */
export function labelFaults(svg: string): string[] {
  return boxFaults(labelBoxes(svg), frameOf(svg));
}

/** The labels of a drawing as the table of widths has them. */
function labelBoxes(svg: string): readonly Box[] {
  return elementsOf(parseMarkup(svg), "text").map(({ attributes, children, text }) => {
    // A label that was cut begins with the whole of it, as a title.
    const shown = text.slice(children[0]?.text.length ?? 0);
    const looks = attributes.class ?? "";
    const isBold = looks.includes("e-hltext");
    const width = textWidth(shown, isBold);
    const share = looks.includes("e-mid") ? 0.5 : looks.includes("e-end") ? 1 : 0;
    const [x, y] = [Number(attributes.x) - share * width, Number(attributes.y) - 10];
    return { what: `"${shown}"`, isText: true, shown, isBold, x, y, width, height: 13 };
  });
}

/** Width and height of a drawing, in its own pixels. */
export function frameOf(svg: string): readonly [width: number, height: number] {
  const frame = / viewBox="0 0 (\S+) (\S+)"/.exec(svg);
  return [Number(frame?.[1]), Number(frame?.[2])];
}
