// Measures the engine of the search: runs per second with the wrap before each instruction of one function,
// Timer1 at clk/1, nothing left out. Beside it the same runs made from the function's call each time.
// Needs a build: pnpm --filter @escapement/explore-avr... build
import { exploreFunction } from "../dist/index.js";

const TARGET_PER_SECOND = 100_000;
const RUNS = 200_000;

/** Where calls by pointer find their arguments: above the variables, below the stack. */
const SCRATCH = 0x700;
const PERIOD_TICKS = 1_000_000;
const RET = 0x9508;

/** Makes a timer with a handler that does nothing, and returns its handle. */
function makeTimer(emulator) {
  const { cpu } = emulator;
  const { dataView } = cpu;
  dataView.setUint32(SCRATCH + 2, PERIOD_TICKS, true);
  dataView.setUint16(SCRATCH + 6, cpu.progMem.indexOf(RET), true);
  dataView.setUint16(SCRATCH + 8, 0, true);
  dataView.setUint8(SCRATCH + 10, 0);
  emulator.callFunction("esc_timer_init", { args: [SCRATCH, SCRATCH + 2] });
  return dataView.getUint16(SCRATCH, true);
}

/** The first handle that a fresh HAL gives: slot 0, generation 1. */
const FIRST_HANDLE = 32;

const functions = [
  {
    function: "esc_now",
    check: ({ result32, callTicks, returnTicks }) =>
      result32 >= callTicks && result32 <= returnTicks ? undefined : `it reads ${result32}`,
  },
  {
    function: "esc_start",
    args: [FIRST_HANDLE],
    prepare: makeTimer,
    // The result is the byte in r24, 1 for armed.
    check: ({ result32 }) =>
      ((result32 >>> 16) & 0xff) === 1 ? undefined : `it returns ${(result32 >>> 16) & 0xff}`,
  },
];

function perSecond(options) {
  exploreFunction({ ...options, rounds: 20 });
  const { points } = exploreFunction(options);
  const rounds = Math.ceil(RUNS / points);
  const start = performance.now();
  const { runs, findings } = exploreFunction({ ...options, rounds });
  const seconds = (performance.now() - start) / 1000;
  return { points, findings, rate: runs / seconds };
}

for (const stock of [false, true]) {
  for (const each of functions) {
    const options = { ...each, stock };
    const { points, findings, rate } = perSecond(options);
    const { rate: rerun } = perSecond({ ...options, rerun: true });
    console.log(
      `${stock ? "stock" : "corrected"} ${each.function}: ${points} instructions, ` +
        `${Math.round(rate)} runs/s, ${(rate / rerun).toFixed(2)} times a plain re-run (${Math.round(rerun)}/s), ` +
        `${findings.length} findings`,
    );
    if (findings.length > 0) console.error(findings[0]);
    if (findings.length > 0) process.exitCode = 1;
    if (!stock && rate < TARGET_PER_SECOND) {
      console.error(`below ${TARGET_PER_SECOND} runs/s`);
      process.exitCode = 1;
    }
  }
}
