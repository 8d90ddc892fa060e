/*
 * Writes the drawings of the README; a test compares them with what is committed. With --preview also the picture that other
 * sites show beside a link, for which it needs Chromium.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { homeRace } from "./first-page/home-race.js";
import { readmeDrawings } from "./readme/drawings.js";
import { previewSvg } from "./readme/preview-svg.js";
import { readSource } from "./site/page.js";
import { app, workspace } from "./site/paths.js";

for (const [path, text] of await readmeDrawings()) {
  const file = join(workspace, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(path);
}
if (process.argv.includes("--preview")) await writePreview();

async function writePreview(): Promise<void> {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 640 } });
    const svg = previewSvg(await homeRace(), readSource("apps/docs/public/logo.svg"));
    await page.setContent(`<style>body{margin:0}body>svg{display:block}</style>${svg}`);
    await page.screenshot({ path: join(app, "public/preview.png") });
  } finally {
    await browser.close();
  }
}
