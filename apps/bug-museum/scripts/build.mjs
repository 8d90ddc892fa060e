/*
 * Builds the patched HALs: for each bug of the HAL, the sources of @escapement/core with its patches
 * applied, bundled into generated/<name>.js; and generated/loaders.js, which imports them by name.
 * `none` is built the same way from the sources as they are.
 *
 *   node scripts/build.mjs
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const museum = join(here, "..");
const core = join(museum, "../../packages/core/src");
const generated = join(museum, "generated");

/** The bugs of the HAL; their modules import nothing at run time but each other. */
async function readBugs() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { halBugs } from "./hal-bugs.ts"; export { applyPatches } from "./bug.ts";`,
      resolveDir: join(museum, "src"),
    },
    bundle: true,
    format: "esm",
    platform: "neutral",
    write: false,
    logLevel: "error",
  });
  const text = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}

function patching(patches, applyPatches) {
  return {
    name: "patches",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const mine = patches.filter(({ file }) => join(core, file) === path);
        const source = await readFile(path, "utf8");
        return { contents: applyPatches(source, mine), loader: "ts" };
      });
    },
  };
}

/** Writes a file unless it says so already: others may be reading it. */
async function put(name, text) {
  const path = join(generated, name);
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(path, text);
}

async function bundle(name, patches, applyPatches) {
  const { outputFiles } = await build({
    entryPoints: [join(core, "index.ts")],
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    // Small, and below the window of gzip, so that in an archive all of them take little more than one.
    minify: true,
    logLevel: "error",
    plugins: [patching(patches, applyPatches)],
  });
  await put(`${name}.js`, outputFiles[0].text);
}

const { halBugs, applyPatches } = await readBugs();
await mkdir(generated, { recursive: true });
const all = [{ name: "none", change: [] }, ...halBugs];
await Promise.all(
  all.map(({ name, change }) => {
    if (name !== basename(name)) throw new Error(`${name} is no file name`);
    return bundle(name, change, applyPatches);
  }),
);
const entries = all.map(({ name }) => `  "${name}": () => import("./${name}.js"),\n`);
await put(
  "loaders.js",
  `// Written by scripts/build.mjs.\nexport const patchedHals = {\n${entries.join("")}};\n`,
);
const wanted = new Set(["loaders.js", ...all.map(({ name }) => `${name}.js`)]);
for (const name of await readdir(generated)) {
  if (!wanted.has(name)) await rm(join(generated, name));
}
console.log(`${all.length} HALs in ${basename(generated)}`);
