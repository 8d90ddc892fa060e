/**
 * Judges over REPL lines with faults, seeded and in virtual time, and prints how the runs ended as a table.
 * Exit 1 where a run ended as none may.
 *
 *   node packages/board-micropython/scripts/repl-faults.mjs [--runs 1000] [--seed 1] [--write]
 *
 * --write puts the table into docs/micropython/faults.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "tsup";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    write: { type: "boolean", default: false },
  },
});

/** The tests' own code, which is TypeScript, as a module; one folder deep, as the agent is looked for from there. */
async function load() {
  const out = mkdtempSync(join(root, ".repl-faults-"));
  process.on("exit", () => rmSync(out, { recursive: true, force: true }));
  await build({
    config: false,
    cwd: root,
    entry: { faults: join(root, "test/fault-table.ts") },
    format: ["esm"],
    outDir: out,
    silent: true,
  });
  return await import(pathToFileURL(join(out, "faults.js")).href);
}

const { replFaults, tableOf } = await load();
const runs = await replFaults(Number(values.seed), Number(values.runs));
const table = tableOf(runs);
console.log(table);
for (const { seed, fault, ending, detail } of runs) {
  if (ending === "right" || ending === "error") continue;
  console.log(`seed ${seed} (${fault}): ${ending} ${detail.slice(0, 200)}`);
  console.log(`  node packages/board-micropython/scripts/repl-faults.mjs --runs 1 --seed ${seed}`);
  process.exitCode = 1;
}
if (values.write) {
  const page = join(root, "../../docs/micropython/faults.md");
  const text = readFileSync(page, "utf8");
  const [before, , after] = text.split(/(?<=<!-- table -->\n)|(?=<!-- table end -->)/);
  writeFileSync(page, `${before}${table}\n${after}`);
}
