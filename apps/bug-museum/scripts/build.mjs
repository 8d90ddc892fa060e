/*
 * Builds the patched HALs: for each patch in patches/hal, the sources of @escapement/core with it
 * applied, bundled into generated/<name>.js; and generated/loaders.js, which imports them by name.
 * `none` is built the same way from the sources as they are. Each says at which source line it is.
 *
 *   node scripts/build.mjs
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { marked, placeModule } from "./marks.mjs";

const museum = join(dirname(fileURLToPath(import.meta.url)), "..");
const core = join(museum, "../../packages/core/src");
const patches = join(museum, "patches/hal");
const generated = join(museum, "generated");

/** The museum's own module, from its source: nothing of it is built yet. */
async function loadSourcePatch() {
  const { outputFiles } = await build({
    entryPoints: [join(museum, "src/source-patch.ts")],
    alias: { "@escapement/core": join(core, "index.ts") },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
  });
  const text = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}

function sourceOf(file) {
  const path = join(core, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The files of the HAL; their order numbers them. */
const files = readdirSync(core, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.endsWith(".ts"))
  .sort();

/** Has esbuild read changed files in place of those that are there, each with marks at its accesses. */
function patching(changed) {
  return {
    name: "patches",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^esc:/ }, ({ path }) => ({ path, namespace: "esc" }));
      onLoad({ filter: /place$/, namespace: "esc" }, () => ({ contents: placeModule(files) }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(core, path).split(sep).join("/");
        const text = changed.get(file) ?? readFileSync(path, "utf8");
        return { contents: marked(text, files.indexOf(file)), loader: "ts" };
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

async function bundle(name, changed) {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { TimerHal } from "./index.ts"; export { describePlace } from "esc:place";',
      resolveDir: core,
    },
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    // Small, and below the window of gzip, so that in an archive all of them take little more than one.
    minify: true,
    logLevel: "error",
    plugins: [patching(changed)],
  });
  await put(`${name}.js`, outputFiles[0].text);
}

/** The changed sources of every bug by its name; ends here, with all that is wrong, if a patch does not apply. */
async function patchAll() {
  const { patchedSources } = await loadSourcePatch();
  const changed = new Map([["none", new Map()]]);
  for (const file of await readdir(patches)) {
    const name = basename(file, ".patch");
    try {
      changed.set(name, patchedSources(name, readFileSync(join(patches, file), "utf8"), sourceOf));
    } catch (error) {
      if (error.hint === undefined) throw error;
      console.error(`${error.message}\n  ${error.hint}`);
      process.exitCode = 1;
    }
  }
  if (process.exitCode === 1) process.exit();
  return changed;
}

const changed = await patchAll();
await mkdir(generated, { recursive: true });
await Promise.all([...changed].map(([name, sources]) => bundle(name, sources)));
const all = [...changed.keys()];
const entries = all.map((name) => `  "${name}": () => import("./${name}.js"),\n`);
await put(
  "loaders.js",
  `// Written by scripts/build.mjs.\nexport const patchedHals = {\n${entries.join("")}};\n`,
);
const wanted = new Set(["loaders.js", ...all.map((name) => `${name}.js`)]);
for (const name of await readdir(generated)) {
  if (!wanted.has(name)) await rm(join(generated, name));
}
console.log(`${all.length} HALs in ${basename(generated)}`);
