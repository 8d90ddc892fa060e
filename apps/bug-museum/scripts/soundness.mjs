/*
 * Does the judge accuse what is sound? Runs the programs of all laws and random programs on every
 * implementation of the contract, judges each by the whole contract, and prints how many it accused.
 * Needs the build, and gcc for the agent on this machine.
 *
 * Ends with 1 when there is an alarm: a false one, to be cured in the judge, or a defect.
 *
 *   node scripts/soundness.mjs [--quick] [--only sim,second,uno,native,laws] [--programs n] [--seed n]
 *                              [--workers n] [--write]
 *
 * --quick runs some programs of each, a minute in all; --programs so many of each that is chosen.
 * What is done is kept, chunk by chunk, until a source changes: a run that was ended goes on where it was.
 * --write puts the figures into docs/random-programs.md, where they are whole.
 */
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import {
  buildNativeAgent,
  judgeLaws,
  judgePrograms,
  openQuestions,
  subjects,
} from "../dist/evidence.js";
import { writeBlock } from "./page-block.mjs";
import { runJobs } from "./worker-pool.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const stateFolder = join(root, "node_modules/.cache/escapement");

if (isMainThread) await main().catch(fail);
else serve();

function fail(error) {
  if (error.hint === undefined) throw error;
  console.error(`${error.message}\n${error.hint}`);
  process.exitCode = 2;
}

/** A worker: one chunk after another, each kind of board opened once. */
function serve() {
  const boards = new Map();
  parentPort.on("message", async (chunk) => {
    const subject = subjects.find(({ name }) => name === chunk.subject);
    const key = `${chunk.subject} ${chunk.board}`;
    try {
      const board = boards.get(key) ?? (await subject.open(chunk.board, workerData.agent));
      boards.set(key, board);
      const isLaws = chunk.runs === 0;
      const result = isLaws ? judgeLaws(board, chunk.board) : judgePrograms(board, chunk);
      parentPort.postMessage({ chunk, result: await result });
    } catch (error) {
      boards.delete(key);
      const stopped = `${error.code ?? error.name}: ${error.message}`;
      parentPort.postMessage({ chunk, result: { programs: 0, noRoom: 0, alarms: [], stopped } });
    }
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      only: { type: "string", default: "laws,sim,second,uno,native" },
      programs: { type: "string" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: "2" },
    },
  });
  const wanted = values.only.split(",");
  const chunks = [...lawChunks(wanted), ...programChunks(wanted, values)];
  const agent = wanted.includes("native") ? nativeAgent() : undefined;
  try {
    const results = await runAll(chunks, agent, Number(values.workers));
    const rows = rowsOf(chunks, results);
    console.log(rows.map((row) => row.join("  ")).join("\n"));
    for (const { stopped } of results.values()) if (stopped !== undefined) console.error(stopped);
    const alarms = [...results.values()].flatMap((result) => result.alarms);
    for (const alarm of alarms.slice(0, 40)) console.error(alarmText(alarm));
    console.log(`${alarms.length} alarms`);
    if (values.write) writePage(rows);
    const isWhole = [...results.values()].every(({ stopped }) => stopped === undefined);
    process.exitCode = isWhole ? (alarms.length > 0 ? 1 : 0) : 2;
  } finally {
    if (agent !== undefined) rmSync(join(agent, ".."), { recursive: true, force: true });
  }
}

function nativeAgent() {
  return buildNativeAgent(mkdtempSync(join(tmpdir(), "escapement-")));
}

/** The programs of the laws, on every board of the shipped HALs. */
function lawChunks(wanted) {
  if (!wanted.includes("laws")) return [];
  return subjects
    .filter(({ name }) => name === "sim" || name === "uno")
    .flatMap(({ name, boards }) =>
      boards.map((board) => ({ subject: name, board, seed: 0, runs: 0 })),
    );
}

/** Random programs: each board of a subject in turn gets the next seeds. */
function programChunks(wanted, { quick, programs, seed }) {
  return subjects
    .filter(({ name }) => wanted.includes(name))
    .flatMap(({ name, boards, chunk, ...counts }) => {
      const total = Number(programs ?? (quick ? counts.quickPrograms : counts.programs));
      const eachBoard = Math.ceil(total / boards.length);
      return Array.from({ length: Math.ceil(eachBoard / chunk) }, (_, nth) =>
        boards.map((board) => ({
          subject: name,
          board,
          seed: Number(seed) + nth * chunk,
          runs: Math.min(chunk, eachBoard - nth * chunk),
        })),
      ).flat();
    });
}

