import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

/** Whether the tests may use a browser; where tools are required, its absence is a failure instead. */
export const hasBrowser =
  existsSync(executablePath) || process.env.ESCAPEMENT_REQUIRE_TOOLS === "1";

/** What a skipped test is called. */
export const browserNote = hasBrowser ? "" : " (needs Chromium: apt-get install -y chromium)";

/** Starts the browser, without anything that it would ask of the network by itself. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
