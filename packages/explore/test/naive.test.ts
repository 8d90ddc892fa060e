import { readFileSync } from "node:fs";
import { findLaw } from "@escapement/conformance";
import { timelineText } from "@escapement/timeline";
import { describe, expect, it } from "vitest";
import naive from "../examples/naive-hal.mjs";
import {
  CaseSearch,
  type ExploreFinding,
  lawCases,
  parseSchedule,
  replay,
  replayTimeline,
  World,
} from "../src/index.js";
import { testLimits } from "./fixtures/small-targets.js";

const POINTS_MAX = 20_000;

/** The shortest example of each kind of finding under a law. */
function findingsOf(id: string): ExploreFinding[] {
  const law = findLaw(id);
  const world = new World(naive, POINTS_MAX);
  const shortest = new Map<string, ExploreFinding>();
  for (const subject of lawCases(law, naive)) {
    for (const finding of new CaseSearch(world, subject, { ...testLimits, bound: 1 }).run()
      .findings) {
      const key = `${finding.kind} ${finding.message.replace(/\d+/g, "#")}`;
      const known = shortest.get(key);
      if (known === undefined || known.schedule.length > finding.schedule.length) {
        shortest.set(key, finding);
      }
    }
  }
  return [...shortest.values()];
}

/** The run of a finding, drawn. */
function drawn(finding: ExploreFinding): string {
  const law = findLaw(finding.name);
  const subject = lawCases(law, naive).find(({ value }) => value === finding.value);
  if (subject === undefined) throw new Error(`no case ${finding.value} of ${finding.name}`);
  const shown = replay(new World(naive, POINTS_MAX), subject, parseSchedule(finding.schedule));
  return timelineText(replayTimeline(shown, finding)).join("\n");
}

describe("a HAL as one writes it on the first day", () => {
  it("is about sixty lines", () => {
    const text = readFileSync(new URL("../examples/naive-hal.mjs", import.meta.url), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(65);
  });

  const findings = ["READ-01", "READ-02", "STOP-06", "ARM-01"].flatMap(findingsOf);

  it("has four and more distinct faults, each shown by one move at most", () => {
    const moves = findings.map(({ schedule }) => parseSchedule(schedule).length);
    expect(findings.length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...moves)).toBe(1);
    expect(new Set(findings.map(({ name, kind }) => `${kind} ${name}`))).toEqual(
      new Set([
        "race READ-01",
        "law READ-01",
        "law READ-02",
        "race STOP-06",
        "law STOP-06",
        "law ARM-01",
      ]),
    );
  });

  it.each([
    ["race", "READ-01", /clock\.wraps/, /held up .* until the counter wrapped/],
    [
      "law",
      "READ-01",
      /off the reference clock|readMany gave 1/,
      /held up .* until the counter wrapped/,
    ],
    ["race", "STOP-06", /list with interrupts open/, /held up .* until the compare matched/],
    ["law", "STOP-06", /stop returned "idle"|expected none/, /stop\(0\)/],
    ["law", "ARM-01", /expected more than|expected exactly/, /start\(0\)/],
  ] as const)("the %s under %s is understood from its report", (kind, name, message, line) => {
    const mine = findings.filter((finding) => finding.kind === kind && finding.name === name);
    expect(mine.map((finding) => finding.message).join("\n")).toMatch(message);
    const texts = mine.map(drawn);
    expect(texts.join("\n")).toMatch(line);
    for (const text of texts) {
      expect(text.split("\n").length).toBeLessThanOrEqual(15);
      expect(text).toContain("✗");
    }
  });
});
