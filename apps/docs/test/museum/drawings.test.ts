import { museum } from "@escapement/bug-museum";
import { drawingStyle, textWidth } from "@escapement/timeline";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { elementsOf, parseMarkup } from "../../../../packages/timeline/test/markup.js";
import { bugRun } from "../../scripts/museum/bug-run.js";
import { browserNote, hasBrowser, launch } from "../support/browser.js";
import { type Box, boxFaults, drawingBoxes } from "../support/drawing-boxes.js";

const drawings: { readonly name: string; readonly svg: string }[] = [];

beforeAll(async () => {
  for (const bug of museum) drawings.push({ name: bug.name, svg: (await bugRun(bug)).svg });
}, 300_000);

/** The labels of a drawing as the table of widths has them. */
function tableBoxes(svg: string): readonly Box[] {
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

function frameOf(svg: string): readonly [width: number, height: number] {
  const frame = / viewBox="0 0 (\S+) (\S+)"/.exec(svg);
  return [Number(frame?.[1]), Number(frame?.[2])];
}

describe("no label of a bug's drawing meets another or leaves it", () => {
  test("by the table of widths", () => {
    const faults = drawings.flatMap(({ name, svg }) =>
      boxFaults(tableBoxes(svg), frameOf(svg)).map((fault) => `${name}: ${fault}`),
    );
    expect(drawings.length).toBe(museum.length);
    expect(faults).toEqual([]);
  });

  test("control: two labels at one place do, and one over the edge", () => {
    const svg =
      '<svg viewBox="0 0 90 20"><text x="4" y="12">one</text><text x="9" y="12">other</text><text x="80" y="19">edge</text></svg>';
    const faults = boxFaults(tableBoxes(svg), frameOf(svg));
    expect(faults).toEqual([expect.stringContaining('"edge" leaves'), '"one" over "other"']);
  });

  describe.skipIf(!hasBrowser)(`in a browser${browserNote}`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());

    test("by the boxes of its texts and shapes", async () => {
      const page = await browser?.newPage();
      if (page === undefined) throw new Error("there is no page");
      const faults: string[] = [];
      for (const { name, svg } of drawings) {
        const boxes = await drawingBoxes(page, svg, drawingStyle);
        expect(boxes.filter(({ isText }) => isText).length, name).toBeGreaterThan(3);
        faults.push(...boxFaults(boxes, frameOf(svg)).map((fault) => `${name}: ${fault}`));
        for (const { shown, isBold, isText, width } of boxes) {
          const most = textWidth(shown, isBold);
          if (isText && width > most)
            faults.push(`${name}: "${shown}" is ${width} wide, not ${most}`);
        }
      }
      expect(faults).toEqual([]);
    });
  });
});
