import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root folder. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A file of the workspace as text. */
export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Tracked and new files that are not ignored, relative to the root, whose path matches. */
export function listFiles(pattern: RegExp): string[] {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const out = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], options);
  return out.split("\n").filter((path) => pattern.test(path) && existsSync(join(root, path)));
}

/** A row of the map in CONTRIBUTING.md. */
export interface WorkspaceRow {
  /** The folder, relative to the root. */
  readonly folder: string;
  /** The packages that it may import, by the last part of their folders. */
  readonly mayImport: readonly string[];
  /** Whether it runs in a browser too. */
  readonly portable: boolean;
}

function readMap(): readonly WorkspaceRow[] {
  const rows = [
    ...readText("CONTRIBUTING.md").matchAll(
      /^\| `((?:packages|apps)\/[a-z-]+)` \| [^|]+ \| ([^|]+) \|(?: (yes))? \|$/gm,
    ),
  ];
  const names = rows.map(([, folder = ""]) => nameOf(folder));
  return rows.map(([, folder = "", imports = "", portable]) => {
    const [all, except] = /^all(?: but ([a-z-]+))?$/.exec(imports) ?? [];
    const listed = imports === "nothing" ? [] : imports.split(", ");
    const others = names.filter((name) => name !== nameOf(folder) && name !== except);
    return { folder, mayImport: all === undefined ? listed : others, portable: portable === "yes" };
  });
}

/** The last part of a package's folder. */
export function nameOf(folder: string): string {
  return folder.replace(/^[a-z]+\//, "");
}

/** All packages, as the map in CONTRIBUTING.md lists them. */
export const workspaceMap = readMap();

/** Folders of the published packages, relative to the root. */
export const packageFolders = workspaceMap
  .map(({ folder }) => folder)
  .filter((folder) => folder.startsWith("packages/"));

/** Packages that must run in a browser: no runtime dependency outside them, no Node API. */
export const portablePackages = workspaceMap
  .filter(({ portable }) => portable)
  .map(({ folder }) => nameOf(folder));
