import { describe, expect, it } from "vitest";
import { type BoardReport, runConformance } from "../../src/index.js";
import { eachDifference, systems } from "./each-difference.js";
import { makeVariedBoard } from "./varied-board.js";

const broken = ({ laws }: BoardReport) =>
  laws
    .filter(({ verdict }) => verdict === "fail" || verdict === "error")
    .map(({ id, reason }) => `${id}: ${reason}`);

const named = eachDifference.map((does) => ({ name: JSON.stringify(does), does }));
const whole = Object.entries(systems).map(([name, does]) => ({ name, does }));

describe("a board that states what it does otherwise breaks no law", () => {
  it("nor does one that does nothing otherwise, and no law is skipped for it", async () => {
    const report = await runConformance(makeVariedBoard("avr16", {}, {}));
    expect(broken(report)).toEqual([]);
    expect(report.laws.filter(({ reason }) => reason?.startsWith("differs"))).toEqual([]);
  });

  it.each([...named, ...whole])("$name", async ({ does }) => {
    const report = await runConformance(makeVariedBoard("avr16", does, does));
    expect(broken(report)).toEqual([]);
    expect(report.summary.pass).toBeGreaterThan(75);
  });
});
