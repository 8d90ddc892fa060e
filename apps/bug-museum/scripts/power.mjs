/*
 * How many random programs does it take to notice a bug of the museum? Runs them on a board with each
 * bug until the judge says something, from three first seeds, and prints the median. A bug of the C HAL
 * is put into the agent on this machine, one of the Uno's port into its image. Needs the build, and gcc and
 * avr-gcc for the bugs in C.
 *
 * Without names: all bugs. Writes what came out into src/programs-to-notice.ts, which the kill matrix shows, and
 * the sums of what stands there into docs/random-programs.md. Ends with 1 when a bug is not noticed and
 * src/evidence/unseen.ts does not say why, or says so of one that is.
 *
 *   node scripts/power.mjs [--only sim,native,uno] [--most n] [--workers n] [name ...]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort } from "node:worker_threads";
import { openUnoBoard } from "@escapement/board-uno";
import {
  buildNativeAgent,
  hunt,
  huntMax,
  huntSeeds,
  medianOf,
  middle,
  openNativeAgent,
  programsToNotice,
  unseenBugs,
} from "../dist/evidence.js";
import {
  findFirmwareBug,
  firmwareBugs,
  isOfUno,
  patchedCSources,
  patchedFirmware,
} from "../dist/firmware.js";
import { findBug, isSimulated, makeBugBoard, museum } from "../dist/index.js";
import { writeBlock } from "./page-block.mjs";
import { runJobs } from "./worker-pool.mjs";

const file = fileURLToPath(new URL("../src/programs-to-notice.ts", import.meta.url));
const page = fileURLToPath(new URL("../../../docs/random-programs.md", import.meta.url));

const boards = { sim: simulated, native, uno };

if (isMainThread) await main();
else serve();

/** A worker: one bug after another. */
function serve() {
  parentPort.on("message", async ({ name, place, most }) => {
    const { open, dispose } = boards[place](name);
    const hunts = [];
    for (const seed of huntSeeds) {
      const board = await open();
      const failed = ({ message }) => ({ seed, stopped: message });
      hunts.push(
        await hunt(board, seed, most, reporter(`${place} ${name}, seed ${seed}`)).catch(failed),
      );
      await board.close();
    }
    dispose();
    parentPort.postMessage({ name, place, hunts });
  });
}

/** Says now and then how far a long hunt is: it is not one that hangs. */
function reporter(what) {
  let reportedAt = performance.now();
  return (programs) => {
    if (performance.now() - reportedAt < 30_000) return;
    reportedAt = performance.now();
    console.error(`${what}: nothing in ${programs} programs`);
  };
}

function simulated(name) {
  return { open: () => makeBugBoard(findBug(name)), dispose: () => {} };
}

function uno(name) {
  const { hex } = patchedFirmware(name);
  return { open: () => openUnoBoard({ hex }), dispose: () => {} };
}

function native(name) {
  const folder = mkdtempSync(join(tmpdir(), "escapement-"));
  const agent = buildNativeAgent(folder, patchedCSources(findFirmwareBug(name)));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  return { open: () => openNativeAgent(agent), dispose };
}

async function main() {
  const { values, positionals: names } = parseArgs({
    options: {
      only: { type: "string", default: "sim,native,uno" },
      most: { type: "string", default: String(huntMax) },
      workers: { type: "string", default: "2" },
    },
    allowPositionals: true,
  });
  const places = values.only.split(",");
  const isChosen = ({ name, place }) =>
    places.includes(place) && (names.length === 0 || names.includes(name));
  const waiting = [
    ...museum.filter(isSimulated).map((bug) => ({ ...bug, place: "sim" })),
    ...firmwareBugs.map((bug) => ({ ...bug, place: isOfUno(bug) ? "uno" : "native" })),
  ]
    .filter(isChosen)
    .map(({ name, place }) => ({ name, place, most: Number(values.most) }));
  const rows = await huntAll(waiting, Number(values.workers));
  rows.sort((one, other) => one.median - other.median);
  for (const { name, place, hunts } of rows.filter(({ median }) => !Number.isFinite(median))) {
    console.log(`${place} ${name}: not noticed; ${hunts.map(outcome).join("; ")}`);
  }
  const counts = new Map(Object.entries(programsToNotice));
  for (const row of rows) counts.set(keyOf(row), row.median);
  writeFileSync(file, countsText(counts));
  writeBlock(page, "power", pageText(counts));
  console.log(pageText(counts));
  const faults = faultsOf(rows);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

function outcome({ programs, message, stopped }) {
  return programs === undefined ? (stopped ?? "nothing") : `${programs} (${message})`;
}

async function huntAll(bugs, workers) {
  const all = bugs.length;
  const rows = [];
  const onResult = ({ name, place, hunts }) => {
    const median = medianOf(hunts);
    rows.push({ name, place, hunts, median });
    const first = hunts.find(({ message }) => message !== undefined)?.message ?? "";
    console.log(`${rows.length}/${all}  ${place} ${name}  ${median}  ${first.slice(0, 100)}`);
  };
  await runJobs(new URL(import.meta.url), bugs, onResult, { workers });
  return rows;
}

/** Bugs that are not noticed without a reason, and reasons that are not needed. */
function faultsOf(rows) {
  return rows.flatMap(({ name, place, median }) => {
    const why = unseenBugs[`${place} ${name}`];
    if (Number.isFinite(median)) {
      return why === undefined ? [] : [`${place} ${name} is noticed, and unseen.ts says it is not`];
    }
    return why === undefined
      ? [`${place} ${name} is not noticed, and unseen.ts does not say why`]
      : [];
  });
}

function isNotOfUno(bug) {
  return !isOfUno(bug);
}

function keyOf({ place, name }) {
  return `${place} ${name}`;
}

function pageText(counts) {
  const line = (place, title, bugs) => {
    const known = bugs.map(({ name }) => counts.get(keyOf({ place, name })));
    const noticed = known.filter((count) => Number.isFinite(count));
    return `| ${title} | ${bugs.length} | ${noticed.length} | ${middle(noticed)} | ${Math.max(...noticed)} |`;
  };
  const unseen = Object.entries(unseenBugs).map(([bug, why]) => `| ${bug} | ${why} |`);
  return [
    "| bugs | in all | counted and noticed | median of programs | most |",
    "| --- | ---: | ---: | ---: | ---: |",
    line(
      "sim",
      "in the HAL in TypeScript, in a port or a chip, simulated",
      museum.filter(isSimulated),
    ),
    line("native", "in the HAL in C, on this machine", firmwareBugs.filter(isNotOfUno)),
    line(
      "uno",
      "in C, in the port to the Uno or in how long something takes, on the emulated Uno",
      firmwareBugs.filter(isOfUno),
    ),
    ...(unseen.length === 0 ? [] : ["", "| not noticed | why |", "| --- | --- |", ...unseen]),
  ].join("\n");
}

function countsText(counts) {
  const lines = [...counts]
    .filter(([, count]) => Number.isFinite(count))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([bug, count]) => `  "${bug}": ${count},`);
  return `/** Random programs until each bug is noticed, the median of three hunts; written by \`pnpm power\`. */
export const programsToNotice: Readonly<Record<string, number>> = {
${lines.join("\n")}
};
`;
}
