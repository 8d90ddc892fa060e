import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boxFaults, frameOf } from "../../../../packages/timeline/test/boxes.js";
import { homeRace } from "../../scripts/first-page/home-race.js";
import { readmeDrawings } from "../../scripts/readme/drawings.js";
import { previewSvg } from "../../scripts/readme/preview-svg.js";
import { readSource } from "../../scripts/site/page.js";
import { workspace } from "../../scripts/site/paths.js";
import { browserNote, hasBrowser, launch } from "../support/browser.js";
import { drawingBoxes } from "../support/drawing-boxes.js";

const drawings = await readmeDrawings();

describe("the drawings of the README", () => {
  it.each([...drawings.keys()])("%s is what `pnpm docs:readme` writes", (path) => {
    const file = join(workspace, path);
    expect(existsSync(file), path).toBe(true);
    expect(readFileSync(file, "utf8"), "run: npx pnpm docs:readme").toBe(drawings.get(path));
  });

  it("are all shown there, each for the ground that it is made for", () => {
    const readme = readSource("README.md");
    for (const path of drawings.keys()) expect(readme).toContain(path);
    const dark = [
      ...readme.matchAll(/<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)"/g),
    ];
    expect(dark.map((match) => match[1])).toEqual(
      [...drawings.keys()].filter((path) => path.includes("dark")),
    );
  });

  it("the preview's is whole, with room around it, as tall as it is drawn", async () => {
    const svg = previewSvg(await homeRace(), readSource("apps/docs/public/logo.svg"));
    const place = / x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/.exec(
      svg.slice(svg.lastIndexOf("<svg")),
    );
    const [x = 0, y = 0, width = 0, height = 0] = (place ?? []).slice(1).map(Number);
    expect(width).toBeGreaterThan(500);
    expect([x, y].every((side) => side >= 30)).toBe(true);
    expect(1280 - x - width).toBeGreaterThanOrEqual(30);
    expect(Math.abs(640 - height - 2 * y)).toBeLessThanOrEqual(1);
  });

  describe.skipIf(!hasBrowser)(`in a browser${browserNote}`, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(() => browser?.close());

    it("no text meets another or leaves its drawing", async () => {
      const page = await browser?.newPage();
      if (page === undefined) throw new Error("there is no page");
      for (const [path, svg] of drawings) {
        const [width = 0] = frameOf(svg);
        const [boxes = []] = await drawingBoxes(page, [svg], "");
        expect(width, path).toBeGreaterThan(300);
        expect(boxes.filter(({ isText }) => isText).length, path).toBeGreaterThan(5);
        expect(boxFaults(boxes, frameOf(svg)), path).toEqual([]);
      }
    });
  });
});
