/*
 * This build of the HAL against another one, as ratios:
 *
 *   node packages/core/bench/compare.mjs <folder>/packages/core/dist/index.js [pairs]
 *
 * Each measurement is a process of its own, so that no build sees what V8 learnt from the other, and
 * the two take turns. Of each figure the least counts: what else runs on the machine only adds.
 */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { escapement } from "./contenders.mjs";
import { timings } from "./timings.mjs";

const script = fileURLToPath(import.meta.url);
const counts = [1e3, 1e4, 1e5];
const operations = ["set", "clear", "fire", "hold"];
const least = (values) => Math.min(...values);

/** The figures of one build in this process. */
async function measure(build, count) {
  const { TimerHal } = await import(pathToFileURL(build).href);
  return timings(escapement, count, count >= 1e5 ? 5 : 15, { TimerHal }, least);
}

/** The figures of one build in a process of its own. */
function measureApart(build, count) {
  const flags = ["--expose-gc", "--single-threaded"];
  const text = execFileSync(process.execPath, [...flags, script, "--one", build, String(count)]);
  return JSON.parse(text.toString());
}

function comparePair(own, other, pairs) {
  console.log("least nanoseconds an operation, this build / the other = ratio\n");
  console.log(`timers  ${operations.map((name) => name.padStart(20)).join("")}`);
  for (const count of counts) {
    const rounds = Array.from({ length: pairs }, () =>
      [own, other].map((build) => measureApart(build, count)),
    );
    const cells = operations.map((name) => {
      const [mine, theirs] = [0, 1].map((side) => least(rounds.map((round) => round[side][name])));
      return `${mine.toFixed(0)} / ${theirs.toFixed(0)} = ${(mine / theirs).toFixed(2)}`.padStart(
        20,
      );
    });
    console.log(`${String(count).padEnd(8)}${cells.join("")}`);
  }
}

const [first, second, third] = process.argv.slice(2);
if (first === "--one") {
  console.log(JSON.stringify(await measure(second, Number(third))));
} else if (first === undefined) {
  console.error("Name the dist/index.js of the other build.");
  process.exit(2);
} else {
  const own = fileURLToPath(new URL("../dist/index.js", import.meta.url));
  comparePair(own, resolve(first), Number(second ?? 8));
}
