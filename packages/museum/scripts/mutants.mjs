/*
 * Holds every law against every bug of the museum and writes docs/kill-matrix.md and .json. Needs
 * the build. Ends with 1 when a bug survives the law that owns it, when a law kills nothing and is
 * not marked with why it stays, or, with --check, when the committed page is not what came out.
 *
 *   node scripts/mutants.mjs [--check]
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  faultsOf,
  keptLaws,
  killersOf,
  killJson,
  killMatrix,
  killPage,
  museum,
  plainBackend,
} from "../dist/index.js";

const page = (name) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
const isCheck = process.argv.includes("--check");
const backends = [plainBackend()];

const matrix = await killMatrix(museum, backends, {
  onRow: (row, index) => {
    const killers = killersOf(row);
    const sign = killers.includes(row.owner) ? "killed by" : "SURVIVES";
    const place = `${index + 1}/${museum.length}`;
    console.log(
      `${place.padStart(7)}  ${row.bug.padEnd(26)} ${sign} ${row.owner}, ${killers.length} laws`,
    );
  },
});
const faults = [...faultsOf(matrix, keptLaws)];
const texts = {
  "kill-matrix.md": killPage(matrix, museum, keptLaws),
  "kill-matrix.json": killJson(matrix),
};
for (const [name, text] of Object.entries(texts)) {
  if (!isCheck) {
    await writeFile(page(name), text);
    continue;
  }
  const committed = await readFile(page(name), "utf8").catch(() => "");
  if (committed !== text)
    faults.push(`docs/${name} is not what the museum gives; run pnpm mutants`);
}
for (const fault of faults) console.error(fault);
const killed =
  matrix.rows.length - matrix.rows.filter((row) => !killersOf(row).includes(row.owner)).length;
console.log(`${killed} of ${matrix.rows.length} bugs killed by the law that owns them`);
if (faults.length > 0) process.exitCode = 1;
