import { expect, test } from "vitest";
import { ConformanceError, jsonReport, type KeepTraces, runConformance } from "../src/index.js";
import { catalogue, expiries, FakeBoard, law } from "./fakes.js";

/** STOP-04 fails, READ-01 holds. */
async function kept(keepTraces?: KeepTraces): Promise<readonly (readonly [string, boolean])[]> {
  const board = new FakeBoard(() => expiries(500, 998));
  const options = keepTraces === undefined ? {} : { keepTraces };
  const { laws } = await runConformance(board, { laws: catalogue, ...options });
  return laws.map(({ id, iteration, lateness }) => {
    expect(iteration === undefined).toBe(lateness === undefined);
    return [id, iteration !== undefined] as const;
  });
}

test("traces are kept for none, for broken laws, or for all that have a verdict", async () => {
  const none = [
    ["STOP-04", false],
    ["STOP-05", false],
    ["ARM-01", false],
    ["READ-01", false],
  ];
  expect(await kept()).toEqual(none);
  expect(await kept("none")).toEqual(none);
  expect(await kept("failed")).toEqual([["STOP-04", true], ...none.slice(1)]);
  expect(await kept("all")).toEqual([["STOP-04", true], ...none.slice(1, 3), ["READ-01", true]]);
});

test("what is kept is one iteration, bounded, around what a finding names", async () => {
  const times = Array.from({ length: 2_000 }, (_, nth) => 10 * nth);
  const check = () => [{ message: "late", record: 1_500 }];
  const board = new FakeBoard(() => expiries(...times));
  const report = await runConformance(board, { laws: [law({ check })], keepTraces: "failed" });
  const { iteration } = report.laws[0] ?? {};
  expect(iteration?.records).toHaveLength(250);
  expect(iteration?.indices).toContain(1_500);
  expect(iteration?.omitted).toBe(1_751);
});

test("keeping traces changes no byte of the JSON report", async () => {
  const run = (keepTraces: KeepTraces) =>
    runConformance(new FakeBoard(() => expiries(500, 998)), { laws: catalogue, keepTraces });
  expect(jsonReport([await run("all")])).toBe(jsonReport([await run("none")]));
});

test("another word is refused before the board is touched", async () => {
  const board = new FakeBoard(() => expiries(500));
  const keepTraces = "some" as KeepTraces;
  const run = runConformance(board, { laws: catalogue, keepTraces });
  await expect(run).rejects.toThrow(ConformanceError);
  await expect(run).rejects.toMatchObject({ code: "invalid-option" });
  expect(board.asked).toEqual([]);
});
