/*
 * The benchmark: `pnpm bench`, or after a build `node packages/core/bench/run.mjs [--quick] [--check]`.
 *
 * All contenders run in this one process, timed by processor time, so the ratios hold on a busy
 * machine where single figures do not. `--quick` leaves out 10^6 timers; `--check` exits with 1
 * when a target is missed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { escapement, fakeTimers, plainHeap } from "./contenders.mjs";
import { bytesAllocated, bytesPerTimer } from "./memory.mjs";
import { readings } from "./reading.mjs";
import { crossCheck, timings } from "./timings.mjs";

if (globalThis.gc === undefined) {
  const script = fileURLToPath(import.meta.url);
  const flags = ["--expose-gc", "--single-threaded-gc"];
  const child = spawnSync(process.execPath, [...flags, script, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exit(child.status ?? 1);
}

const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(require.resolve("@sinonjs/fake-timers/package.json")));
const counts = process.argv.includes("--quick") ? [1e3, 1e4, 1e5] : [1e3, 1e4, 1e5, 1e6];
const operations = ["set", "clear", "fire", "hold"];
const subjects = {
  escapement: [escapement, {}],
  "escapement, new timer": [escapement, { fresh: true }],
  "plain heap": [plainHeap, {}],
  "fake-timers": [fakeTimers, {}],
};

console.log(`Node ${process.version}, @sinonjs/fake-timers ${version}, processor time, medians\n`);
if (!crossCheck(Object.values(subjects), 4000)) {
  console.log("The contenders fire the same schedule in different orders; nothing was timed.");
  process.exit(1);
}
console.log("Firing order of a schedule of 4000 with ties and clears: the same for all.\n");

const allocations = bytesAllocated();
const bytes = bytesPerTimer(100_000);
const reads = readings();
const results = new Map();
console.log("nanoseconds an operation".padEnd(34) + operations.map((o) => o.padStart(9)).join(""));
for (const count of counts) {
  for (const [name, [contender, options]] of Object.entries(subjects)) {
    globalThis.gc();
    const result = timings(contender, count, count >= 1e6 ? 3 : 7, options);
    results.set(`${name} ${count}`, result);
    const cells = operations.map((o) => result[o].toFixed(0).padStart(9)).join("");
    console.log(`${String(count).padStart(8)}  ${name.padEnd(24)}${cells}`);
  }
}

const of = (name, count, operation) => results.get(`${name} ${count}`)[operation];
const missed = [];
/** Prints one target and remembers whether it was missed. */
function target(what, value, limit, atLeast) {
  const met = atLeast ? value >= limit : value <= limit;
  const sign = atLeast ? ">=" : "<=";
  console.log(
    `${met ? "met   " : "MISSED"}  ${what}: ${value.toFixed(1)} (target ${sign} ${limit})`,
  );
  if (!met) {
    missed.push(what);
  }
}

console.log("\nTimes cheaper than fake-timers");
for (const count of counts) {
  const cells = operations.map((o) => {
    const ratio = of("fake-timers", count, o) / of("escapement", count, o);
    return `${o} ${ratio.toFixed(1)}`;
  });
  console.log(`${String(count).padStart(8)}  ${cells.join("  ")}`);
}

console.log("\nTargets");
for (const [operation, limit] of [
  ["set", 10],
  ["clear", 4],
  ["fire", 3],
]) {
  const ratio = of("fake-timers", 1e4, operation) / of("escapement", 1e4, operation);
  target(`${operation} at 10^4, times cheaper than fake-timers`, ratio, limit, true);
}
for (const operation of operations) {
  const growth = of("escapement", 1e5, operation) / of("escapement", 1e3, operation);
  target(`growth of ${operation} from 10^3 to 10^5`, growth, 6, false);
}
target("bytes a pending timer with its handle", bytes, 150, false);
for (const [what, count] of Object.entries(allocations)) {
  // Half a byte is the noise of the measurement; a single boxed number would be 16.
  target(`bytes allocated by ${what}`, count, 0.5, false);
}
target("now() against a naive read", reads.now / reads.naive, 3, false);
process.exit(process.argv.includes("--check") && missed.length > 0 ? 1 : 0);
