import { spawnSync } from "node:child_process";

/** The line that installs the compiler for this machine, for the name of a skipped test. */
export const gccInstall = "apt-get install -y --no-install-recommends gcc libc6-dev";

/** Whether there is a gcc. With ESCAPEMENT_REQUIRE_TOOLS=1 a missing one is a failure, not a skip. */
export function hasGcc(): boolean {
  if (process.env.ESCAPEMENT_REQUIRE_TOOLS === "1") return true;
  return spawnSync("gcc", ["--version"]).status === 0;
}
