/*
 * Holds every law against the bugs of the museum: in plain runs, by the search under the law that
 * owns the bug, on the firmware with the bug, and by the search of the HAL's C sources with it. Needs the build.
 *
 * Without names: all bugs; writes docs/kill-matrix.md and .json. With names, or with --sample, which draws
 * that many by --seed: those bugs, and no pages; --check then compares their rows of the matrix.
 * Either way src/shortest.ts gets the schedules that the search found.
 *
 * Ends with 1 when a bug survives the law that owns it, in TypeScript or in the firmware, when a law
 * kills nothing and is not marked with why it stays, or, with --check, when a file is not what came
 * out; then nothing is written.
 *
 *   node scripts/mutants.mjs [--check] [--sample N [--seed S]] [name ...]
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort } from "node:worker_threads";
import { cSearchBackend, isShown, ownerInC, searchInC } from "../dist/c-hal.js";
import {
  firmwareBackend,
  firmwareBugs,
  firmwarePatch,
  firmwareSurvivors,
  killFirmware,
} from "../dist/firmware.js";
import {
  faultsOf,
  findBug,
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
import { runJobs } from "./worker-pool.mjs";

const rootFile = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

if (isMainThread) await main(process.argv.slice(2)).catch(fail);
else serve();

function fail(error) {
  if (error.hint === undefined) throw error;
  console.error(`${error.message}\n${error.hint}`);
  process.exitCode = 1;
}

/** A worker: one image after another. */
function serve() {
  parentPort.on("message", async (name) => {
    const { verdicts, finding } = await killFirmware(name);
    parentPort.postMessage({
      name,
      verdicts,
      schedule: finding?.schedule,
      place: finding?.place,
      search: await searchInC(name),
    });
  });
}

/** The firmware with each bug, on worker threads: an image takes seconds. */
async function gatherFirmware(bugs) {
  const gathered = new Map();
  const findings = new Map();
  const searches = new Map();
  const names = bugs.map(({ name }) => name);
  await runJobs(new URL(import.meta.url), names, (done) => {
    const { name, verdicts, schedule, place, search } = done;
    gathered.set(name, verdicts);
    searches.set(name, search);
    if (schedule !== undefined) findings.set(name, { schedule, place });
    console.log(`firmware ${gathered.size}/${bugs.length}  ${name}`);
  });
  return { gathered, findings, searches };
}

async function main(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
    },
  });
  const isCheck = values.check;
  const chosen = choose(positionals, values);
  const inC = firmwareBugs.filter((bug) => chosen.includes(bug));
  const { gathered, findings, searches } = await gatherFirmware(inC);
  const schedules = new Map();
  const matrix = await killMatrix(
    chosen,
    [plainBackend(), searchBackend(schedules), firmwareBackend(gathered), cSearchBackend(searches)],
    {
      // A few bugs say nothing about a law that kills none of them.
      ...(chosen !== museum && { laws: [] }),
      onRow: (row, index) => printRow(row, `${index + 1}/${chosen.length}`, chosen !== museum),
    },
  );
  const survivors = firmwareSurvivors(inC, gathered);
  const unfound = inC.filter(({ name }) => !isShown(searches.get(name)));
  const searched = museum.map((bug) =>
    chosen.includes(bug) ? { ...bug, schedule: "", value: 0, ...schedules.get(bug.name) } : bug,
  );
  const texts = { "apps/bug-museum/src/shortest.ts": shortestText(searched) };
  if (chosen === museum) {
    const files = new Map(inC.map((bug) => [bug.name, patchedFiles(bug.name, firmwarePatch(bug))]));
    texts["docs/kill-matrix.md"] = killPage(matrix, searched, keptLaws, {
      bugs: inC,
      files,
      findings,
      searches,
    });
    texts["docs/kill-matrix.json"] = killJson(matrix);
  }
  const faults = [
    ...faultsOf(matrix, chosen === museum ? keptLaws : {}),
    ...survivors.map(
      ({ name, c }) => `the firmware's ${name} survives ${c.owner}, the law that owns it there`,
    ),
    ...unfound.map(
      (bug) => `the search of the C sources does not find ${bug.name} under ${ownerInC(bug)}`,
    ),
    ...(await put(texts, isCheck)),
    ...(isCheck && chosen !== museum ? await otherRows(matrix) : []),
  ];
  for (const fault of faults) console.error(fault);
  const killed = matrix.rows.length - survivorsOf(matrix).length;
  console.log(`bugs:     ${killed} of ${matrix.rows.length} killed by the law that owns them`);
  console.log(
    `firmware: ${inC.length - survivors.length} of ${inC.length} killed by the law that owns them there`,
  );
  console.log(
    `in C:     ${inC.length - unfound.length} of ${inC.length} found by the law that owns them`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

/** The bugs that were named, a sample drawn by the seed, or all. */
function choose(names, { sample, seed }) {
  if (sample === undefined) return names.length === 0 ? museum : names.map(findBug);
  console.log(
    `sample of ${sample} bugs, again: node scripts/mutants.mjs --check --sample ${sample} --seed ${seed}`,
  );
  const draw = ({ name }) => createHash("sha256").update(`${seed} ${name}`).digest("hex");
  const drawn = museum.map((bug) => ({ bug, key: draw(bug) }));
  drawn.sort((one, two) => (one.key < two.key ? -1 : 1));
  return drawn.slice(0, Number(sample)).map(({ bug }) => bug);
}

/** Bugs whose row is not that of the committed matrix. */
async function otherRows(matrix) {
  const committed = JSON.parse(await readFile(rootFile("docs/kill-matrix.json"), "utf8"));
  const texts = new Map(committed.bugs.map((row) => [row.bug, JSON.stringify(row)]));
  return JSON.parse(killJson(matrix))
    .bugs.filter((row) => texts.get(row.bug) !== JSON.stringify(row))
    .map(({ bug }) => `${bug} is not killed as docs/kill-matrix.json says; run pnpm mutants`);
}

/** Writes the files, or returns what is wrong with those that are there. */
async function put(texts, isCheck) {
  const faults = [];
  for (const [name, text] of Object.entries(texts)) {
    if (!isCheck) await writeFile(rootFile(name), text);
    else if ((await readFile(rootFile(name), "utf8").catch(() => "")) !== text) {
      faults.push(`${name} is not what the museum gives; run pnpm mutants`);
    }
  }
  return faults;
}

function shortestText(bugs) {
  const rows = bugs
    .filter(({ schedule }) => schedule !== "")
    .map(
      ({ name, schedule, value }) => `  "${name}": { schedule: "${schedule}", value: ${value} },`,
    );
  return `/** How each bug shows; written by \`pnpm mutants\`, held by the tests. */
export const shortest: Readonly<Record<string, { schedule: string; value: number }>> = {
${rows.join("\n")}
};
`;
}

function printRow(row, place, isLong) {
  const killers = killersOf(row);
  const sign = killers.includes(row.owner) ? "killed by" : "SURVIVES";
  console.log(
    `${place.padStart(7)}  ${row.bug.padEnd(26)} ${sign} ${row.owner}, ${killers.length} laws${isLong ? `: ${killers.join(" ")}` : ""}`,
  );
}
