import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { siteFolder } from "../scripts/site/paths.js";
import { seriousProblems } from "./support/axe.js";
import {
  browserNote,
  hasBrowser,
  launch,
  newContext,
  noteStrangers,
  tabTo,
} from "./support/browser.js";
import { type Served, serve } from "./support/serve.js";

/** One of each type of page. */
const pageTypes = [
  "/",
  "/guides/getting-started.html",
  "/laws/",
  "/laws/STOP-06.html",
  "/api/",
  "/api/@escapement/core/index/classes/TimerHal.html",
  "/api/c/esc_hal.html",
  "/cli.html",
  "/errors.html",
  "/contract.html",
  "/packages/core.html",
  "/decisions/",
  "/changelog.html",
  "/races/",
  "/races/linux-del-timer.html",
  "/bugs/",
  "/kill-matrix.html",
  "/coverage.html",
  "/firmware-coverage.html",
  "/bugs/pico-1953.html",
  "/bugs/zephyr-18728.html",
  "/boards/",
  "/boards/sim-avr16.html",
  "/limits.html",
  "/api/@escapement/core/",
  "/guides/time-and-interrupts.html",
];

describe.skipIf(!hasBrowser)(`the site in a browser${browserNote}`, () => {
  let browser: Browser;
  let served: Served;
  const contexts = new Map<string, BrowserContext>();
  const strangers: string[] = [];

  beforeAll(async () => {
    [browser, served] = await Promise.all([launch(), serve(siteFolder)]);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  async function contextOf(theme: "light" | "dark"): Promise<BrowserContext> {
    const known = contexts.get(theme);
    if (known !== undefined) return known;
    const context = await newContext(browser, { colorScheme: theme, reducedMotion: "reduce" });
    noteStrangers(context, served.address, strangers);
    contexts.set(theme, context);
    return context;
  }

  /** Opens a page and waits until it reacts to the keyboard. */
  async function open(
    path: string,
    width = 1280,
    theme: "light" | "dark" = "light",
  ): Promise<Page> {
    const page = await (await contextOf(theme)).newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(served.address + path);
    await page.waitForFunction(() => "__vue_app__" in (document.querySelector("#app") ?? {}));
    return page;
  }

  it.each([
    ["a law", "STOP-04", "/laws/STOP-04.html"],
    ["a law by its title", "masked wrap pending", "/laws/READ-02.html"],
    ["an export", "TimerHal", "/api/@escapement/core/index/classes/TimerHal.html"],
    ["an error code", "port-busy", "/errors.html#port-busy"],
    ["a C function", "esc_timer_init", "/api/c/esc_hal.html#esc_timer_init"],
    ["a bug", "nuttx-493e207", "/bugs/nuttx-493e207.html"],
  ])("search finds %s", async (_, words, address) => {
    const page = await open("/");
    await page.keyboard.press("Control+k");
    await page.locator("#localsearch-input").fill(words);
    const results = page.locator("#localsearch-list a.result");
    await results.first().waitFor();
    const addresses = await results.evaluateAll((links) =>
      links.slice(0, 5).map((link) => link.getAttribute("href")),
    );
    const whole = (href: string | null) => new URL(href ?? "", served.address);
    const wanted = whole(address);
    const found = addresses.map(whole).some(({ pathname, hash }) => {
      return pathname === wanted.pathname && (wanted.hash === "" || hash === wanted.hash);
    });
    expect(found, addresses.join(" ")).toBe(true);
    await page.close();
  });

  it("everything can be reached from the keyboard alone", async () => {
    const page = await open("/");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(
      "Skip to content",
    );
    await tabTo(page, 'header a[href="/laws/"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/laws/");
    await tabTo(page, 'main a[href="/laws/READ-01.html"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/laws/READ-01.html");
    await page.keyboard.press("/");
    await page.locator("#localsearch-input").waitFor();
    await page.keyboard.type("port-busy");
    await page.locator("#localsearch-list a.result").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/errors.html#port-busy");
    await page.close();
  });

  it.each(pageTypes)(
    "%s fits every width in both themes, and axe finds nothing serious",
    async (path) => {
      // One load serves all of it: the theme follows the system's, and the width the window's.
      const page = await open(path);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.waitForFunction(
          (isDark) => document.documentElement.classList.contains("dark") === isDark,
          colorScheme === "dark",
        );
        for (const width of [360, 768, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(wide, `${colorScheme}, ${width} px`).toBeLessThanOrEqual(width);
        }
        expect(await seriousProblems(page), colorScheme).toBe("");
      }
      await page.close();
    },
  );

  it("the theme follows the system, and the switch turns and keeps it", async () => {
    const background = (page: Page) =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await open("/laws/STOP-04.html", 1280, "dark");
    const light = await open("/laws/STOP-04.html");
    const [darkColour, lightColour] = [await background(dark), await background(light)];
    expect(darkColour).not.toBe(lightColour);
    await light.locator(".VPNavBarAppearance .VPSwitchAppearance").click();
    expect(await background(light)).toBe(darkColour);
    await light.reload();
    expect(await background(light)).toBe(darkColour);
    await light.evaluate(() => localStorage.clear());
    await Promise.all([dark.close(), light.close()]);
  });

  it("tables sort by their heads, and pages of codes and tables are filtered", async () => {
    const page = await open("/kill-matrix.html");
    const first = () => page.locator("main table tbody tr td").first().textContent();
    const before = await first();
    await page.getByRole("button", { name: "Sort by plain" }).first().click();
    await page.getByRole("button", { name: "Sort by plain" }).first().click();
    expect(await first()).not.toBe(before);
    const counts = await page
      .locator("main table")
      .first()
      .locator("tbody tr td:nth-child(3)")
      .allTextContents();
    const numbers = counts
      .map((text) => Number.parseInt(text, 10))
      .filter((count) => !Number.isNaN(count));
    expect(numbers.length).toBeGreaterThan(40);
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
    const rows = page.locator("main tbody tr:visible");
    await page.locator(".page-filter input").fill("ganssle READ-01");
    expect(await rows.count()).toBeLessThan(10);
    expect(await rows.count()).toBeGreaterThan(0);
    await page.goto(`${served.address}/errors.html`);
    await page.locator(".page-filter input").fill("port-busy");
    expect(await page.locator("main h2:visible").allTextContents()).toContainEqual(
      expect.stringContaining("port-busy"),
    );
    expect(await page.locator("main h2:visible").count()).toBeLessThan(10);
    await page.close();
  });

  it.each(["/coverage.html", "/firmware-coverage.html", "/bugs/", "/kill-matrix.html"])(
    "%s sorts by every column, up and down, and loses no row",
    async (path) => {
      const page = await open(path);
      const table = page
        .locator("main table")
        .filter({ has: page.locator(".sort-button") })
        .last();
      const rows = () => table.locator("tbody tr").allTextContents();
      const before = await rows();
      const heads = table.locator(".sort-button");
      expect(await heads.count()).toBeGreaterThan(2);
      for (const head of await heads.all()) {
        await head.click();
        const up = await rows();
        await head.click();
        const down = await rows();
        expect(up.toSorted()).toEqual(before.toSorted());
        expect(down).toEqual(up.toReversed());
      }
      await page.close();
    },
  );

  it("a filter leaves no heading without a row, and gives all back", async () => {
    const page = await open("/laws/");
    const field = page.locator(".page-filter input");
    const headings = () => page.locator("main h2:visible").count();
    const all = await headings();
    await field.fill("partial tick");
    expect(await page.locator("main .matrix tbody tr:visible").count()).toBe(1);
    expect(await headings()).toBe(1);
    expect(await page.locator(".page-filter output").textContent()).toMatch(/^1 of \d+$/);
    // The counts of the boards are of all laws, whatever is shown of them.
    expect(await page.locator("main .counts tbody tr:visible").count()).toBeGreaterThan(3);
    await field.fill("");
    expect(await headings()).toBe(all);
    await page.close();
  });

  it.each(["/kill-matrix.html", "/coverage.html", "/errors.html", "/bugs/", "/laws/"])(
    "%s has everything to read without its script",
    async (path) => {
      const context = await newContext(browser, { javaScriptEnabled: false });
      const page = await context.newPage();
      await page.setViewportSize({ width: 360, height: 900 });
      await page.goto(served.address + path);
      const shown = page.locator("main").locator(path === "/errors.html" ? "h2" : "tbody tr");
      expect(await shown.count()).toBeGreaterThan(20);
      expect(await shown.filter({ visible: false }).count()).toBe(0);
      await context.close();
    },
  );

  it.each(["/bugs/riot-dea2543.html", "/guides/run-in-ci.html"])(
    "%s on paper: white, dark letters, no bars, and nothing that is cut, from a dark screen, too",
    async (path) => {
      const page = await open(path, 700, "dark");
      await page.emulateMedia({ media: "print", colorScheme: "dark", reducedMotion: "reduce" });
      const looks = await page.evaluate(() => {
        const of = (selector: string) => {
          const element = document.querySelector(selector);
          return element === null ? undefined : getComputedStyle(element);
        };
        const code = [...document.querySelectorAll("main pre")];
        return {
          ground: of("body")?.backgroundColor,
          text: of("main h1")?.color,
          drawn: of(".esc-drawing text")?.fill,
          cut: code.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length,
        };
      });
      expect(looks).toMatchObject({
        ground: "rgb(255, 255, 255)",
        text: "rgb(31, 35, 40)",
        cut: 0,
      });
      // The message, in the red of the light theme.
      if (path.startsWith("/bugs/")) expect(looks.drawn).toBe("rgb(192, 24, 43)");
      expect(
        await page.locator(".VPNav:visible, .VPSidebar:visible, .VPDocFooter:visible").count(),
      ).toBe(0);
      await page.close();
    },
  );

  it("a code block can be copied", async () => {
    const page = await open("/guides/getting-started.html");
    expect(await page.locator("main button.copy").count()).toBeGreaterThan(0);
    await page.close();
  });

  it("no request of all these left localhost", () => {
    expect(strangers).toEqual([]);
  });
});
