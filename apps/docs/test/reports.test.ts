import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workspace } from "../scripts/site/paths.js";
import { seriousProblems } from "./support/axe.js";
import { browserNote, hasBrowser, launch, newContext } from "./support/browser.js";

/** Command lines that find something, each of which writes a page. */
const runs: Readonly<Record<string, string>> = {
  conform: "conform sim:avr16 sim:stm32 --only STOP,ARM --bug pico-1953",
  fuzz: "fuzz packages/cli/test/fixtures/forgetful-board.mjs --seed 1 --runs 30",
  explore:
    "explore --workers 0 --only STOP-04,READ-02 --bound 1 --hal packages/explore/examples/naive-hal.mjs",
  race: "race packages/explore-c/test/programs/rww-lost-update.c",
};
const kinds = Object.keys(runs);

const folder = mkdtempSync(join(tmpdir(), "escapement-"));
const main = join(workspace, "packages/cli/dist/main.js");

/** The signs of a drawing in columns that are not as wide as a letter. */
function tornSigns(): readonly string[] {
  const pre = document.querySelector("pre.columns");
  if (pre === null) return ["no columns"];
  const probe = pre.cloneNode() as HTMLElement;
  probe.style.position = "absolute";
  document.body.append(probe);
  const widthOf = (sign: string): number => {
    const span = document.createElement("span");
    span.textContent = sign.repeat(100);
    probe.replaceChildren(span);
    return span.getBoundingClientRect().width;
  };
  const letter = widthOf("m");
  return [..."│─├┤┘┴└┐┌┬▶◀"].filter((sign) => Math.abs(widthOf(sign) - letter) > 1);
}

describe.skipIf(!hasBrowser)(`the pages of reports in a browser${browserNote}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    for (const [kind, line] of Object.entries(runs)) {
      const args = [main, ...line.split(" "), "--html", join(folder, `${kind}.html`)];
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: workspace,
        encoding: "utf8",
        env: { ...process.env, GITHUB_ACTIONS: undefined },
      });
      if (status !== 1) throw new Error(`${line}: ${status} ${stderr}`);
    }
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function open(kind: string, width: number, theme: "light" | "dark", anchor = "") {
    const context = await newContext(browser, { colorScheme: theme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${pathToFileURL(join(folder, `${kind}.html`)).href}${anchor}`);
    return { page, close: () => context.close() };
  }

  const groundOf = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  it.each(
    kinds.flatMap((kind) =>
      ([360, 768, 1440] as const).flatMap((width) =>
        (["light", "dark"] as const).map((theme) => [kind, width, theme] as const),
      ),
    ),
  )("%s at %i px, %s: nothing is wider than the page, and axe finds nothing", async (...where) => {
    const [, width, theme] = where;
    const { page, close } = await open(...where);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect((await groundOf(page)) === "rgb(255, 255, 255)").toBe(theme === "light");
    if (width === 360) expect(await seriousProblems(page)).toBe("");
    await close();
  });

  it.each(kinds)("%s: all items open and close, and a link opens its own", async (kind) => {
    const { page, close } = await open(kind, 1440, "light");
    const openCount = (): Promise<number> => page.locator("details.fold[open]").count();
    const all = await page.locator("details.fold").count();
    expect(all).toBeGreaterThan(0);
    const button = page.locator("#open-all");
    if ((await button.count()) > 0) {
      await button.click();
      if ((await openCount()) === 0) await button.click();
      expect(await openCount()).toBe(all);
      await button.click();
      expect(await openCount()).toBe(0);
    }
    await close();
    const last = (await (
      await open(kind, 1440, "light")
    ).page
      .locator("details.fold .body")
      .last()
      .getAttribute("id")) as string;
    const linked = await open(kind, 1440, "light", `#${last}`);
    await expect
      .poll(() => linked.page.locator("details.fold").last().getAttribute("open"))
      .toBe("");
    await linked.close();
  });

  it.each(["conform", "explore", "fuzz"])(
    "%s: the filter leaves what it is about",
    async (kind) => {
      const { page, close } = await open(kind, 1440, "light");
      const shown = page.locator("details.fold:visible");
      const before = await shown.count();
      const words = (await shown.first().getAttribute("data-words"))?.split(" ")[0] ?? "";
      await page.locator("#filter").fill(words);
      const after = await shown.count();
      expect(after).toBeGreaterThan(0);
      expect(after).toBeLessThan(before);
      await page.locator("#filter").fill("no such word");
      expect(await shown.count()).toBe(0);
      expect(await page.locator("section[data-filtered]:visible").count()).toBe(0);
      await page.locator("#filter").fill("");
      expect(await shown.count()).toBe(before);
      await close();
    },
  );

  it.each(kinds)(
    "%s on paper: what was found is unfolded, on white, and fits; laws that hold are a line",
    async (kind) => {
      const { page, close } = await open(kind, 718, "dark");
      await page.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = false;
      });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll("details > :not(summary)")].map((each) =>
          each.checkVisibility(),
        ),
      );
      const folded = await page.locator("details.allpass > :not(summary)").count();
      expect(shown.length).toBeGreaterThan(folded);
      expect(shown.filter((isShown) => !isShown)).toHaveLength(folded);
      expect(folded > 0).toBe(kind === "conform");
      expect(await groundOf(page)).toBe("rgb(255, 255, 255)");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(718);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(718);
      await close();
    },
  );

  it.each(["explore", "race"])(
    "%s: no sign of a drawing in columns is wider than a letter",
    async (kind) => {
      const { page, close } = await open(kind, 1440, "light");
      expect(await page.evaluate(tornSigns)).toEqual([]);
      await close();
    },
  );
});
