import type { Page } from "playwright-core";
import type { Box } from "../../../../packages/timeline/test/boxes.js";

/** Draws them in a page, and measures every text and shape of each, in its own pixels. */
export async function drawingBoxes(
  page: Page,
  drawings: readonly string[],
  style: string,
): Promise<readonly Box[][]> {
  await page.setContent(`<style>${style}</style>${drawings.join("\n")}`);
  return page.evaluate(() =>
    [...document.querySelectorAll("body > svg")].map((svg) =>
      [...svg.querySelectorAll<SVGGraphicsElement>("text, path, rect, circle")].map((element) => {
        const { x, y, width, height } = element.getBBox();
        const isText = element.tagName === "text";
        const isBold = isText && Number(getComputedStyle(element).fontWeight) > 400;
        const shown = isText ? (element.lastChild?.textContent ?? "") : "";
        const what = isText
          ? `"${element.textContent}"`
          : `${element.tagName} ${element.getAttribute("class")}`;
        return { what, isText, shown, isBold, x, y, width, height };
      }),
    ),
  );
}
