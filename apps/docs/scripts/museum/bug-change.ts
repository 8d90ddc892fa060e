import type { MuseumBug } from "@escapement/bug-museum";
import { code } from "../site/markdown.js";
import { readSource } from "../site/page.js";

const folders: Readonly<Partial<Record<MuseumBug["where"], string>>> = {
  port: "src/ports",
  chip: "src/chips",
};

/** The change that brings a bug back: a diff of the sources, or what is done to the port or the chip. */
export function changeBlock({ name, where }: MuseumBug): string {
  const folder = folders[where];
  if (folder === undefined) return patchBlock(`patches/${where}/${name}.patch`);
  return code("ts", readSource(`apps/bug-museum/${folder}/${name}.ts`).trimEnd());
}

/** The same change in the C firmware. */
export function changeInC(name: string): string {
  return patchBlock(`patches/c/${name}.patch`);
}

function patchBlock(file: string): string {
  return code("diff", readSource(`apps/bug-museum/${file}`).trimEnd());
}
