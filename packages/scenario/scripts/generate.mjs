// Writes the C header, the C test vectors and the JSON test vectors from this package's tables.
// Run it in packages/scenario after a change to them: node scripts/generate.mjs
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "tsup";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const packagesFolder = join(packageFolder, "..");
const cache = join(packageFolder, "node_modules", ".cache");
mkdirSync(cache, { recursive: true });
const out = mkdtempSync(join(cache, "generate-"));
try {
  await build({
    config: false,
    cwd: packageFolder,
    entry: [join(packageFolder, "scripts", "generated-files.ts")],
    format: ["esm"],
    outDir: out,
    outExtension: () => ({ js: ".mjs" }),
    silent: true,
    target: "node20",
  });
  const { generatedFiles } = await import(pathToFileURL(join(out, "generated-files.mjs")).href);
  const written = [];
  for (const { path, text } of generatedFiles()) {
    const target = join(packagesFolder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    written.push(target);
    console.log(path);
  }
  const biome = join(packagesFolder, "..", "node_modules", ".bin", "biome");
  const json = written.filter((path) => path.endsWith(".json"));
  execFileSync(biome, ["format", "--write", "--colors=off", ...json], { stdio: "ignore" });
} finally {
  rmSync(out, { recursive: true, force: true });
}
