/** Rebuilds the images in `assets/` with avr-gcc, and prints the main one's sizes. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildBugs, buildUno, installLine, requireTool, root } from "./toolchain.mjs";

requireTool("avr-gcc", installLine);
const assets = join(root, "assets");
const { hex, symbols, figures } = buildUno(join(root, "build"));
const figuresFile = join(assets, "figures.json");
writeFileSync(join(assets, "escapement-uno.hex"), hex);
writeFileSync(join(assets, "escapement-uno.sym.json"), symbols);
const all = readFigures();
all.uno = { ...all.uno, ...figures };
writeFileSync(figuresFile, `${JSON.stringify(all, null, 2)}\n`);
console.log(
  `uno: ${figures.flashBytes} bytes of flash, ${figures.ramBytes} bytes of RAM without the stack`,
);

const bugFiles = buildBugs(join(root, "build"));
const bugs = join(assets, "bugs");
mkdirSync(bugs, { recursive: true });
for (const name of readdirSync(bugs)) if (!bugFiles.has(name)) rmSync(join(bugs, name));
for (const [name, text] of bugFiles) writeFileSync(join(bugs, name), text);
console.log(`bugs: ${bugFiles.size / 2} images`);

/** The committed figures; those that another package measures are kept. */
function readFigures() {
  try {
    return JSON.parse(readFileSync(figuresFile, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
