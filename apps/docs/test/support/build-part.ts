import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { app, pagesFolder } from "../../scripts/site/paths.js";

/** A part of the site that is built for another base. */
export interface SitePart {
  /** The folder to serve. */
  readonly folder: string;
  /** Removes it. */
  remove(): void;
}

/**
 * Builds some pages of the site, with its settings and theme, as it is built below a path: the whole
 * would take minutes. Served from `folder`, the pages are below `base`.
 */
export function buildPart(base: string, pages: readonly string[]): SitePart {
  const root = join(app, "dist/part");
  const served = join(app, "dist/part-served");
  const remove = (): void => {
    for (const path of [root, served]) rmSync(path, { recursive: true, force: true });
  };
  remove();
  for (const page of pages) {
    mkdirSync(dirname(join(root, page)), { recursive: true });
    cpSync(join(pagesFolder, page), join(root, page));
  }
  mkdirSync(join(root, ".vitepress/theme"), { recursive: true });
  writeFileSync(
    join(root, ".vitepress/theme/index.ts"),
    'export { default } from "../../../../.vitepress/theme/index.js";\n',
  );
  const outDir = JSON.stringify(join(served, base));
  writeFileSync(
    join(root, ".vitepress/config.ts"),
    `import config from "../../../.vitepress/config.js";\nexport default { ...config, srcDir: ".", outDir: ${outDir} };\n`,
  );
  const run = spawnSync("npx", ["vitepress", "build", root], {
    cwd: app,
    encoding: "utf8",
    env: { ...process.env, DOCS_BASE: base },
    shell: process.platform === "win32",
  });
  if (run.status !== 0) throw new Error(`the part cannot be built:\n${run.stdout}${run.stderr}`);
  return { folder: served, remove };
}
