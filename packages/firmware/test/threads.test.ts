import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScript } from "./support/tools.js";

const needs =
  "(needs gcc with ThreadSanitizer: apt-get install -y --no-install-recommends gcc libc6-dev)";
const hasSanitizer = process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" || canSanitize();

/** Whether a program can be built with ThreadSanitizer and runs: not every kernel's layout of memory suits it. */
function canSanitize(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "escapement-"));
  const program = join(folder, "program");
  writeFileSync(`${program}.c`, "int main(void) { return 0; }\n");
  const built = spawnSync("gcc", ["-fsanitize=thread", `${program}.c`, "-o", program]);
  const ran = built.status === 0 && spawnSync(program).status === 0;
  rmSync(folder, { recursive: true, force: true });
  return ran;
}

describe("the C HAL on two threads and an interrupt, each on a core of its own", () => {
  it.skipIf(!hasSanitizer).each([[1], [2]])(
    `THR-02 THR-03 THR-04 THR-05 THR-06 THR-07 STOP-23 results fit what the handlers did, 50000 iterations of seed %i ${needs}`,
    (seed) => {
      const { status, output } = runScript("native.mjs", ["threads", "50000", String(seed)]);
      const [, iterations] = /\n(\d+) iterations, 0 violations\n$/.exec(output) ?? [];
      expect(Number(iterations)).toBeGreaterThanOrEqual(50_000);
      // A run in which handlers and stops never meet shows nothing: the program goes on until they do.
      const [, handlers, met] = /(\d+) handlers, (\d+) stops in flight/.exec(output) ?? [];
      expect(Number(handlers)).toBeGreaterThanOrEqual(500);
      expect(Number(met)).toBeGreaterThan(0);
      expect(status).toBe(0);
    },
  );

  it.skipIf(!hasSanitizer)(
    `THR-08 a port that masks only the calling core is found out ${needs}`,
    () => {
      const { status, output } = runScript("native.mjs", ["threads-naive"]);
      expect(output).toMatch(/data race|violations/);
      expect(status).toBe(1);
    },
  );
});
