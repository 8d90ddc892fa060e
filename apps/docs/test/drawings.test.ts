import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSimulated, museum } from "@escapement/bug-museum";
import { laws } from "@escapement/conformance";
import { drawingStyle, textWidth } from "@escapement/timeline";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boxFaults, frameOf, labelFaults } from "../../../packages/timeline/test/boxes.js";
import { siteFolder } from "../scripts/site/paths.js";
import { browserNote, hasBrowser, launch } from "./support/browser.js";
import { drawingBoxes } from "./support/drawing-boxes.js";

interface Drawing {
  readonly name: string;
  readonly svg: string;
}

/** The drawings of every page of a folder of the built site. */
function drawingsIn(folder: string): readonly Drawing[] {
  return readdirSync(join(siteFolder, folder))
    .filter((file) => file.endsWith(".html") && file !== "index.html")
    .flatMap((file) => {
      const html = readFileSync(join(siteFolder, folder, file), "utf8");
      const found = html.match(/<svg\b[^>]*class="esc-drawing"[\s\S]*?<\/svg>/g) ?? [];
      return found.map((svg) => ({ name: `${folder}/${file}`, svg }));
    });
}

const ofBugs = drawingsIn("bugs");
const ofLaws = drawingsIn("laws");
const drawings = [...ofBugs, ...ofLaws];

/** So many are measured in one page. */
const AT_ONCE = 40;

describe("no label of a drawing meets another or leaves it", () => {
  test("every bug that has a run, and every law, is drawn", () => {
    expect(ofBugs).toHaveLength(museum.filter(isSimulated).length);
    const drawn = new Set(ofLaws.map(({ name }) => name));
    expect(laws.filter(({ id }) => !drawn.has(`laws/${id}.html`)).map(({ id }) => id)).toEqual([]);
  });

  test("by the table of widths", () => {
    const faults = drawings.flatMap(({ name, svg }) =>
      labelFaults(svg).map((fault) => `${name}: ${fault}`),
    );
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
      for (let from = 0; from < drawings.length; from += AT_ONCE) {
        const part = drawings.slice(from, from + AT_ONCE);
        const all = await drawingBoxes(
          page,
          part.map(({ svg }) => svg),
          drawingStyle,
        );
        for (const [index, { name, svg }] of part.entries()) {
          const boxes = all[index] ?? [];
          expect(boxes.filter(({ isText }) => isText).length, name).toBeGreaterThan(3);
          faults.push(...boxFaults(boxes, frameOf(svg)).map((fault) => `${name}: ${fault}`));
          for (const { shown, isBold, isText, width } of boxes) {
            const most = textWidth(shown, isBold);
            if (isText && width > most)
              faults.push(`${name}: "${shown}" is ${width} wide, not ${most}`);
          }
        }
      }
      expect(faults).toEqual([]);
    });
  });
});
