import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cellWidth, drawingScale } from "../../.vitepress/theme/races/race-layout.js";
import { seeds } from "../../scripts/races/seeds.js";
import { siteFolder } from "../../scripts/site/paths.js";
import { seriousProblems } from "../support/axe.js";
import {
  browserNote,
  hasBrowser,
  launch,
  newContext,
  noteStrangers,
  tabTo,
} from "../support/browser.js";
import { openRace, pointOf, shown } from "../support/race-page.js";
import { type Served, serve } from "../support/serve.js";

const list = "/races/micropython-18728.html";
/** Pixels of the page from one point to the next. */
const pointPixels = cellWidth * drawingScale;

const clock = "/races/ganssle-asynchronicity.html";

describe.skipIf(!hasBrowser)(`races in a browser${browserNote}`, () => {
  let browser: Browser;
  let served: Served;
  let context: BrowserContext;
  const strangers: string[] = [];
  const failures: string[] = [];

  async function contextOf(colorScheme: "light" | "dark", width = 1280): Promise<BrowserContext> {
    const viewport = { width, height: 900 };
    const made = await newContext(browser, { colorScheme, viewport, reducedMotion: "reduce" });
    noteStrangers(made, served.address, strangers);
    made.on("weberror", (error) => failures.push(String(error.error())));
    return made;
  }

  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), serve(siteFolder)]);
    context = await contextOf("light");
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  const open = (path: string): Promise<Page> => openRace(context, served.address + path);

  describe.each(seeds)("$slug", ({ slug, law }) => {
    it(`plays: ${law} is violated with the bug, and holds without it`, async () => {
      const page = await open(`/races/${slug}.html`);
      expect((await shown(page)).verdict).toContain(law);
      const before = (await shown(page)).step;
      await page.getByRole("button", { name: "One step on" }).click();
      expect((await shown(page)).step).toBe(before + 1);
      await page.getByRole("button", { name: "One step back" }).click();
      expect((await shown(page)).step).toBe(before);
      await page.getByRole("switch", { name: "Bug" }).click();
      await page.locator(".race-holds").waitFor();
      expect((await shown(page)).verdict).toContain("Every law holds in this run");
      await page.getByRole("button", { name: "Search all" }).click();
      await page.getByText(/schedules? of at most 1 move, 0 findings/).waitFor();
      await page.close();
    });
  });

  it("switching the bug off and on again comes back to the same run", async () => {
    const page = await open(list);
    const { schedule } = await shown(page);
    await page.keyboard.press("Tab");
    await page.locator('.race [role="switch"]').click();
    await page.locator(".race-holds").waitFor();
    await page.locator('.race [role="switch"]').click();
    await page.locator(".race-violated").waitFor();
    expect((await shown(page)).schedule).toBe(schedule);
    await page.close();
  });

  it("a search with the bug on jumps to the shortest violation", async () => {
    const page = await open(`${clock}?bug=on&v=65529&s=e1:&step=0`);
    await page.locator(".race-holds").waitFor();
    await page.getByRole("button", { name: "Search all" }).click();
    await page.getByText("This is the shortest.").waitFor();
    await page.locator(".race-violated").waitFor();
    expect(pointOf((await shown(page)).schedule)).toBeGreaterThan(0);
    await page.close();
  });

  it("the address leads to the same run and step, in another window", async () => {
    const page = await open(list);
    const first = pointOf((await shown(page)).schedule);
    await page.locator(".race-focus").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.waitForURL((url) => pointOf(url.searchParams.get("s") ?? "") > first);
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowRight");
    const seen = await shown(page);
    await page.waitForURL((url) => url.searchParams.get("step") === String(seen.step));
    const other = await openRace(await contextOf("light"), page.url());
    expect(await shown(other)).toEqual(seen);
    await Promise.all([page.close(), other.close()]);
  });

  it("dragging moves the interrupt, and the law with it", async () => {
    const page = await open(list);
    const first = pointOf((await shown(page)).schedule);
    const point = async () => pointOf((await shown(page)).schedule);
    await drag(page, 2 * pointPixels);
    // The worker runs every place on the way; what is shown may be one of them for a while.
    await expect.poll(point).toBe(first + 2);
    await page.locator(".race-holds").waitFor();
    await drag(page, -2 * pointPixels);
    await expect.poll(point).toBe(first);
    await page.locator(".race-violated").waitFor();
    await page.close();
  });

  it("dragged to where no event is near, it goes to the nearest place and says so", async () => {
    const page = await open(list);
    await drag(page, -12 * pointPixels);
    await page
      .getByText(/no event is within reach; the nearest place is before point \d+/)
      .waitFor();
    expect((await shown(page)).interruptTime).toBe(1);
    await page.close();
  });

  /** Takes the handle and moves it, in small steps as a hand does. */
  async function drag(page: Page, distance: number): Promise<void> {
    const handle = page.locator(".race-drawing .r-active .r-handle");
    await handle.scrollIntoViewIfNeeded();
    const box = await handle.boundingBox();
    if (box === null) throw new Error("the handle is not drawn");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + distance, y, { steps: 8 });
    await page.mouse.up();
  }

  it("the source line of the access stands beside the step, with the bug's lines marked", async () => {
    const page = await open(clock);
    const source = page.locator(".race-source");
    await page.keyboard.press("Tab");
    await page.locator(".race-focus").focus();
    await page.keyboard.press("ArrowLeft");
    await source.locator(".race-line-here").waitFor();
    expect(await source.locator(".race-line-here").textContent()).toMatch(/load\(WRAPS\)/);
    expect(await source.locator(".race-line-bug").count()).toBeGreaterThan(0);
    expect(await source.locator(".race-place").textContent()).toMatch(
      /^clock\.ts, line \d+, with the bug$/,
    );
    await page.getByRole("switch", { name: "Bug" }).click();
    await page.locator(".race-holds").waitFor();
    await expect.poll(() => source.locator(".race-line-bug").count()).toBe(0);
    await page.close();
  });

  it("zooms by key, by button and by wheel, and every sign says what it is", async () => {
    const page = await open(list);
    const barWidth = () =>
      page.locator(".race-drawing .r-step").evaluate((box) => Number(box.getAttribute("width")));
    const first = await barWidth();
    await page.locator(".race-focus").focus();
    await page.keyboard.press("+");
    expect(await barWidth()).toBeGreaterThan(first);
    await page.getByRole("button", { name: "Zoom out" }).click();
    expect(await barWidth()).toBeCloseTo(first, 5);
    await page.locator(".race-drawing").hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await expect.poll(barWidth).toBeGreaterThan(first);
    const signs = page.locator(
      ".race-drawing [data-move], .race-drawing .r-places, .race-overview .r-bar",
    );
    const bare = await signs.evaluateAll(
      (all) =>
        all.filter((sign) => (sign.querySelector(":scope > title")?.textContent ?? "") === "")
          .length,
    );
    expect(bare).toBe(0);
    expect(await page.locator(".race-drawing .esc-drawing title").count()).toBeGreaterThan(10);
    await page.close();
  });

  it("says of a search how many schedules fail, out of how many, and why", async () => {
    const page = await open(list);
    await page.getByRole("button", { name: "Search all" }).click();
    await page
      .getByText(/\d+ of \d+ schedules of at most 1 move fail; .* The others do no harm/)
      .waitFor();
    await page.close();
  });

  it("the keyboard alone does all of it", async () => {
    const page = await open(clock);
    await tabTo(page, '.race [role="switch"]');
    await page.keyboard.press("Space");
    await page.locator(".race-holds").waitFor();
    await page.keyboard.press("Space");
    await page.locator(".race-violated").waitFor();
    await tabTo(page, ".race-focus");
    const outline = await page
      .locator(".race-focus")
      .evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe("solid");
    const begin = await shown(page);
    await page.keyboard.press("Home");
    expect((await shown(page)).step).toBe(0);
    await page.keyboard.press("ArrowRight");
    expect((await shown(page)).step).toBe(1);
    await page.keyboard.press("ArrowLeft");
    expect((await shown(page)).step).toBe(0);
    await page.keyboard.press("PageDown");
    expect((await shown(page)).step).toBeGreaterThan(0);
    await page.keyboard.press("End");
    const end = await shown(page);
    expect(end.words).toContain(`Point ${end.step} of`);
    await page.keyboard.press("Shift+ArrowRight");
    await page.waitForURL(
      (url) => pointOf(url.searchParams.get("s") ?? "") > pointOf(begin.schedule),
    );
    await page.keyboard.press("Shift+ArrowLeft");
    await page.waitForURL((url) => url.searchParams.get("s") === begin.schedule);
    await page.keyboard.press("b");
    await page.locator(".race-holds").waitFor();
    await tabTo(page, 'input[name="interrupt-time"]');
    const { interruptTime } = await shown(page);
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((before) => {
      const input = document.querySelector<HTMLInputElement>('input[name="interrupt-time"]');
      return Number(input?.value) === before + 1;
    }, interruptTime);
    await page.close();
  });

  it("the step is described in words, to those who do not see it", async () => {
    const page = await open(clock);
    const live = page.locator('.race-words[aria-live="polite"]');
    const before = await live.textContent();
    expect(before).toMatch(/^Held up until the counter's wrap\. Point \d+ of \d+, in an interrupt/);
    await page.getByRole("button", { name: "One step on" }).click();
    expect(await live.textContent()).not.toBe(before);
    await page.close();
  });

  it.each([
    ["s=hello", "bad-schedule"],
    ["s=e7:1c", "schedule-version"],
    ["s=e1:99999c", "schedule-mismatch"],
    ["v=123456&s=e1:", "invalid-argument"],
  ])("an address with %s says what is wrong, and leads back", async (query, code) => {
    const page = await open(`${list}?bug=on&${query}`);
    const box = page.locator(".race-failed");
    expect(await box.textContent()).toContain(`error[${code}]`);
    expect(await box.locator("p").count()).toBe(2);
    await page.getByRole("button", { name: "Back to the first run" }).click();
    await page.locator(".race-violated").waitFor();
    expect(await box.count()).toBe(0);
    await page.close();
  });

  it(`${list} fits 360 px`, async () => {
    const narrow = await contextOf("light", 360);
    const page = await openRace(narrow, served.address + list);
    await page.locator(".race-violated").waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    const drawing = await page.locator(".race-drawing").boundingBox();
    // The first screen of a phone is about 740 pixels high; the drawing begins well within it.
    expect(drawing?.y).toBeLessThan(520);
    await narrow.close();
  });

  describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
    it.each([list, clock])("%s has no serious accessibility problem", async (path) => {
      const themed = await contextOf(theme);
      const page = await openRace(themed, served.address + path);
      expect(await seriousProblems(page)).toBe("");
      await page.getByRole("switch", { name: "Bug" }).click();
      await page.locator(".race-holds").waitFor();
      expect(await seriousProblems(page)).toBe("");
      await themed.close();
    });
  });

  it("a bug's page plays its bug when it is asked to", async () => {
    const page = await context.newPage();
    await page.goto(`${served.address}/bugs/morton-1.html`);
    await page.getByRole("button", { name: /^Play it/ }).click();
    await page.locator(".race-violated").waitFor();
    expect((await shown(page)).verdict).toContain("STOP-07");
    await page.close();
  });

  it("nothing was asked of anybody else, and nothing failed", () => {
    expect(strangers).toEqual([]);
    expect(failures).toEqual([]);
  });
});
