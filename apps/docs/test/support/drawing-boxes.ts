import type { Page } from "playwright-core";

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

/** Draws it in a page, and measures every text and shape. */
export async function drawingBoxes(page: Page, svg: string, style: string): Promise<Box[]> {
  await page.setContent(`<style>${style}</style>${svg}`);
  return page.evaluate(() =>
    [...document.querySelectorAll<SVGGraphicsElement>("text, path, rect, circle")].map(
      (element) => {
        const { x, y, width, height } = element.getBBox();
        const isText = element.tagName === "text";
        const isBold = isText && Number(getComputedStyle(element).fontWeight) > 400;
        const shown = isText ? (element.lastChild?.textContent ?? "") : "";
        const what = isText
          ? `"${element.textContent}"`
          : `${element.tagName} ${element.getAttribute("class")}`;
        return { what, isText, shown, isBold, x, y, width, height };
      },
    ),
  );
}
