import { museum } from "@escapement/bug-museum";
import { drawingStyle, textWidth } from "@escapement/timeline";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boxFaults, frameOf, labelFaults } from "../../../../packages/timeline/test/boxes.js";
import { bugRun } from "../../scripts/museum/bug-run.js";
import { browserNote, hasBrowser, launch } from "../support/browser.js";
import { drawingBoxes } from "../support/drawing-boxes.js";

const drawings: { readonly name: string; readonly svg: string }[] = [];

beforeAll(async () => {
  for (const bug of museum) drawings.push({ name: bug.name, svg: (await bugRun(bug)).svg });
});

describe("no label of a bug's drawing meets another or leaves it", () => {
  test("by the table of widths", () => {
    const faults = drawings.flatMap(({ name, svg }) =>
      labelFaults(svg).map((fault) => `${name}: ${fault}`),
    );
    expect(drawings.length).toBe(museum.length);
    expect(faults).toEqual([]);
  });

  test("control: two labels at one place do, and one over the edge", () => {
    const svg =
      '<svg viewBox="0 0 90 20"><text x="4" y="12">one</text><text x="9" y="12">other</text><text x="80" y="19">edge</text></svg>';
    expect(labelFaults(svg)).toEqual([
      expect.stringContaining('"edge" leaves'),
      '"one" over "other"',
    ]);
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
