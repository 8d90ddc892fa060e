import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./workspace.js";

/** A minified bundle for browsers. */
export interface BrowserBundle {
  /** The code, without names and spaces that it does not need. */
  readonly code: string;
  /** Bytes of the code. */
  readonly bytes: number;
  /** Bytes of the code as servers send it, compressed by gzip at its highest level. */
  readonly gzipBytes: number;
}

/** The part of esbuild that is used here. */
interface Bundler {
  buildSync(options: Readonly<Record<string, unknown>>): {
    readonly outputFiles: readonly { readonly text: string }[];
  };
}

// esbuild is what tsup, a dependency of every package, builds with.
function bundler(): Bundler {
  const ofCore = createRequire(join(root, "packages/core/package.json"));
  const ofTsup = createRequire(ofCore.resolve("tsup"));
  return ofTsup("esbuild") as Bundler;
}

/**
 * Bundles a module that uses the built packages, as an application's bundler does: for browsers,
 * minified, without what is not used. Throws when something of it needs Node.
 */
export function bundleForBrowser(module: string): BrowserBundle {
  const { outputFiles } = bundler().buildSync({
    stdin: { contents: module, resolveDir: join(root, "apps/acceptance"), loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  const code = outputFiles[0]?.text ?? "";
  const bytes = Buffer.byteLength(code);
  return { code, bytes, gzipBytes: gzipSync(code, { level: 9 }).byteLength };
}
