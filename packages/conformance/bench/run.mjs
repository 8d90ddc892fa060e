// Speed of the judge beside that of the simulator, measured in one run: `node packages/conformance/bench/run.mjs`.
import { createSimBoard, simProfiles } from "@escapement/board-sim";
import { generateProgram, judgeTrace } from "@escapement/conformance";

/** Programs of each profile, of about ten operations each. */
const programsEach = 200;
/** The first rounds are for the compiler of the engine. */
const rounds = 5;

function operationsOf({ main, timers, interrupts }) {
  return [main, ...timers.map((each) => each.handler), ...interrupts].flat().length;
}

function programsFor(description) {
  const programs = [];
  for (let seed = 1; programs.length < programsEach; seed += 1) {
    const program = generateProgram(seed, description, { size: "small" });
    const operations = operationsOf(program);
    if (operations >= 8 && operations <= 12) programs.push(program);
  }
  return programs;
}

/** Processor time, so that other work on the machine does not count. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const boards = Object.keys(simProfiles).map((profile) => {
  const board = createSimBoard({ profile });
  return { board, programs: programsFor(board.describe()) };
});

let best = { runMs: Number.POSITIVE_INFINITY, judgeMs: 0, programs: 0, records: 0, broken: 0 };
for (let round = 0; round < rounds; round += 1) {
  const measured = { runMs: 0, judgeMs: 0, programs: 0, records: 0, broken: 0 };
  for (const { board, programs } of boards) {
    const traces = [];
    const begin = cpuMs();
    for (const program of programs) {
      await board.reset();
      traces.push(await board.run(program));
    }
    const between = cpuMs();
    for (const [place, program] of programs.entries()) {
      measured.broken += judgeTrace(program, traces[place], board.describe()).length;
    }
    measured.judgeMs += cpuMs() - between;
    measured.runMs += between - begin;
    measured.programs += programs.length;
    measured.records += traces.reduce((sum, { records }) => sum + records.length, 0);
  }
  if (measured.runMs + measured.judgeMs < best.runMs + best.judgeMs) best = measured;
}

const { runMs, judgeMs, programs, records, broken } = best;
console.log(
  `${programs} random programs of about ten operations, ${records} records, ${broken} broken rules`,
);
console.log(`judging costs ${(judgeMs / runMs).toFixed(2)} of running on the simulator`);
console.log(
  `${Math.round((programs / (runMs + judgeMs)) * 1000)} programs a second, run and judged`,
);
