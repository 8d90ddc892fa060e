import { lawAddress } from "@escapement/timeline";
import { laws } from "../laws/index.js";

const ids: ReadonlySet<string> = new Set(laws.map(({ id }) => id));

/** The address of a law's page on the site; undefined for a law of somebody's own and any other name. */
export function lawPage(id: string): string | undefined {
  return ids.has(id) ? lawAddress(id) : undefined;
}

/** That address as a line of a plain text; no line where there is none. */
export function lawLines(id: string): readonly string[] {
  const address = lawPage(id);
  return address === undefined ? [] : [`law: ${address}`];
}
