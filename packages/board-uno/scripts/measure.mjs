// Measures the shipped firmware and compares with the committed figures; with --write, replaces them.
// Needs a build: pnpm --filter @escapement/board-uno... build
import { readFileSync, writeFileSync } from "node:fs";
import { figuresPage, measureFigures } from "../dist/index.js";

const jsonFile = new URL("../figures.json", import.meta.url);
const pageFile = new URL("../../../docs/figures.md", import.meta.url);

const figures = measureFigures();
const json = `${JSON.stringify(figures, undefined, 2)}\n`;
const page = figuresPage(figures);
console.log(page);

if (process.argv.includes("--write")) {
  writeFileSync(jsonFile, json);
  writeFileSync(pageFile, page);
} else if (readFileSync(jsonFile, "utf8") !== json || readFileSync(pageFile, "utf8") !== page) {
  console.error("The committed figures differ. If that is meant: node scripts/measure.mjs --write");
  process.exitCode = 1;
}
