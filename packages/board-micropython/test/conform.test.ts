import { type BoardReport, runConformance } from "@escapement/conformance";
import { expect, test } from "vitest";
import { openMicroPythonBoard } from "../src/index.js";
import type { VmOptions } from "../src/vm/vm-repl.js";
import { listTimers } from "./list-timers.js";
import { vmLine } from "./vm-line.js";

async function judged(soft: boolean, options: VmOptions = {}, random = true): Promise<BoardReport> {
  const { host } = await vmLine(options);
  const board = await openMicroPythonBoard({ transport: host, soft });
  try {
    return await runConformance(board, { random });
  } finally {
    await board.close();
  }
}

/** What fell and what could not be judged, in words. */
function broken({ laws }: BoardReport): readonly string[] {
  return laws
    .filter(({ verdict }) => verdict === "fail" || verdict === "error")
    .map(
      (each) => `${each.id} ${each.verdict}: ${each.findings?.[0]?.message ?? each.reason ?? ""}`,
    );
}

test("hard callbacks: no law falls, 64 and more are judged, each skip is a capability", async () => {
  const report = await judged(false);
  expect(broken(report)).toEqual([]);
  expect(report.summary.pass).toBeGreaterThanOrEqual(64);
  const skipped = report.laws.filter(({ verdict }) => verdict === "skip");
  for (const { id, reason } of skipped)
    expect(`${id} ${reason}`).toMatch(/ needs [a-z-]+(, [a-z-]+)*$/);
});

test("scheduled callbacks are a board of their own, and no law falls", async () => {
  const report = await judged(true);
  expect(broken(report)).toEqual([]);
  expect(report.summary.pass).toBeGreaterThanOrEqual(50);
  expect(report.laws.find(({ id }) => id === "CALL-01")?.reason).toContain("needs hard");
});

test("timers on a sound list pass too, hard and scheduled", async () => {
  const timersOn = listTimers();
  expect(broken(await judged(false, { timersOn }, false))).toEqual([]);
  expect(broken(await judged(true, { timersOn }, false))).toEqual([]);
});

/** Counts whole milliseconds from the beginning of the one that runs. */
const fromRunning = (nowUs: number, periodUs: number): number =>
  Math.floor(nowUs / 1_000) * 1_000 + periodUs;
/** Waits until the kernel's tick of 100 us that runs is over. */
const fromNextTick = (nowUs: number, periodUs: number): number =>
  Math.floor(nowUs / 100 + 1) * 100 + periodUs;

test.each([
  { platform: "pyboard", dueUs: fromRunning },
  { platform: "zephyr", dueUs: fromNextTick },
  { platform: "esp8266", dueUs: undefined },
])("no law accuses sound timers of milliseconds: $platform", async ({ platform, dueUs }) => {
  const options = { platform, timersOn: listTimers(dueUs === undefined ? {} : { dueUs }) };
  expect(broken(await judged(false, options))).toEqual([]);
  expect(broken(await judged(true, options))).toEqual([]);
});

test("an interrupt that works on a copy of the list fails the laws of edits in handlers", async () => {
  const report = await judged(false, { timersOn: listTimers({ copiesList: true }) }, false);
  const fallen = report.laws.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  expect(fallen).toEqual(
    expect.arrayContaining([
      ...["ARM-18", "STOP-04", "STOP-07", "STOP-10", "STOP-11", "STOP-21", "STOP-25", "STOP-27"],
      ...["CALL-07", "CALL-08", "CALL-09", "CALL-11", "CALL-12"],
    ]),
  );
});

test("a scheduled callback that runs after its timer was stopped fails STOP-25", async () => {
  const report = await judged(true, { timersOn: listTimers({ keepsQueued: true }) }, false);
  const fallen = report.laws.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  expect(fallen).toContain("STOP-25");
});
