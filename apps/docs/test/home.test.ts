import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { siteFolder } from "../scripts/site/paths.js";
import { seriousProblems } from "./support/axe.js";
import { browserNote, hasBrowser, launch, newContext, noteStrangers } from "./support/browser.js";
import { type Served, serve } from "./support/serve.js";

const race = ".home-race";

describe.skipIf(!hasBrowser)(`the first page in a browser${browserNote}`, () => {
  let browser: Browser;
  let served: Served;
  const failures: string[] = [];

  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), serve(siteFolder)]);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  async function open(
    reducedMotion: "reduce" | "no-preference",
    width = 1440,
    colorScheme: "light" | "dark" = "light",
  ): Promise<Page> {
    const viewport = { width, height: width < 500 ? 740 : 900 };
    const context = await newContext(browser, { reducedMotion, viewport, colorScheme });
    noteStrangers(context, served.address, failures);
    context.on("weberror", (error) => failures.push(String(error.error())));
    const page = await context.newPage();
    await page.goto(`${served.address}/`);
    // The engine has run both sides again, so what is shown from here on is the browser's own.
    await page.locator(`${race}[data-live="true"]`).waitFor();
    return page;
  }

  const rows = (page: Page) => page.locator(`${race} .home-row:not(.home-later)`).count();

  it("plays by itself: with the bug to a broken law, then without it to one that holds", async () => {
    const page = await open("no-preference");
    await page.locator(`${race}[data-playing="true"]`).waitFor();
    await page.locator(".home-outcome.home-broken:not(.home-later)").waitFor();
    expect(await page.locator(".home-outcome").textContent()).toContain("READ-01 is broken");
    await page.locator(".home-outcome.home-holds:not(.home-later)").waitFor();
    expect(await page.locator(".home-outcome").textContent()).toContain("Every law holds");
    await page.context().close();
  });

  it("is paused and goes on", async () => {
    const page = await open("no-preference");
    await page.getByRole("button", { name: "Pause" }).click();
    expect(await page.locator(race).getAttribute("data-playing")).toBe("false");
    await page.getByRole("button", { name: "Bug on" }).click();
    const whole = await rows(page);
    expect(whole).toBeGreaterThan(6);
    await page.getByRole("button", { name: "Play" }).click();
    // It begins again, and comes to its end.
    await page.waitForFunction(
      (most) => document.querySelectorAll(".home-row:not(.home-later)").length < most,
      whole,
    );
    await page.locator(".home-outcome:not(.home-later)").waitFor();
    await page.context().close();
  });

  it("stands still for those who want no motion, and shows the whole run", async () => {
    const page = await open("reduce");
    expect(await page.locator(race).getAttribute("data-playing")).toBe("false");
    expect(await page.locator(`${race} .home-later`).count()).toBe(0);
    expect(await page.locator(".home-outcome").textContent()).toContain("READ-01 is broken");
    await page.context().close();
  });

  it("the interrupt is moved away from where it does harm, and the engine says that the law holds", async () => {
    const page = await open("reduce");
    expect(await page.locator(".home-dots .home-bad").count()).toBeGreaterThan(0);
    const slider = page.getByRole("slider", { name: "Where the interrupt comes" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await page.locator(".home-outcome.home-holds").waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.locator(".home-outcome.home-broken").waitFor();
    await page.getByRole("button", { name: "Bug off" }).click();
    await page.locator(".home-outcome.home-holds").waitFor();
    expect(await page.locator(".home-dots .home-bad").count()).toBe(0);
    await page.context().close();
  });

  describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
    it.each([360, 768, 1440])(
      "fits %i px, shows the race at once, and axe has nothing to say",
      async (width) => {
        const page = await open("reduce", width, theme);
        const { scrollWidth, top, bottom, height } = await page.evaluate(() => {
          const box = document.querySelector(".home-row.home-result")?.getBoundingClientRect();
          const { innerHeight: height } = window;
          const { scrollWidth } = document.documentElement;
          return { scrollWidth, height, top: box?.top ?? -1, bottom: box?.bottom ?? Number.NaN };
        });
        expect(scrollWidth).toBeLessThanOrEqual(width);
        expect(top).toBeGreaterThan(0);
        expect(bottom).toBeLessThanOrEqual(height);
        expect(await cutTexts(page)).toEqual([]);
        expect(await seriousProblems(page)).toBe("");
        await page.context().close();
      },
    );
  });

  it("asks nobody else for anything, and nothing fails", () => {
    expect(failures).toEqual([]);
  });
});

/** Rows whose text does not fit. */
function cutTexts(page: Page): Promise<(string | null)[]> {
  return page
    .locator(".home-text")
    .evaluateAll((texts) =>
      texts
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );
}
