import { type BoardReport, type LawSelection, runConformance } from "@escapement/conformance";
import { expect, test } from "vitest";
import { openMicroPythonBoard } from "../src/index.js";
import type { VmOptions } from "../src/vm/vm-repl.js";
import { listTimers } from "./list-timers.js";
import { vmLine } from "./vm-line.js";

async function judged(
  soft: boolean,
  options: VmOptions = {},
  selection: LawSelection = {},
): Promise<BoardReport> {
  const { host } = await vmLine(options);
  const board = await openMicroPythonBoard({ transport: host, soft });
  try {
    return await runConformance(board, selection);
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
  expect(broken(await judged(false, { timersOn }, { random: false }))).toEqual([]);
  expect(broken(await judged(true, { timersOn }, { random: false }))).toEqual([]);
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
  // Random programs take their time with such timers; one port is enough for them.
  const random = platform === "pyboard";
  expect(broken(await judged(false, options, { random }))).toEqual([]);
  expect(broken(await judged(true, options, { random }))).toEqual([]);
});

/** The laws of these that fall. */
async function fallen(soft: boolean, options: VmOptions, only: readonly string[]) {
  const { laws } = await judged(soft, options, { only });
  return laws.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
}

test("an interrupt that works on a copy of the list fails the laws of edits in handlers", async () => {
  const edits = [
    ...["ARM-18", "STOP-04", "STOP-07", "STOP-10", "STOP-11", "STOP-21", "STOP-25", "STOP-27"],
    ...["PER-10", "CALL-07", "CALL-08", "CALL-09", "CALL-11", "CALL-12"],
  ];
  const timersOn = listTimers({ copiesList: true, dueUs: fromRunning });
  const options = { platform: "pyboard", timersOn };
  expect(await fallen(false, options, [...edits, "PER-01"])).toEqual(edits);
});

test("a scheduled callback that runs after its timer was ended fails STOP-25 and LIFE-14", async () => {
  const options = { timersOn: listTimers({ keepsQueued: true }) };
  const found = await fallen(true, options, ["STOP-25", "LIFE-14", "PER-01"]);
  expect(found).toEqual(["STOP-25", "LIFE-14"]);
});

test("places that two stops together lose are found where they run out", async () => {
  const options = { timersOn: listTimers({ losesPlaces: true }) };
  expect(await fallen(false, options, ["STOP-28"])).toEqual(["STOP-28"]);
});

test("a law that loses a place in silence falls, and none after it that does not", async () => {
  const options = { timersOn: listTimers({ losesPlaces: true }) };
  const report = await judged(false, options, { only: ["CALL-11", "LIFE-01", "LIFE-14"] });
  const reasons = report.laws.map(({ id, verdict, reason }) => `${id} ${verdict}: ${reason ?? ""}`);
  expect(reasons).toEqual([
    expect.stringMatching(/^CALL-11 fail: .*capacity-exhausted/),
    "LIFE-01 pass: ",
    expect.stringMatching(/^LIFE-14 fail: .*capacity-exhausted/),
  ]);
});
