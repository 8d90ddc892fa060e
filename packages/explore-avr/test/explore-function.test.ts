import { ExploreError } from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { exploreFunction, type FunctionRun } from "../src/index.js";
import { withoutRecheck } from "./support.js";

const isTrue = ({ result32, callTicks, returnTicks }: FunctionRun) =>
  result32 >= callTicks && result32 <= returnTicks ? undefined : `it reads ${result32}`;

describe.each([
  ["corrected", false],
  ["stock", true],
] as const)("a function with the wrap before each instruction, %s emulator", (_name, stock) => {
  it.each([true, false])("READ-01 esc_now() is never off, interrupts enabled: %s", (interrupts) => {
    const report = exploreFunction({ function: "esc_now", stock, interrupts, check: isTrue });
    expect(report.points).toBeGreaterThan(8);
    expect(report.runs).toBe(report.points);
    expect(report.findings).toEqual([]);
  });

  it.each([true, false])(
    "the control: without the recheck it is, interrupts enabled: %s",
    (interrupts) => {
      const options = { ...withoutRecheck, function: "esc_now", stock, interrupts, check: isTrue };
      const { findings } = exploreFunction(options);
      expect(findings.length).toBeGreaterThan(0);
      for (const { place } of findings) expect(place.function).toBe("esc_now");
      expect(exploreFunction({ ...options, rerun: true }).findings).toEqual(findings);
    },
  );
});

describe("a search of one function", () => {
  it("gives up a function after 200 instructions", () => {
    const { points, runs } = exploreFunction({ function: "esc_deinit_all", rounds: 2 });
    expect(points).toBe(200);
    expect(runs).toBe(400);
  });

  it("refuses what makes no sense, by a typed error", () => {
    const codeOf = (options: Parameters<typeof exploreFunction>[0]) => {
      try {
        exploreFunction(options);
      } catch (error) {
        if (error instanceof ExploreError) return error.code;
        throw error;
      }
      return "none";
    };
    expect(codeOf({ function: "nothing" })).toBe("symbols");
    expect(codeOf({ function: "esc_now", rounds: 0 })).toBe("invalid-argument");
    expect(codeOf({ function: "esc_now", args: Array.from({ length: 10 }, () => 0) })).toBe(
      "invalid-argument",
    );
    expect(codeOf({ function: "main" })).toBe("cannot-run");
  });
});
