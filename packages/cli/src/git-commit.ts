import { execFileSync } from "node:child_process";

/** Where git takes longer, the commit is not known. */
const DEADLINE_MS = 2_000;

/**
 * The commit of the folder that the command is run in; nothing where there is no git, no repository, no
 * commit or not enough time. `rev-parse` runs no hook and no program that a repository's configuration names.
 */
export function gitCommit(): string | undefined {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      encoding: "utf8",
      timeout: DEADLINE_MS,
      killSignal: "SIGKILL",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
