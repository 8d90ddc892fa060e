import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pagesFolder, workspace } from "./paths.js";

/** A page of the site, as Markdown. */
export interface Page {
  /** Where it goes, relative to the site's root, such as `laws/STOP-04.md`. */
  readonly path: string;
  /** The file that it comes from, relative to the workspace, for its edit link. */
  readonly source?: string;
  /** Its text. */
  readonly text: string;
}

/** Writes pages to where VitePress reads them; those made from data have no edit link. */
export function writePages(pages: readonly Page[]): void {
  for (const { path, source, text } of pages) {
    const target = join(pagesFolder, path);
    mkdirSync(dirname(target), { recursive: true });
    const isOwnPage = text.startsWith("---\n");
    const editLink = source === undefined ? "editLink: false" : `source: ${JSON.stringify(source)}`;
    writeFileSync(
      target,
      isOwnPage ? text.replace("---\n", `---\n${editLink}\n`) : `---\n${editLink}\n---\n\n${text}`,
    );
  }
}

/** A file of the workspace as text. */
export function readSource(path: string): string {
  return readFileSync(join(workspace, path), "utf8");
}
