/* Imports a module as vitest does: TypeScript, and the aliases of the project's configuration. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The part of vite that is used; its types are not needed to build. */
interface Vite {
  createServer(config: object): Promise<{
    ssrLoadModule(file: string): Promise<Record<string, unknown>>;
  }>;
}

/** Where vitest itself looks, before vite's own configuration. */
const configNames = ["ts", "mts", "cts", "js", "mjs", "cjs"].map(
  (ending) => `vitest.config.${ending}`,
);

/** Imports a module by its URL. The server stays: what is imported later comes through it. */
export async function load(url: string): Promise<Readonly<Record<string, unknown>>> {
  const vitest = createRequire(import.meta.url).resolve("vitest/package.json");
  const vite = createRequire(vitest).resolve("vite/package.json");
  const entry = new URL("./dist/node/index.js", pathToFileURL(vite));
  const { createServer }: Vite = await import(/* @vite-ignore */ entry.href);
  const configFile = configNames.map((name) => join(process.cwd(), name)).find(existsSync);
  const server = await createServer({
    appType: "custom",
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    ...(configFile !== undefined && { configFile }),
  });
  return server.ssrLoadModule(fileURLToPath(url));
}
