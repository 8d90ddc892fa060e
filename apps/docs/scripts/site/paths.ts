import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Finds the workspace from wherever this code was bundled to. */
function findWorkspace(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "pnpm-workspace.yaml"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("the docs are built inside the workspace only");
    folder = above;
  }
  return folder;
}

/** The workspace's root folder. */
export const workspace = findWorkspace();

/** The folder of this app. */
export const app = join(workspace, "apps/docs");

/** Where the generated pages go; VitePress reads them from there. */
export const pagesFolder = join(app, "dist/pages");

/** Where the built site is. */
export const siteFolder = join(app, "dist/site");

/** The project's address, for what the site does not show itself. */
export const repository = "https://github.com/escapement-timers/escapement";
