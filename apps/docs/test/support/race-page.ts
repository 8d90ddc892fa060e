import type { BrowserContext, Page } from "playwright-core";

/** Opens a race page, and waits until its board has returned. */
export async function openRace(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.race[data-ready="true"]').waitFor();
  return page;
}

/** What a race page shows, in words. */
export async function shown(page: Page) {
  const text = async (selector: string) => (await page.locator(selector).textContent()) ?? "";
  return {
    schedule: await text(".race-share code >> nth=0"),
    step: Number(await page.locator('input[name="step"]').inputValue()),
    interruptTime: Number(await page.locator('input[name="interrupt-time"]').inputValue()),
    words: await text(".race-words"),
    verdict: await text(".race-verdict"),
    bugOn: (await page.locator('.race [role="switch"]').getAttribute("aria-checked")) === "true",
  };
}

/** The point of a schedule's first move; −1 for the plain run. */
export function pointOf(schedule: string): number {
  return Number(/^e1:(\d+)/.exec(schedule)?.[1] ?? -1);
}
