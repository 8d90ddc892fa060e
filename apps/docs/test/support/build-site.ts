import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { app, siteFolder, workspace } from "../../scripts/site/paths.js";

/** What the site is made from. */
const inputs = [
  ...["scripts", "races", ".vitepress", "content", "public", "typedoc.json"].map((path) =>
    join(app, path),
  ),
  ...["docs", "README.md", "packages/firmware/c"].map((path) => join(workspace, path)),
  ...readdirSync(join(workspace, "packages")).flatMap((name) =>
    [`packages/${name}/src`, `packages/${name}/README.md`].map((path) => join(workspace, path)),
  ),
];

function newest(path: string): number {
  // A package need not have a README.
  const own = statSync(path, { throwIfNoEntry: false });
  if (own === undefined) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds the site where it is missing or older than what it is made from. */
export default function buildSite(): void {
  const page = join(siteFolder, "404.html");
  // One that was built for another base would not work where the tests serve it.
  const isHere = existsSync(page) && readFileSync(page, "utf8").includes('src="/assets/');
  const made = isHere ? statSync(page).mtimeMs : 0;
  if (inputs.every((path) => newest(path) < made)) return;
  const run = spawnSync("npx", ["pnpm", "run", "docs:build"], {
    cwd: app,
    encoding: "utf8",
    env: { ...process.env, DOCS_BASE: "/" },
    shell: process.platform === "win32",
  });
  if (run.status !== 0) throw new Error(`the site cannot be built:\n${run.stdout}${run.stderr}`);
}
