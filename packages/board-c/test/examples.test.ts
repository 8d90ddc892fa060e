import { fileURLToPath } from "node:url";
import { runConformance, runRandomPrograms } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { openCBoard } from "../src/index.js";

const file = (name: string): string =>
  fileURLToPath(new URL(`../examples/${name}.c`, import.meta.url));

/** Each with laws that its mistake breaks. */
const drivers = [
  { name: "tick_list", owners: ["ARM-02", "PER-01"] },
  { name: "alarm_pool", owners: ["ARM-13", "STOP-09"] },
  { name: "delta_list", owners: ["ARM-13", "LIFE-11"] },
  { name: "timer_wheel", owners: ["ARM-10", "STOP-24"] },
  { name: "daemon", owners: ["STOP-30", "STOP-31"] },
] as const;

describe.each(drivers)("the example $name", ({ name, owners }) => {
  test("keeps every law that it can be asked for", async () => {
    const board = await openCBoard({ files: [file(name)] });
    const { laws, summary } = await runConformance(board);
    const broken = laws.filter(({ verdict }) => verdict === "fail");
    expect(broken.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(summary.error).toBe(0);
    expect(summary.pass).toBeGreaterThan(70);
  });

  test("keeps every rule in 500 random programs", async () => {
    const board = await openCBoard({ files: [file(name)] });
    const report = await runRandomPrograms(board, { seed: 1, runs: 500 });
    expect(report.failures.map(({ origin }) => origin)).toEqual([]);
    // Programs that ask for more than the board has are made and not run.
    expect(report.programs).toBeGreaterThan(400);
  });

  test("with its mistake breaks laws", async () => {
    const board = await openCBoard({ files: [file(name)], defines: ["MISTAKE"] });
    const { laws, summary } = await runConformance(board, { random: false });
    const broken = laws.flatMap(({ id, verdict }) => (verdict === "fail" ? [id] : []));
    expect(broken).toEqual(expect.arrayContaining([...owners]));
    expect(summary.error).toBe(0);
    expect(summary.pass).toBeGreaterThan(20);
  });
});
