import { fileURLToPath } from "node:url";
import {
  cacheFolder,
  compileDriver,
  deviceModels,
  folderCache,
  loadDevice,
  npmClang,
} from "@escapement/board-c";
import { selectLaws } from "@escapement/conformance";
import {
  type ExploreReport,
  explore,
  formatReport,
  lawCases,
  parseReport,
} from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { cTarget, exploreSarif, splitText } from "../src/index.js";
import { sarifFault } from "./sarif-shape.js";

const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };
const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const alarms = path("drivers/alarms.c");
const oneShots = path("../../board-c/test/drivers/one_shots.c");

async function searched(
  file: string,
  defines: readonly string[],
  { law = "STOP-06", ...options }: Parameters<typeof cTarget>[1] & { readonly law?: string },
): Promise<ExploreReport> {
  const driver = await compileDriver({ files: [file], defines }, tools, { wordBytes: 0 });
  const target = cTarget(driver, options);
  const cases = selectLaws({ only: [law] }).flatMap((each) => lawCases(each, target));
  return explore([{ target, cases }], { limits: { bound: 1 } });
}

const racy = () => searched(alarms, ["RACY"], { profile: "avr16" });

describe("a finding in a driver in C", () => {
  it("has the three accesses with their columns, and the calls that were interrupted", async () => {
    const { units } = await racy();
    const [finding] = units.flatMap(({ findings }) => findings);
    expect(finding).toMatchObject({ kind: "law", pattern: "R·W·W", variable: "alarms[0].pending" });
    const accesses = finding?.accesses ?? [];
    expect(accesses.map(({ context, write }) => `${context} ${write}`)).toEqual([
      "stop in the thread false",
      "on_compare in an interrupt true",
      "stop in the thread true",
    ]);
    expect(accesses.map(({ place }) => place.line)).toEqual([50, 28, 51]);
    for (const { place } of accesses) expect(place.column).toBeGreaterThan(1);
    expect(finding?.source).toEqual(accesses[2]?.place);
    expect(finding?.stack?.[0]).toMatch(/^stop .*alarms\.c:51:\d+$/);
  });

  it("and what an interrupt came between are in the report, which reads back the same", async () => {
    const report = await racy();
    expect(parseReport(formatReport(report))).toEqual(report);
    const texts = new Set(report.units.flatMap(({ splits = [] }) => splits.map(splitText)));
    expect([...texts]).toEqual([
      expect.stringMatching(
        /^alarms\[0\]\.pending: R·W·W, an update that is lost: stop in the thread reads, alarms\.c:50:/,
      ),
    ]);
    const right = await searched(alarms, [], { profile: "avr16" });
    expect(right.units.flatMap(({ splits = [] }) => splits)).toEqual([]);
  });

  it("is a result of SARIF with its place, its accesses and its calls; the bounds are beside it", async () => {
    const report = await racy();
    const text = exploreSarif(report, { version: "1.0.0", folder: path("drivers") });
    expect(sarifFault(text)).toBeUndefined();
    const [run] = JSON.parse(text).runs;
    expect(run.properties).toMatchObject({ complete: true, bound: 1, limits: { bound: 1 } });
    const [result] = run.results;
    expect(result.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: "alarms.c" },
      region: { startLine: 51 },
    });
    expect(result.codeFlows[0].threadFlows[0].locations).toHaveLength(3);
    expect(result.stacks[0].frames[0].location.logicalLocations[0].fullyQualifiedName).toBe("stop");
    const levels = run.results.map(({ level }: { readonly level: string }) => level);
    expect(new Set(levels)).toEqual(new Set(["error", "note"]));
  });
});

describe("a driver in C that uses registers", () => {
  it.each([
    ["the package's model", "stm32-tim2"],
    ["a model in C", path("../../board-c/test/drivers/tim2_model.c")],
  ])("is searched on %s", async (_, model) => {
    const address = 0x4000_0000;
    const devices = [await loadDevice({ address, model }, tools, { isReused: true })];
    expect(Object.keys(deviceModels)).toContain("stm32-tim2");
    const { units } = await searched(oneShots, [], { profile: "stm32", devices });
    expect(units.flatMap(({ findings, error }) => [...findings, error ?? []].flat())).toEqual([]);
    expect(units.length).toBeGreaterThan(5);
  });
});
