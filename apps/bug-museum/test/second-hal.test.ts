import { type SimProfileName, simProfiles } from "@escapement/board-sim";
import { laws, runConformance } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { makeBrokenBoard, makeListBoard } from "../src/second-hal/boards.js";
import { brokenBoards } from "../src/second-hal/broken-boards.js";

describe("control: a second HAL without a bug", () => {
  it.each(Object.keys(simProfiles) as SimProfileName[])(
    "passes every law on %s",
    async (profile) => {
      const report = await runConformance(makeListBoard(profile), {});
      const bad = report.laws.filter((law) => law.verdict === "fail" || law.verdict === "error");
      expect(bad).toEqual([]);
      expect(report.summary.pass).toBeGreaterThan(100);
    },
  );
});

describe("the suite rejects", () => {
  it.each(brokenBoards.map((broken) => [broken.name, broken.owner, broken] as const))(
    "'%s' by %s",
    async (_name, owner, broken) => {
      const report = await runConformance(makeBrokenBoard(broken), { only: [owner] });
      expect(report.laws.map((law) => [law.id, law.verdict])).toEqual([[owner, "fail"]]);
      expect(report.laws[0]?.reason).toMatch(/\S/);
    },
  );

  it("bugs of every group", () => {
    const groups = new Set(brokenBoards.map((broken) => broken.owner.split("-")[0]));
    expect([...groups].sort()).toEqual(["ARM", "CALL", "LIFE", "PER", "READ", "REG", "STOP"]);
  });

  it("each by a law of the catalogue, with the place where it happened", () => {
    const ids = laws.map((law) => law.id as string);
    for (const broken of brokenBoards) {
      expect(ids).toContain(broken.owner);
      expect(broken.reference.label.length).toBeGreaterThan(8);
    }
    expect(new Set(brokenBoards.map((broken) => broken.name)).size).toBe(brokenBoards.length);
  });
});
