/** Rebuilds the image in `assets/` with avr-gcc, and prints its sizes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildUno, installLine, requireTool, root } from "./toolchain.mjs";

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

/** The committed figures; those that another package measures are kept. */
function readFigures() {
  try {
    return JSON.parse(readFileSync(figuresFile, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
