import { fileURLToPath } from "node:url";

/** The path of a file of the workspace; `dist` and `src` lie equally deep. */
export function rootFile(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
