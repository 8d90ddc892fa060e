/** Rebuilds the image elsewhere and compares it with `assets/`: exit 1 where a byte differs, 3 without avr-gcc. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildUno, installLine, requireTool, root } from "./toolchain.mjs";

requireTool("avr-gcc", installLine);
const folder = mkdtempSync(join(tmpdir(), "escapement-"));
try {
  const built = buildUno(folder);
  const asset = (name) => readFileSync(join(root, "assets", name), "utf8");
  const committed = JSON.parse(asset("figures.json")).uno;
  const wrong = [];
  if (asset("escapement-uno.hex") !== built.hex) wrong.push("escapement-uno.hex");
  if (asset("escapement-uno.sym.json") !== built.symbols) wrong.push("escapement-uno.sym.json");
  for (const [name, value] of Object.entries(built.figures)) {
    if (committed[name] !== value)
      wrong.push(`figures.json: ${name} is ${committed[name]}, built ${value}`);
  }
  if (wrong.length > 0) {
    console.error(`Not what the sources build:\n  ${wrong.join("\n  ")}`);
    console.error("Run `node scripts/build.mjs` in packages/firmware and look at what changed.");
    process.exitCode = 1;
  } else {
    const { flashBytes, ramBytes } = built.figures;
    console.log(
      `assets are what the sources build (${flashBytes} bytes of flash, ${ramBytes} of RAM)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
