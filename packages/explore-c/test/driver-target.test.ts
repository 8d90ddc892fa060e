import { fileURLToPath } from "node:url";
import { cacheFolder, compileDriver, folderCache, npmClang } from "@escapement/board-c";
import { selectLaws } from "@escapement/conformance";
import {
  type ExploreTarget,
  explore,
  lawCases,
  parseSchedule,
  replay,
  replayTimeline,
  World,
} from "@escapement/explore";
import { timelineText } from "@escapement/timeline";
import { describe, expect, it } from "vitest";
import { type CTargetOptions, cTarget } from "../src/index.js";

const tools = { compiler: npmClang(), cache: folderCache(cacheFolder()) };
const source = fileURLToPath(new URL("drivers/alarms.c", import.meta.url));

async function alarms(defines: readonly string[], options: CTargetOptions = {}) {
  const { wordBytes = 4 } = options;
  const driver = await compileDriver({ files: [source], defines }, tools, { wordBytes });
  return cTarget(driver, { profile: "avr16", ...options });
}

const stops = selectLaws({ only: ["STOP-01", "STOP-02", "STOP-03", "STOP-06", "STOP-07"] });
const casesOn = (target: ExploreTarget) => stops.flatMap((law) => lawCases(law, target));

describe("a timer driver in C under the search", () => {
  it("that masks keeps the laws, wherever the interrupt lands", async () => {
    const target = await alarms([]);
    const cases = casesOn(target);
    expect(cases.length).toBeGreaterThan(5);
    const { units } = await explore([{ target, cases }]);
    expect(units.flatMap(({ findings }) => findings)).toEqual([]);
    expect(units.map(({ error }) => error).filter((error) => error !== undefined)).toEqual([]);
    expect(Math.min(...units.map(({ coverage }) => coverage.bound))).toBe(2);
  });

  it("that looks and clears unmasked breaks one, between two lines that the timeline names", async () => {
    const target = await alarms(["RACY"]);
    const cases = casesOn(target);
    const { units } = await explore([{ target, cases }], { limits: { bound: 1 } });
    const found = units.flatMap(({ findings }) => findings);
    const world = new World(target, 1_000_000);
    const runs = found
      .filter(({ kind }) => kind === "law")
      .map((finding) => {
        const subject = cases.find(
          ({ name, value }) => name === finding.name && value === finding.value,
        );
        if (subject === undefined) throw new Error(`no case of ${finding.name}`);
        const run = replay(world, subject, parseSchedule(finding.schedule));
        expect(run.findings.map(({ message }) => message)).toContain(finding.message);
        return run;
      });
    const interrupted = runs.flatMap(({ steps }) => {
      const moved = steps.findIndex(({ moves }) => moves.length > 0);
      return steps.slice(moved).find(({ level }) => level === 0) ?? [];
    });
    const places = interrupted.map(({ access, cell, place }) => `${access} ${cell} ${place}`);
    expect(places).toContain("store alarms[0].pending alarms.c:51");
    const drawn = runs.map((run) => timelineText(replayTimeline(run), { width: 140 }).join("\n"));
    expect(drawn.join("\n")).toContain("store alarms[0].pending  alarms.c:51");
  });

  it("is a race by itself where that is asked for", async () => {
    const target = await alarms(["RACY"], { races: true });
    const { units } = await explore([{ target, cases: casesOn(target) }], { limits: { bound: 1 } });
    const races = units.flatMap(({ findings }) => findings).filter(({ kind }) => kind === "race");
    expect(races[0]?.message).toMatch(
      /the thread (reads|writes) alarms\[\d\]\.pending with interrupts open/,
    );
  });

  it("of an 8-bit processor has more points, as it stores 64 bits in eight pieces", async () => {
    const [wide, narrow] = [await alarms([]), await alarms([], { wordBytes: 1 })];
    const points = async (target: ExploreTarget) => {
      const { units } = await explore([{ target, cases: casesOn(target) }], {
        limits: { bound: 0 },
      });
      return units.reduce((sum, { coverage }) => sum + coverage.points, 0);
    };
    expect(await points(narrow)).toBeGreaterThan(1.5 * (await points(wide)));
  });
});
