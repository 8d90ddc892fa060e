import { fileURLToPath } from "node:url";
import { runConformance } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { openCBoard } from "../src/index.js";

const file = (name: string): string =>
  fileURLToPath(new URL(`../examples/${name}.c`, import.meta.url));

/** Ticks of the driver on a counter whose lap is 256 or 65 536: within a lap, a lap, and longer than that. */
const ticks = [
  ["prescaled8", 100],
  ["prescaled8", 256],
  ["prescaled8", 1000],
  ["avr16", 20_000],
  ["avr16", 100_000],
] as const;

describe.each(["tick_list", "timer_wheel"])("%s, whose ticks are long for the counter", (name) => {
  test.each(ticks)(
    "keeps every law that it can be asked for on %s with ticks of %i",
    async (profile, tick) => {
      const board = await openCBoard({ files: [file(name)], profile, defines: [`TICK=${tick}`] });
      const { laws, summary } = await runConformance(board, { random: false });
      const broken = laws.filter(({ verdict }) => verdict === "fail" || verdict === "error");
      expect(broken.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
      expect(summary.pass).toBeGreaterThan(60);
      const held = laws.filter(({ reason = "" }) => reason.includes("kept out for a lap"));
      expect(held.map(({ id }) => id)).toContain("PER-19");
    },
  );
});
