// What a judged MicroPython board costs in time: `node packages/board-micropython/bench/run.mjs`, after a
// build. The board runs in virtual time and the line is counted in bytes, so that the figures are the same
// on every machine: board time from the traces, line time of ten bits for each byte, and one
// millisecond for each turn of the line. Python's own time for compiling the agent is not in it.
import { runConformance } from "@escapement/conformance";
import { program } from "@escapement/scenario";
import { openMicroPythonBoard, serveMicroPython } from "../dist/index.js";

const lines = [
  { name: "115200 baud", bytesPerSecond: 11_520, passSeconds: 60 },
  { name: "USB, 12 Mbit/s", bytesPerSecond: 600_000, passSeconds: 45 },
];
const openSeconds = 3;
const recoverySeconds = 10;
/** A request and its reply. */
const turnSeconds = 0.001;

/** Expires more often than the agent lets a program: the board counts as broken after it. */
const endless = program(({ main, timer }) => {
  main.start(timer({ mode: "periodic", period: 1, quiet: true })).sleep(5_000_000);
});

function counted(board) {
  const { received, sent, turns } = board.counters;
  return { bytes: received + sent, turns };
}

/** What a piece of work needs of the line. */
async function measure(board, work) {
  const before = counted(board);
  await work();
  const after = counted(board);
  return { bytes: after.bytes - before.bytes, turns: after.turns - before.turns };
}

const served = await serveMicroPython({ tcpPort: 0 });
const board = await openMicroPythonBoard({ path: served.path });
const opening = counted(board);
let boardTicks = 0;
const timed = {
  recoveryMs: board.recoveryMs,
  describe: () => board.describe(),
  reset: () => board.reset(),
  close: () => board.close(),
  async run(...args) {
    const trace = await board.run(...args);
    const last = trace.records.at(-1);
    boardTicks += last?.until ?? last?.at ?? 0;
    return trace;
  },
};
let summary = {};
const pass = await measure(board, async () => {
  ({ summary } = await runConformance(timed));
});
const ending = await board.run(endless).catch(({ code }) => code);
if (ending !== "board-fault") throw new Error("the board did not break");
const recovery = await measure(board, () => board.reset());
await board.close();
await served.close();

const boardSeconds = boardTicks / board.describe().frequencyHz;
let isOver = false;
const row = (name, seconds, mostSeconds) => {
  if (seconds > mostSeconds) isOver = true;
  const verdict = seconds > mostSeconds ? "over" : "within";
  return `  ${name.padEnd(10)} ${seconds.toFixed(2).padStart(6)} s  ${verdict} ${mostSeconds} s`;
};
console.log(`${summary.pass} laws pass, ${summary.fail} fail, ${summary.error} error`);
console.log(`${pass.bytes} bytes and ${boardSeconds.toFixed(1)} s of board time for a hard pass`);
for (const { name, bytesPerSecond, passSeconds } of lines) {
  const seconds = ({ bytes, turns }) => bytes / bytesPerSecond + turns * turnSeconds;
  console.log(name);
  console.log(row("open", seconds(opening), openSeconds));
  console.log(row("hard pass", boardSeconds + seconds(pass), passSeconds));
  console.log(row("recovery", seconds(recovery), recoverySeconds));
}
if (isOver || summary.fail > 0 || summary.error > 0) process.exitCode = 1;