async function runAll(chunks, agent, workers) {
  const state = join(stateFolder, `soundness-${fingerprint()}.jsonl`);
  const results = readState(state);
  const waiting = chunks.filter((chunk) => !results.has(keyOf(chunk)));
  const all = waiting.length;
  let done = 0;
  let shownAt = 0;
  const onResult = ({ chunk, result }) => {
    results.set(keyOf(chunk), result);
    // A chunk that was broken off is done again by the next run.
    if (result.stopped === undefined) {
      appendFileSync(state, `${JSON.stringify([keyOf(chunk), result])}\n`);
    }
    done += 1;
    const { board, program, message } = result.alarms[0] ?? {};
    if (message !== undefined) console.error(`${chunk.subject} ${board} ${program}: ${message}`);
    if (performance.now() - shownAt > 20_000 || done === all) {
      shownAt = performance.now();
      console.error(`${done}/${all} chunks, at ${keyOf(chunk)}`);
    }
  };
  await runJobs(new URL(import.meta.url), waiting, onResult, { workers, workerData: { agent } });
  const asked = new Set(chunks.map(keyOf));
  return new Map([...results].filter(([key]) => asked.has(key)));
}

function keyOf({ subject, board, seed, runs }) {
  return [subject, board, seed, runs].join(" ");
}

function readState(file) {
  mkdirSync(stateFolder, { recursive: true });
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, "utf8").split("\n");
  // The last line may be half a one, of a run that was ended.
  return new Map(lines.flatMap((line) => (line.endsWith("]") ? [JSON.parse(line)] : [])));
}

/** Of all built code that the figures depend on. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const name of ["core", "scenario", "board-sim", "board-uno", "conformance"]) {
    hashFolder(hash, join(root, "packages", name, "dist"));
  }
  hashFolder(hash, join(root, "packages/firmware/c"));
  hashFolder(hash, join(root, "apps/bug-museum/src/second-hal"));
  return hash.digest("hex").slice(0, 12);
}

function hashFolder(hash, folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(js|ts|c|h)$/.test(entry.name));
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    hash.update(path.slice(folder.length)).update(readFileSync(path));
  }
}

/** A row for the laws and one for each subject: title, programs, accused. */
function rowsOf(chunks, results) {
  const groups = new Map();
  for (const chunk of chunks) {
    const { title } = subjects.find(({ name }) => name === chunk.subject);
    const what = chunk.runs === 0 ? "programs of the laws" : "random programs";
    const key = `${what}: ${title}`;
    const { programs = 0, alarms = [] } = results.get(keyOf(chunk)) ?? {};
    const [ran, accused] = groups.get(key) ?? [0, 0];
    const wrong = alarms.reduce((sum, { count }) => sum + count, 0);
    groups.set(key, [ran + programs, accused + wrong]);
  }
  return [...groups].map(([key, [ran, accused]]) => [key, String(ran), String(accused)]);
}

function writePage(rows) {
  const page = join(root, "docs/random-programs.md");
  writeBlock(page, "soundness", table(rows));
  const questions = openQuestions.map(({ title, rules, shows }) => {
    const end = shows
      .slice(-2)
      .map((each) => `\`${each}\``)
      .join(", ");
    return `| ${title} | ${rules.join(", ")} | … ${end} |`;
  });
  const head = ["| question | rule | shown on every board |", "| --- | --- | --- |"];
  writeBlock(page, "questions", [...head, ...questions].join("\n"));
}

function table(rows) {
  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, " ");
  return [
    "| what was run | programs | accused |",
    "| --- | ---: | ---: |",
    ...rows.map(([what, ran, accused]) => `| ${what} | ${grouped(ran)} | ${grouped(accused)} |`),
  ].join("\n");
}

function alarmText({ board, program, message, count, source }) {
  const more = count > 1 ? `, ${count} programs` : "";
  return `\n${board}, ${program}${more}: ${message}\n${source}`;
}
