import { existsSync } from "node:fs";
import { pathToFileURL, URL } from "node:url";
import type * as node from "../src/node.js";

const built = new URL("../dist/node.js", import.meta.url);

/** The built package's part for Node: threads run JavaScript only. */
export async function builtNode(): Promise<typeof node> {
  if (!existsSync(built)) throw new Error("dist/node.js is missing: run `pnpm build` first");
  return import(/* @vite-ignore */ built.href);
}

/** A module of `test/fixtures` as a URL. */
export function fixture(name: string): string {
  return pathToFileURL(new URL(`fixtures/${name}`, import.meta.url).pathname).href;
}
