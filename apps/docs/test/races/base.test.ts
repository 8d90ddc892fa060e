import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserNote, hasBrowser, launch, newContext, noteStrangers } from "../support/browser.js";
import { buildPart, type SitePart } from "../support/build-part.js";
import { openRace, shown } from "../support/race-page.js";
import { type Served, serve } from "../support/serve.js";

const base = "/docs/next/";

describe.skipIf(!hasBrowser)(`a site below ${base}${browserNote}`, () => {
  let part: SitePart;
  let browser: Browser;
  let served: Served;

  beforeAll(async () => {
    part = buildPart(base, ["races/index.md", "races/ganssle-asynchronicity.md"]);
    [browser, served] = await Promise.all([launch(), serve(part.folder)]);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    part?.remove();
  });

  it("plays a race, asks nobody outside of it, and keeps its address", async () => {
    const context = await newContext(browser);
    const strangers: string[] = [];
    noteStrangers(context, `${served.address}${base}`, strangers);
    const page = await openRace(
      context,
      `${served.address}${base}races/ganssle-asynchronicity.html`,
    );
    expect((await shown(page)).verdict).toContain("READ-01");
    await page.waitForURL((url) => url.pathname.startsWith(base) && url.searchParams.has("s"));
    const link = page.locator(".race-legend a");
    expect(await link.getAttribute("href")).toBe(`${base}races/#how-to-read-it`);
    expect(strangers).toEqual([]);
  });
});
