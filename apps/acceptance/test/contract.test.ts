import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { listFiles, readText } from "../src/workspace.js";

interface Rule {
  readonly id: string;
  readonly judgedBy: string;
  readonly origin: string;
}

const rules: readonly Rule[] = readText("docs/contract.md")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => /^[A-Z]+-\d\d$/.test(cells[1] ?? ""))
  .map((cells) => ({ id: cells[1] ?? "", judgedBy: cells[4] ?? "", origin: cells[5] ?? "" }));

const unitTests = listFiles(/^packages\/(core|firmware)\/(c\/)?test\/.*\.(test\.ts|c)$/)
  .map(readText)
  .join("\n");

describe("the contract", () => {
  it("has at least sixty rules over all groups, each with its origin and its judge", () => {
    expect(rules.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    expect(new Set(rules.map((rule) => rule.id.split("-")[0])).size).toBe(8);
    for (const rule of rules) {
      expect(rule.origin, rule.id).toMatch(/\w{3}/);
      expect(["law", "unit", "none"], rule.id).toContain(rule.judgedBy);
    }
  });

  it("has a law of the same id for every rule judged by a law, and no other laws", () => {
    const judged = rules.filter((rule) => rule.judgedBy === "law").map((rule) => rule.id);
    expect(laws.map((law) => law.id).sort()).toEqual(judged.sort());
  });

  it("has a unit test that names every rule judged by one", () => {
    const judged = rules.filter((rule) => rule.judgedBy === "unit").map((rule) => rule.id);
    expect(judged.length).toBeGreaterThan(5);
    expect(judged.filter((id) => !unitTests.includes(id))).toEqual([]);
  });

  it("knows every rule that a source or a test cites", () => {
    const known = new Set(rules.map((rule) => rule.id));
    const cited = listFiles(/^packages\/.*\.(ts|c|h)$/).flatMap((path) =>
      [...readText(path).matchAll(/\b(READ|ARM|STOP|REG|PER|CALL|LIFE|THR)-\d\d\b/g)].map(
        (match) => `${path} ${match[0]}`,
      ),
    );
    expect(cited.length).toBeGreaterThan(200);
    const fakes = /packages\/(conformance|cli)\/test\//;
    const unknown = cited.filter((each) => !known.has(each.slice(-7).trim()));
    // 99 stands for an id that does not exist, in examples of that mistake.
    expect(unknown.filter((each) => !fakes.test(each) && !each.endsWith("-99"))).toEqual([]);
  });
});
