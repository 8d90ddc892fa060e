import { existsSync } from "node:fs";
import { pathToFileURL, URL } from "node:url";
import type * as index from "../src/index.js";
import type * as node from "../src/node.js";

const dist = new URL("../dist/", import.meta.url);

async function built<T>(name: string): Promise<T> {
  const file = new URL(name, dist);
  if (!existsSync(file)) throw new Error(`dist/${name} is missing: run \`pnpm build\` first`);
  return import(/* @vite-ignore */ file.href);
}

/** The built package's part for Node: threads run JavaScript only. */
export const builtNode = (): Promise<typeof node> => built("node.js");

/** Its main entry, which shares its classes. */
export const builtIndex = (): Promise<typeof index> => built("index.node.js");

/** A module of `test/fixtures` as a URL. */
export function fixture(name: string): string {
  return pathToFileURL(new URL(`fixtures/${name}`, import.meta.url).pathname).href;
}
