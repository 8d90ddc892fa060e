// Measures the sweep's engine: placements of the wrap per second in one path of the firmware, Timer1
// at clk/1, nothing left out. Beside it the same placements by running the path anew for each.
// Needs a build: pnpm --filter @escapement/board-uno... build
import { exploreFunction } from "../dist/index.js";

const TARGET_PER_SECOND = 100_000;
const PLACEMENTS = 200_000;

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

const paths = [
  {
    function: "esc_now",
    check: ({ result32, callTicks, returnTicks }) =>
      result32 >= callTicks && result32 <= returnTicks ? undefined : `it reads ${result32}`,
  },
  {
    function: "esc_start",
    args: [FIRST_HANDLE],
    prepare: makeTimer,
    // The answer is the byte in r24, 1 for armed.
    check: ({ result32 }) =>
      ((result32 >>> 16) & 0xff) === 1 ? undefined : `it returns ${(result32 >>> 16) & 0xff}`,
  },
];

function perSecond(options) {
  exploreFunction({ ...options, rounds: 20 });
  const { instructions } = exploreFunction(options);
  const rounds = Math.ceil(PLACEMENTS / instructions);
  const start = performance.now();
  const { placed, failures } = exploreFunction({ ...options, rounds });
  const seconds = (performance.now() - start) / 1000;
  return { instructions, failures, rate: placed / seconds };
}

for (const stock of [false, true]) {
  for (const path of paths) {
    const options = { ...path, stock };
    const { instructions, failures, rate } = perSecond(options);
    const { rate: anew } = perSecond({ ...options, rerun: true });
    console.log(
      `${stock ? "stock" : "corrected"} ${path.function}: ${instructions} instructions, ` +
        `${Math.round(rate)} placements/s, ${(rate / anew).toFixed(2)} times a plain re-run (${Math.round(anew)}/s), ` +
        `${failures.length} failures`,
    );
    if (failures.length > 0) console.error(failures[0]);
    if (failures.length > 0) process.exitCode = 1;
    if (!stock && rate < TARGET_PER_SECOND) {
      console.error(`below ${TARGET_PER_SECOND} placements/s`);
      process.exitCode = 1;
    }
  }
}
