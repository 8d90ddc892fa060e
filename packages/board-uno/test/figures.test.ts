import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figuresPage, measureFigures } from "../src/index.js";

const committed = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const hint = "if that is meant: build, then node scripts/measure.mjs --write";

describe("figures of the shipped firmware", () => {
  const figures = measureFigures();
  const cyclesOf = (id: string) => figures.cycles.find((figure) => figure.id === id)?.cycles;

  it("are the committed ones, to the cycle and to the byte", () => {
    expect(figures, hint).toEqual(JSON.parse(committed("../figures.json")));
    expect(figuresPage(figures), hint).toBe(committed("../../../docs/figures.md"));
  });

  it("are the same when measured again", () => {
    expect(measureFigures()).toEqual(figures);
  });

  it("READ-14 a read takes 26 cycles at most, whatever is pending", () => {
    expect(cyclesOf("read")).toBeLessThanOrEqual(20);
    expect(cyclesOf("read-overflow")).toBeLessThanOrEqual(26);
  });

  it("measure what they say: each interrupt's figure grows with what is due", () => {
    const one = cyclesOf("interrupt-compare-1") ?? 0;
    const eight = cyclesOf("interrupt-compare-8") ?? 0;
    expect(one).toBeGreaterThan(cyclesOf("interrupt-overflow") ?? 0);
    expect(eight).toBeGreaterThan(2 * one);
    expect(eight).toBeLessThan(8 * one);
  });
});
