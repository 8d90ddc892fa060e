/*
 * Holds every law against every bug of the museum: in plain runs, by the search under the law that
 * owns the bug, and on the firmware images. Writes docs/kill-matrix.md and .json. Needs the build.
 *
 * Ends with 1 when a bug survives the law that owns it, in TypeScript or in the firmware, when a law
 * kills nothing and is not marked with why it stays, or, with --check, when the committed pages are
 * not what came out.
 *
 *   node scripts/mutants.mjs [--check]
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import {
  firmwareBackend,
  firmwareBugs,
  firmwarePatch,
  firmwareSurvivors,
  killFirmware,
} from "../dist/firmware.js";
import {
  faultsOf,
  keptLaws,
  killersOf,
  killJson,
  killMatrix,
  killPage,
  museum,
  patchedFiles,
  plainBackend,
  searchBackend,
  survivorsOf,
} from "../dist/index.js";

const WORKERS = 2;
const page = (name) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));

if (isMainThread) await main();
else serve();

/** A worker: one image after another. */
function serve() {
  parentPort.on("message", async (name) => {
    const { verdicts, placement } = await killFirmware(name);
    parentPort.postMessage({
      name,
      verdicts,
      schedule: placement?.schedule,
      place: placement?.place,
    });
  });
}

/** All images, on worker threads: they take seconds each. */
async function gatherFirmware() {
  const waiting = firmwareBugs.map(({ name }) => name);
  const gathered = new Map();
  const placements = new Map();
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url));
      const next = () => {
        const name = waiting.shift();
        if (name !== undefined) worker.postMessage(name);
        else worker.terminate().then(resolve, reject);
      };
      worker.on("message", ({ name, verdicts, schedule, place }) => {
        gathered.set(name, verdicts);
        if (schedule !== undefined) placements.set(name, { schedule, place });
        console.log(`firmware ${gathered.size}/${firmwareBugs.length}  ${name}`);
        next();
      });
      worker.on("error", reject);
      next();
    });
  await Promise.all(Array.from({ length: WORKERS }, work));
  return { gathered, placements };
}

async function main() {
  const { gathered, placements } = await gatherFirmware();
  const matrix = await killMatrix(
    museum,
    [plainBackend(), searchBackend(), firmwareBackend(gathered)],
    { onRow: printRow },
  );
  const images = firmwareBugs.map((bug) => ({
    ...bug,
    files: patchedFiles(bug.name, firmwarePatch(bug)),
  }));
  const survivors = firmwareSurvivors(gathered);
  const faults = [
    ...faultsOf(matrix, keptLaws),
    ...survivors.map(
      ({ name, c }) => `the firmware's ${name} survives ${c.owner}, the law that owns it there`,
    ),
  ];
  const texts = {
    "kill-matrix.md": killPage(matrix, museum, keptLaws, { images, placements }),
    "kill-matrix.json": killJson(matrix),
  };
  for (const [name, text] of Object.entries(texts)) {
    if (!process.argv.includes("--check")) await writeFile(page(name), text);
    else if ((await readFile(page(name), "utf8").catch(() => "")) !== text) {
      faults.push(`docs/${name} is not what the museum gives; run pnpm mutants`);
    }
  }
  for (const fault of faults) console.error(fault);
  const killed = matrix.rows.length - survivorsOf(matrix).length;
  const killedImages = firmwareBugs.length - survivors.length;
  console.log(
    `TypeScript: ${killed} of ${matrix.rows.length} bugs killed by the law that owns them`,
  );
  console.log(
    `firmware:   ${killedImages} of ${firmwareBugs.length} images killed by the law that owns them`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

function printRow(row, index) {
  const killers = killersOf(row);
  const sign = killers.includes(row.owner) ? "killed by" : "SURVIVES";
  const place = `${index + 1}/${museum.length}`.padStart(7);
  console.log(`${place}  ${row.bug.padEnd(26)} ${sign} ${row.owner}, ${killers.length} laws`);
}
