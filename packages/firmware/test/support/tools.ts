import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The package's folder. */
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Whether a tool is there. With ESCAPEMENT_REQUIRE_TOOLS=1 a missing tool is a failure, not a skip. */
export function hasTool(tool: string): boolean {
  if (process.env.ESCAPEMENT_REQUIRE_TOOLS === "1") return true;
  return spawnSync(tool, ["--version"]).status === 0;
}

/** What a script printed, and how it ended. */
export interface ScriptResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs one of the package's scripts. */
export function runScript(name: string, args: readonly string[] = [], path?: string): ScriptResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${name}`, ...args], {
    cwd: root,
    encoding: "utf8",
    env: path === undefined ? process.env : { ...process.env, PATH: path },
  });
  return { status, output: stdout + stderr };
}
