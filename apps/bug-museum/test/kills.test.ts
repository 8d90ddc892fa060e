import { simProfiles } from "@escapement/board-sim";
import { findLaw, runConformance } from "@escapement/conformance";
import {
  type ExploreCase,
  type ExploreTarget,
  lawCases,
  parseSchedule,
  replay,
  World,
} from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { halBoard, isSimulated } from "../src/bug-board.js";
import {
  bugTarget,
  controlTarget,
  loadControlHal,
  loadHal,
  type MuseumBug,
  makeBugBoard,
  museum,
  searchForBug,
} from "../src/index.js";

const plainOnly = museum.filter((bug) => isSimulated(bug) && bug.schedule === "");
const searched = museum.filter(({ schedule }) => schedule !== "");

/** The case in which a bug shows, on a target. */
function caseOf(bug: MuseumBug, target: ExploreTarget): ExploreCase {
  const found = lawCases(findLaw(bug.owner), target).find(({ value }) => value === bug.value);
  return found ?? expect.fail(`${bug.owner} has no case ${bug.value} on ${target.name}`);
}

describe("the search finds, with the fewest moves, and a replay shows again", () => {
  it.each(searched.map((bug) => [bug.name, bug.owner, bug] as const))(
    "%s by %s",
    async (_name, _owner, bug) => {
      const target = await bugTarget(bug);
      const { finding } = searchForBug(target, bug);
      expect({ schedule: finding?.schedule, value: finding?.value }).toEqual({
        schedule: bug.schedule,
        value: bug.value,
      });
      const again = replay(
        new World(target, 60_000),
        caseOf(bug, target),
        parseSchedule(bug.schedule),
      );
      expect(again.findings.map(({ kind }) => kind)).toContain(finding?.kind);
    },
  );

  it.each(searched.map((bug) => [bug.name, bug] as const))(
    "%s, and nothing where it is not put in",
    (_name, bug) => {
      const { finding, schedules } = searchForBug(controlTarget(bug), bug, {
        bound: parseSchedule(bug.schedule).length,
      });
      expect(finding).toBeUndefined();
      expect(schedules).toBeGreaterThan(0);
    },
  );

  it("most of the museum", () => {
    expect(searched.length).toBeGreaterThan(10 * plainOnly.length);
    expect(searched.some(({ schedule }) => schedule !== "e1:")).toBe(true);
  });
});

describe("plain conformance kills the rest", () => {
  it.each(plainOnly.map((bug) => [bug.name, bug.owner, bug] as const))(
    "%s by %s",
    async (_name, owner, bug) => {
      const report = await runConformance(await makeBugBoard(bug), { only: [owner] });
      expect(report.laws.map(({ id, verdict }) => [id, verdict])).toEqual([[owner, "fail"]]);
      expect(report.laws[0]?.reason).toMatch(/\S/);
    },
  );
});

describe("control: the HAL built as the patched ones, without a patch", () => {
  const used = Object.values(simProfiles).filter(({ name }) =>
    museum.some(({ profile }) => profile === name),
  );

  it.each(used.map((profile) => [profile.name, profile] as const))(
    "passes every law that owns a bug on %s",
    async (name, profile) => {
      const owners = [
        ...new Set(museum.filter((bug) => bug.profile === name).map((bug) => bug.owner)),
      ];
      const board = halBoard({ profile, hal: await loadControlHal() }, {});
      const report = await runConformance(board, { only: owners });
      expect(report.laws.map(({ id, verdict, reason }) => ({ id, verdict, reason }))).toEqual(
        report.laws.map(({ id }) => ({ id, verdict: "pass", reason: undefined })),
      );
    },
  );

  it("is another class than the one that applications import, and so is every patched one", async () => {
    const classes = new Set([await loadControlHal()]);
    for (const bug of museum) classes.add(await loadHal(bug));
    // One for each bug of the HAL, one for the control, and one for all bugs of ports and chips.
    expect(classes.size).toBe(museum.filter(({ where }) => where === "hal").length + 2);
  });
});

describe("a board with a bug", () => {
  it("refuses with the right codes, though its errors are of a class of their own", async () => {
    const bug = museum.find(({ name }) => name === "riot-set16");
    if (bug === undefined) throw new Error("no riot-set16");
    const only = ["STOP-17", "REG-04", "LIFE-05", "CALL-14", "REG-03"];
    const report = await runConformance(await makeBugBoard(bug), { only });
    expect(report.laws.map(({ verdict }) => verdict)).toEqual(only.map(() => "pass"));
  });

  it("that hangs comes to an end, and its law fails", async () => {
    const bug = museum.find(({ name }) => name === "fake-timers-522");
    if (bug === undefined) throw new Error("no fake-timers-522");
    const report = await runConformance(await makeBugBoard(bug), { only: [bug.owner] });
    expect(report.laws[0]?.reason).toContain("driver-fault");
  });

  it("is named after it, and can be put on another counter", async () => {
    const bug = museum[0];
    if (bug === undefined) throw new Error("an empty museum");
    const board = await makeBugBoard(bug, { profile: "stm32" });
    expect(board.describe()).toMatchObject({
      name: `sim:stm32 with ${bug.name}`,
      counterBits: 32,
    });
  });
});
