import { fileURLToPath } from "node:url";
import { simProfiles } from "@escapement/board-sim";
import { runConformance } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { openCBoard } from "../src/index.js";

const file = (name: string): string => fileURLToPath(new URL(`drivers/${name}.c`, import.meta.url));

describe("what a driver finds where it does not bring it", () => {
  test.each(["-O0", "-Os"] as const)(
    "the C library gives the right results at %s",
    async (optimize) => {
      const lines: string[] = [];
      const log = (line: string): void => void lines.push(line);
      // It ends itself where every result was right.
      const opened = openCBoard({ files: [file("little_library")], optimize, log });
      await expect(opened).rejects.toThrow("exit() was called");
      expect(lines.at(-1)).toBe("all is well");
    },
  );

  const profiles = Object.values(simProfiles).map(({ name }) => name);
  test.each(profiles)("an alarm of 64 bits, on %s", async (name) => {
    const profile = name as keyof typeof simProfiles;
    const board = await openCBoard({ files: [file("trusting")], profile });
    const { laws, summary } = await runConformance(board);
    const broken = laws.filter(({ verdict }) => verdict === "fail" || verdict === "error");
    expect(broken.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(summary.pass).toBeGreaterThan(40);
  });

  test("a driver that trusts the chip's interrupt itself is early", async () => {
    const board = await openCBoard({ files: [file("trusting")], defines: ["MISTAKE"] });
    const { laws } = await runConformance(board, { only: ["ARM-10", "STOP-09"] });
    expect(laws.map(({ verdict }) => verdict)).toEqual(["fail", "fail"]);
  });
});
