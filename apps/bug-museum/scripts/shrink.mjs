/*
 * How small a failure of a random program becomes, and in what time: the first that finds each bug of the museum, by many seeds.
 * Needs the build.
 *
 *   node scripts/shrink.mjs [failures]   200 when absent
 */
import { operationCount, runRandomPrograms } from "@escapement/conformance";
import { middle } from "../dist/evidence.js";
import { isSimulated, makeBugBoard, museum } from "../dist/index.js";

const wanted = Number(process.argv[2] ?? 200);
const sizes = [];
const times = [];
const processorTimes = [];
for (let round = 0; sizes.length < wanted && round < 20; round += 1) {
  for (const bug of museum.filter(isSimulated)) {
    if (sizes.length >= wanted) break;
    await measure(bug, 1 + 1_000 * round);
  }
}
console.log(`${sizes.length} failures of random programs, made small`);
console.log(`operations: median ${middle(sizes)}, most ${Math.max(...sizes)}`);
console.log(`time: ${milliseconds(times)}`);
console.log(`on the processor: ${milliseconds(processorTimes)}`);

function milliseconds(all) {
  return `median ${Math.round(middle(all))} ms, most ${Math.round(Math.max(...all))} ms`;
}

/** Finds the bug without making the program small, then once more from the seed that found it, with it. */
async function measure(bug, seed) {
  const board = await makeBugBoard(bug);
  const found = await runRandomPrograms(board, { seed, runs: 60, failuresMax: 1, shrinkRuns: 0 });
  const [failure] = found.failures;
  if (failure !== undefined) {
    const again = { seed: failure.origin.seed, runs: 1, failuresMax: 1 };
    const before = process.cpuUsage();
    const { failures, durationMs } = await runRandomPrograms(board, again);
    const { user, system } = process.cpuUsage(before);
    if (failures.length > 0) {
      sizes.push(operationCount(failures[0].program));
      times.push(durationMs);
      processorTimes.push((user + system) / 1_000);
    }
  }
  await board.close();
}
