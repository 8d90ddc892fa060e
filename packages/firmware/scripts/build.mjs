/**
 * Builds the Uno's image with avr-gcc and prints its sizes. Exit 1 where it does not compile, 3 without avr-gcc.
 *
 *   node scripts/build.mjs [--sources <folder>] [--out <folder>]
 *
 * `--sources` is a folder of C sources laid out like `c/`, which is the default; the image, its map and its
 * figures go to `--out`, else to `assets/`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildUno, installLine, requireTool, root } from "./toolchain.mjs";

const { values } = parseArgs({ options: { sources: { type: "string" }, out: { type: "string" } } });
requireTool("avr-gcc", installLine);
const out = values.out ?? join(root, "assets");
const folder = mkdtempSync(join(tmpdir(), "escapement-"));
try {
  const { hex, symbols, figures } = buildUno(folder, values.sources);
  mkdirSync(out, { recursive: true });
  const all = readFigures();
  all.uno = { ...all.uno, ...figures };
  writeFileSync(join(out, "escapement-uno.hex"), hex);
  writeFileSync(join(out, "escapement-uno.sym.json"), symbols);
  writeFileSync(join(out, "figures.json"), `${JSON.stringify(all, null, 2)}\n`);
  console.log(
    `uno: ${figures.flashBytes} bytes of flash, ${figures.ramBytes} bytes of RAM without the stack`,
  );
} catch (error) {
  console.error(error.stderr || error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The figures that are there; those that another package measures are kept. */
function readFigures() {
  try {
    return JSON.parse(readFileSync(join(out, "figures.json"), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
