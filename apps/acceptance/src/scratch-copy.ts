import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestOf } from "./manifest.js";
import { listFiles, packageFolders, root } from "./workspace.js";

/** The environment without what a surrounding git command has set, so that git looks at `cwd`. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")),
);

/** Runs a program in a folder and returns what it printed; throws when it fails. */
export function runIn(folder: string, program: string, args: readonly string[]): string {
  return execFileSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });
}

/** Runs the workspace's own pnpm in a folder that need not belong to the workspace. */
export function runPnpm(folder: string, args: readonly string[]): string {
  const onWindows = process.platform === "win32";
  const program = join(root, "node_modules/.bin", onWindows ? "pnpm.cmd" : "pnpm");
  return execFileSync(onWindows ? `"${program}"` : program, args, {
    cwd: folder,
    encoding: "utf8",
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    shell: onWindows,
  });
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction");
}

/**
 * Copies the workspace's files, as they are now, into an empty folder, with what was built, and
 * commits them there. Packages find each other's copies, so that packing one there names the
 * versions of the copies.
 */
export function copyWorkspace(folder: string): void {
  for (const path of listFiles(/./)) cpSync(join(root, path), join(folder, path));
  link(join(root, "node_modules/@changesets/cli"), join(folder, "node_modules/@changesets/cli"));
  const folderOf = new Map(packageFolders.map((each) => [manifestOf(each).name, each]));
  for (const each of packageFolders) {
    const dist = join(root, each, "dist");
    if (existsSync(dist)) cpSync(dist, join(folder, each, "dist"), { recursive: true });
    for (const name of Object.keys(manifestOf(each).dependencies ?? {})) {
      const target = folderOf.get(name);
      if (target) link(join(folder, target), join(folder, each, "node_modules", name));
    }
  }
  runIn(folder, "git", ["init", "--quiet", "--initial-branch=main"]);
  commitAll(folder, "Start");
}

/** Commits everything in a scratch folder, whatever the machine's git settings are. */
export function commitAll(folder: string, message: string): void {
  const author = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
  runIn(folder, "git", ["add", "--all"]);
  const options = ["-c", "commit.gpgsign=false", "-c", "core.hooksPath=hooks-of-nobody"];
  runIn(folder, "git", [...author, ...options, "commit", "--quiet", "-m", message]);
}
