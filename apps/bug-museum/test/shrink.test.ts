import { judgeTrace, runRandomPrograms } from "@escapement/conformance";
import type { Program } from "@escapement/scenario";
import { afterAll, expect, it } from "vitest";
import { findBug, makeBugBoard } from "../src/index.js";

/** Bugs of all families that the first seeds find. */
const bugs = [
  "freertos-stop-queued",
  "micropython-7433",
  "zephyr-d455b97",
  "micropython-soft-timer",
  "riot-525751c",
  "micropython-b1cdb20",
  "zephyr-late-error",
  "morton-3",
  "morton-4",
  "zephyr-freq-1000",
  "rtic-1-1-0",
  "linux-before-shutdown",
  "micropython-19162",
  "nuttx-78dce81",
  "tock-536efff",
  "fake-timers-recursion",
  "embassy-b857334",
  "pycom-89",
  "pico-1555",
  "nuttx-493e207",
];

function operations({ main, timers, interrupts }: Program): number {
  const lists = [main, ...timers.map(({ handler }) => handler), ...interrupts];
  return lists.flat().reduce((sum, op) => sum + (op.op === "repeat" ? 1 + op.body.length : 1), 0);
}

const sizes: number[] = [];

it.each(bugs)("a random program that finds %s is made small, and shows the same", async (name) => {
  const board = await makeBugBoard(findBug(name));
  const { failures } = await runRandomPrograms(board, { runs: 120, failuresMax: 1 });
  const [failure] = failures;
  if (failure === undefined) throw new Error("not found by seeds 1 to 120");
  const { original, program, violation, shrinkRuns } = failure;
  await board.reset();
  const first = judgeTrace(original, await board.run(original), board.describe())[0];
  await board.close();
  expect([violation.rule, violation.kind]).toEqual([first?.rule, first?.kind]);
  expect(operations(program)).toBeLessThanOrEqual(operations(original));
  expect(shrinkRuns).toBeLessThanOrEqual(600);
  sizes.push(operations(program));
});

afterAll(() => {
  const middle = sizes.sort((one, other) => one - other)[sizes.length >> 1];
  expect(middle, "the median of the shrunk programs' operations").toBeLessThanOrEqual(5);
});
