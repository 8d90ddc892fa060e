/**
 * Runs programs over lines with faults, seeded and in virtual time, and prints what came of them as a table.
 * Exit 1 where a run ended as none may, 3 without gcc.
 *
 *   node packages/board-serial/scripts/link-faults.mjs [--runs 10000] [--seed 1] [--agent firmware|typescript] [--write]
 *
 * --write puts the table into docs/link-faults.md.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "tsup";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    agent: { type: "string", default: "firmware" },
    write: { type: "boolean", default: false },
  },
});

/** The tests' own code, which is TypeScript, as a module. */
async function load() {
  const cache = join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const out = mkdtempSync(join(cache, "link-faults-"));
  try {
    await build({
      config: false,
      cwd: root,
      entry: { faults: join(root, "test/link-faults/index.ts") },
      format: ["esm"],
      outDir: out,
      silent: true,
    });
    return await import(pathToFileURL(join(out, "faults.js")).href);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const { runFaults, tableOf, violations, replayLine } = await load();
const { agent } = values;
const runs = await runFaults({
  agent,
  firstSeed: Number(values.seed),
  runs: Number(values.runs),
  nativeScript: join(root, "../firmware/scripts/native.mjs"),
});
const table = tableOf(runs);
console.log(table);
for (const run of violations(runs)) {
  console.log(`seed ${run.seed} (${run.fault}): ${JSON.stringify(run.ending)}`);
  console.log(`  ${replayLine(run, agent)}`);
  process.exitCode = 1;
}
if (values.write) {
  const file = join(root, "../../docs/link-faults.md");
  const [before, , after] = readFileSync(file, "utf8").split(/<!-- table(?: end)? -->/);
  writeFileSync(file, `${before}<!-- table -->\n${table}\n<!-- table end -->${after}`);
}
