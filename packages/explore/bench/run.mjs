// Speed of the search, as ratios measured in one run: `node packages/explore/bench/run.mjs`.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { SimChip, SimMachine, simProfiles } from "@escapement/board-sim";
import { TimerHal } from "@escapement/core";
import { CaseSearch, halTarget, programCases, World } from "@escapement/explore";
import { halDriver, ProgramRun, program } from "@escapement/scenario";

const limits = {
  bound: 2,
  length: Number.POSITIVE_INFINITY,
  pointsMax: 100_000,
  maskedMax: Number.POSITIVE_INFINITY,
  findingsMax: 8,
  prune: true,
  stopAtFirst: false,
};
const { avr16 } = simProfiles;
// The counter stands just before its wrap.
const chip = { ...avr16.chip, startCounter: 2 ** 16 - 4 };
const target = halTarget({ profile: { ...avr16, chip }, slackTicks: 8 });

/** A program of ten points: the time is read, and a mark is left. */
const tenPoints = programCases({
  name: "ten points",
  program: program(({ main }) => main.read().mark(1)),
})[0];

/** Searches the ten-point program again and again, and counts its schedules. */
function searchFor(ms) {
  const world = new World(target, limits.pointsMax);
  let schedules = 0;
  let runs = 0;
  let points = 0;
  const cpu = process.cpuUsage();
  const begin = performance.now();
  let now = begin;
  while (now - begin < ms) {
    const { coverage } = new CaseSearch(world, tenPoints, { ...limits, prune: false }).run();
    schedules += coverage.schedules;
    runs += coverage.runs;
    points = coverage.points;
    now = performance.now();
  }
  const seconds = (now - begin) / 1000;
  return { schedules, runs, points, seconds, cpuSeconds: cpuSecondsSince(cpu) };
}

function cpuSecondsSince(begin) {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

/** Cells without a search, used again as the search uses its own. */
class PlainState {
  cells = new Float64Array(0);
  reset(count) {
    if (this.cells.length === count) this.cells.fill(0);
    else this.cells = new Float64Array(count);
    return this;
  }
  load(cell) {
    return this.cells[cell];
  }
  store(cell, value) {
    this.cells[cell] = value;
  }
}

/** The same program without a search: an unwatched chip, no moves, nothing recorded or checked. */
function rerunFor(ms) {
  const chipOptions = {
    ...chip,
    cpuHz: 2e6,
    cyclesPerTick: 1,
    accessCycles: 0,
    entryCycles: 0,
    exitCycles: 0,
  };
  const state = new PlainState();
  let runs = 0;
  const cpu = process.cpuUsage();
  const begin = performance.now();
  let now = begin;
  while (now - begin < ms) {
    for (let each = 0; each < 100; each += 1) {
      const own = new SimChip(chipOptions);
      const port = avr16.port(own);
      const driver = halDriver((onError) => {
        const hal = new TimerHal(port, {
          capacity: 16,
          onError,
          state: (count) => state.reset(count),
        });
        own.connect({ overflow: hal.onOverflow, compare: hal.onCompare });
        return hal;
      });
      const run = new ProgramRun({
        program: tenPoints.program,
        driver,
        machine: new SimMachine(own),
        validated: true,
      });
      while (run.step());
      runs += 1;
    }
    now = performance.now();
  }
  return { runs, cpuSeconds: cpuSecondsSince(cpu) };
}

/** How many schedules a program of `count` pairs of operations has. */
function growth(count, prune) {
  const [subject] = programCases({
    name: "growth",
    program: program(({ main, timer }) => {
      const t = timer({ mode: "one-shot", period: 5 });
      for (let each = 0; each < count; each += 1) main.start(t).stop(t);
    }),
  });
  const world = new World(target, limits.pointsMax);
  const { coverage } = new CaseSearch(world, subject, { ...limits, bound: 1, prune }).run();
  return coverage;
}

async function onTwoCores(ms) {
  const file = new URL(import.meta.url);
  const results = await Promise.all(
    [1, 2].map(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(file, { workerData: ms });
          worker.once("message", resolve);
          worker.once("error", reject);
        }),
    ),
  );
  return results.reduce((sum, { schedules, seconds }) => sum + schedules / seconds, 0);
}

if (!isMainThread) {
  searchFor(500);
  parentPort.postMessage(searchFor(workerData));
} else {
  searchFor(500);
  rerunFor(500);
  const search = searchFor(1500);
  const rerun = rerunFor(1500);
  // By processor time, which holds on a busy machine as well.
  const perRun = search.cpuSeconds / search.runs;
  const perPlain = rerun.cpuSeconds / rerun.runs;
  const perPoint = ((perRun - perPlain) / search.points) * 1e9;
  console.log(`a program of ${search.points} points, each schedule a run of its own:`);
  console.log(`  one core   ${rate(search.schedules / search.cpuSeconds)} schedules/s`);
  console.log(
    `  plain      ${rate(1 / perPlain)} runs/s without a search: ${(perRun / perPlain).toFixed(2)} times as long with it, ${perPoint.toFixed(0)} ns a point`,
  );
  console.log(
    `  two cores  ${rate(await onTwoCores(2000))} schedules/s by the wall clock, of a machine that does nothing else`,
  );
  console.log("schedules of n times start, stop, with one move:");
  console.log("   n  points  unpruned  pruned   ratio");
  for (const count of [1, 2, 4, 8, 16]) {
    const whole = growth(count, false);
    const pruned = growth(count, true);
    const ratio = (whole.schedules / pruned.schedules).toFixed(1);
    console.log(
      `  ${String(count).padStart(2)}  ${String(whole.points).padStart(6)}  ${String(whole.schedules).padStart(8)}  ${String(pruned.schedules).padStart(6)}  ${ratio.padStart(6)}`,
    );
  }
}

function rate(perSecond) {
  return Math.round(perSecond).toLocaleString("en-US").replaceAll(",", " ").padStart(9);
}
