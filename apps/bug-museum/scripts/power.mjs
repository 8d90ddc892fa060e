/*
 * How many random programs does it take to notice a bug of the museum? Runs them on a board with each
 * bug until the judge says something, from three first seeds, and prints the median. A bug of the C HAL
 * is put into the agent on this machine. Needs the build, and gcc for the bugs in C.
 *
 * Without names: all bugs; writes src/programs-to-notice.ts, which the kill matrix shows. Ends with 1 when
 * a bug is not noticed and src/evidence/unseen.ts does not say why, or says so of one that is.
 *
 *   node scripts/power.mjs [--most n] [--workers n] [name ...]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import {
  buildNativeAgent,
  hunt,
  huntMax,
  huntSeeds,
  medianOf,
  middle,
  openNativeAgent,
  unseenBugs,
} from "../dist/evidence.js";
import { findFirmwareBug, firmwareBugs, patchedCSources } from "../dist/firmware.js";
import { findBug, isSimulated, makeBugBoard, museum } from "../dist/index.js";
import { writeBlock } from "./page-block.mjs";

const file = fileURLToPath(new URL("../src/programs-to-notice.ts", import.meta.url));
const page = fileURLToPath(new URL("../../../docs/random-programs.md", import.meta.url));

if (isMainThread) await main();
else serve();

/** A worker: one bug after another. */
function serve() {
  parentPort.on("message", async ({ name, place, most }) => {
    const hunts = [];
    for (const seed of huntSeeds) {
      const { board, close } = await open(name, place);
      hunts.push(
        await hunt(board, seed, most).catch(({ message }) => ({ seed, stopped: message })),
      );
      await close();
    }
    parentPort.postMessage({ name, place, hunts });
  });
}

async function open(name, place) {
  if (place === "sim") {
    const board = await makeBugBoard(findBug(name));
    return { board, close: () => board.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), "escapement-"));
  const board = await openNativeAgent(
    buildNativeAgent(folder, patchedCSources(findFirmwareBug(name))),
  );
  const close = async () => {
    await board.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { board, close };
}

async function main() {
  const { values, positionals: names } = parseArgs({
    options: {
      most: { type: "string", default: String(huntMax) },
      workers: { type: "string", default: "2" },
    },
    allowPositionals: true,
  });
  const isChosen = ({ name }) => names.length === 0 || names.includes(name);
  const waiting = [
    ...museum.filter(isSimulated).map((bug) => ({ ...bug, place: "sim" })),
    ...firmwareBugs.map((bug) => ({ ...bug, place: "native" })),
  ]
    .filter(isChosen)
    .map(({ name, place }) => ({ name, place, most: Number(values.most) }));
  const rows = await huntAll(waiting, Number(values.workers));
  rows.sort((one, other) => one.median - other.median);
  for (const { name, place, hunts } of rows.filter(({ median }) => !Number.isFinite(median))) {
    console.log(`${place} ${name}: not noticed; ${hunts.map(told).join("; ")}`);
  }
  console.log(pageText(rows));
  const faults = faultsOf(rows);
  for (const fault of faults) console.error(fault);
  if (names.length === 0) {
    writeFileSync(file, rowsText(rows));
    writeBlock(page, "power", pageText(rows));
  }
  if (faults.length > 0) process.exitCode = 1;
}

const told = ({ programs, message, stopped }) =>
  programs === undefined ? (stopped ?? "nothing") : `${programs} (${message})`;

async function huntAll(waiting, workers) {
  const all = waiting.length;
  const rows = [];
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url));
      const next = () => {
        const bug = waiting.shift();
        if (bug !== undefined) worker.postMessage(bug);
        else worker.terminate().then(resolve, reject);
      };
      worker.on("message", ({ name, place, hunts }) => {
        const median = medianOf(hunts);
        rows.push({ name, place, hunts, median });
        const first = hunts.find(({ message }) => message !== undefined)?.message ?? "";
        console.log(`${rows.length}/${all}  ${place} ${name}  ${median}  ${first.slice(0, 100)}`);
        next();
      });
      worker.on("error", reject);
      next();
    });
  await Promise.all(Array.from({ length: Math.min(workers, all) }, work));
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

function pageText(rows) {
  const line = (place, title) => {
    const mine = rows.filter((row) => row.place === place);
    const noticed = mine.map(({ median }) => median).filter(Number.isFinite);
    const most = Math.max(...noticed);
    return `| ${title} | ${mine.length} | ${noticed.length} | ${middle(noticed)} | ${most} |`;
  };
  const unseen = Object.entries(unseenBugs).map(([bug, why]) => `| ${bug} | ${why} |`);
  return [
    "| bugs | in all | noticed | median of programs | most |",
    "| --- | ---: | ---: | ---: | ---: |",
    line("sim", "in TypeScript, in a port or a chip, simulated"),
    line("native", "in the HAL in C, this machine"),
    ...(unseen.length === 0 ? [] : ["", "| not noticed | why |", "| --- | --- |", ...unseen]),
  ].join("\n");
}

function rowsText(rows) {
  const key = ({ place, name }) => `${place} ${name}`;
  const lines = [...rows]
    .sort((one, other) => (key(one) < key(other) ? -1 : 1))
    .filter(({ median }) => Number.isFinite(median))
    .map((row) => `  "${key(row)}": ${row.median},`);
  return `/** Random programs until each bug is noticed, the median of three hunts; written by \`pnpm power\`. */
export const programsToNotice: Readonly<Record<string, number>> = {
${lines.join("\n")}
};
`;
}
