import { describe, expect, it } from "vitest";
import { faultsOf } from "../src/pages/faults.js";
import type { ResultRow } from "../src/pages/results.js";

const rows: readonly ResultRow[] = [
  { id: "a.ts:1", by: { laws: "ARM-01 @ avr16" } },
  { id: "a.ts:2", by: { laws: null, random: null, unit: "a test" } },
  { id: "a.ts:3", apart: "not-compiled" },
];
const reason = (mutants: readonly string[]) => ({
  kind: "equivalent" as const,
  why: "It is.",
  mutants,
});

describe("the reasons of survivors", () => {
  it("are whole where each survivor has one", () => {
    expect(faultsOf(rows, [reason(["a.ts:2"])])).toEqual([]);
  });

  it("lack one where a survivor has none", () => {
    expect(faultsOf(rows, [])).toEqual(["a.ts:2 survives without a reason"]);
  });

  it("may not be of a mutant that is killed, that does not count, or that is gone", () => {
    const faults = faultsOf(rows, [reason(["a.ts:2", "a.ts:1", "a.ts:3", "a.ts:4"])]);
    expect(faults).toEqual([
      "a.ts:1 has a reason to survive, and is killed or does not count",
      "a.ts:3 has a reason to survive, and is killed or does not count",
      "a.ts:4 has a reason to survive, and is no mutant of these sources",
    ]);
  });

  it("are one for each", () => {
    const faults = faultsOf(rows, [reason(["a.ts:2"]), reason(["a.ts:2"])]);
    expect(faults).toEqual(["a.ts:2 has two reasons"]);
  });
});
