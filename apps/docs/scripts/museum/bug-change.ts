import type { MuseumBug } from "@escapement/bug-museum";
import { code, paragraphs } from "../site/markdown.js";
import { readSource } from "../site/page.js";
import { repository } from "../site/paths.js";

/** Where the function is that makes the same change on any chip, for a bug that is not in the HAL. */
const functions: Readonly<Partial<Record<MuseumBug["where"], string>>> = {
  port: "apps/bug-museum/src/ports",
  chip: "apps/bug-museum/src/chips",
};

/** The change that brings a bug back, as a diff of the sources. */
export function changeBlock({ name, where, profile }: MuseumBug): string {
  const folder = functions[where];
  const elsewhere =
    folder === undefined
      ? ""
      : `This is the code of the simulated chip \`${profile}\`. On any other chip a [function](${repository}/blob/main/${folder}/${name}.ts) does the same.`;
  return paragraphs(patchBlock(where, name), elsewhere).trimEnd();
}

/** The same change in the C firmware. */
export function changeInC(name: string): string {
  return patchBlock("c", name);
}

function patchBlock(place: string, name: string): string {
  return code("diff", readSource(`apps/bug-museum/patches/${place}/${name}.patch`).trimEnd());
}
