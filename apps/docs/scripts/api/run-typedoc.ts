import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { app } from "../site/paths.js";

/** What a run of a command came to. */
export interface CommandResult {
  /** Its exit code; 1 where a signal ended it. */
  readonly code: number;
  /** All that it wrote. */
  readonly output: string;
}

/**
 * Writes the API's pages with typedoc, as `typedoc.json` says; its exit code is above 0 where an
 * export has no documentation or a link leads nowhere. More arguments replace settings of the file.
 */
export function runTypedoc(more: readonly string[] = []): Promise<CommandResult> {
  const manifest = createRequire(import.meta.url).resolve("typedoc/package.json");
  const bin = join(dirname(manifest), "bin/typedoc");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, "--logLevel", "Warn", ...more], { cwd: app });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
