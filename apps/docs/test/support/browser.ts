import { existsSync } from "node:fs";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Whether the tests may use a browser; where tools are required, its absence is a failure instead. */
export const hasBrowser =
  existsSync(executablePath) || process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";

/** What a skipped test is called. */
export const browserNote = hasBrowser ? "" : " (needs Chromium: apt-get install -y chromium)";

/** How long to wait for the browser: it only ends what hangs, on a machine that is busy. */
const PATIENCE_MS = 300_000;

/** Starts the browser, without anything that it would ask of the network by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    timeout: PATIENCE_MS,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** A window of its own for pages; what waits in it does so for long. */
export async function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Notes every address that a context asks for outside of `inside`. */
export function noteStrangers(context: BrowserContext, inside: string, strangers: string[]): void {
  context.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(inside) && !/^(data|blob):/.test(address)) strangers.push(address);
  });
}

/** Presses Tab until an element has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector).first();
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} is not reached by Tab`);
}
