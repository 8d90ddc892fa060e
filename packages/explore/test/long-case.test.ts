import { program } from "@escapement/scenario";
import { expect, it } from "vitest";
import {
  CaseSearch,
  defaultLimits,
  ExploreError,
  halTarget,
  isTooLong,
  planUnits,
  runUnit,
  World,
} from "../src/index.js";
import { caseOf } from "./fixtures/small-targets.js";

const subject = caseOf(program(({ main }) => main.repeat(60_000, (list) => list.read())));

function searched(length: number) {
  const limits = { ...defaultLimits, bound: 1, length };
  const world = new World(halTarget(), limits.pointsMax);
  const { coverage } = new CaseSearch(world, subject, limits).run();
  return { ...coverage, isTooLong: isTooLong(coverage.points, limits) };
}

it("a case whose plain run is very long is run once, and says that it was not searched", () => {
  const { points, runs, bound, isTooLong: isLong } = searched(Number.POSITIVE_INFINITY);
  expect(points).toBeGreaterThan(100_000);
  expect({ runs, bound, isLong }).toEqual({ runs: 1, bound: 0, isLong: true });
});

it("its beginning is searched where that is asked for", () => {
  const { bound, isTooLong: isLong } = searched(50);
  expect({ bound, isLong }).toEqual({ bound: 1, isLong: false });
});

it("a run of too many points in which time goes on is no livelock: it is too long", () => {
  const busy = caseOf(
    program(({ main, timer }) => {
      const t = timer({ mode: "periodic", period: 1000, quiet: true });
      main.start(t).sleep(10_000_000);
    }),
  );
  const limits = { ...defaultLimits, pointsMax: 20_000 };
  const search = new CaseSearch(new World(halTarget(), limits.pointsMax), busy, limits);
  let thrown: unknown;
  try {
    search.run();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ExploreError);
  expect(thrown).toMatchObject({ code: "endless-program" });
  const [unit] = planUnits([{ target: halTarget(), cases: [busy] }], limits);
  if (unit === undefined) throw new Error("a case has a unit");
  const report = runUnit([{ target: halTarget(), cases: [busy] }], unit, { limits });
  expect(report).toMatchObject({ findings: [], coverage: { points: 20_000, runs: 1, bound: -1 } });
  expect(report.error).toBeUndefined();
});
