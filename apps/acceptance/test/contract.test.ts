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

/** What a page says the number of all laws is: where it counts them, and what its summaries add up to. */
function countsOfAllLaws(page: string): number[] {
  const stated = page.matchAll(/\b(\d+) (?:laws\b|tests\))/g);
  const summaries = page.matchAll(
    /pass: (\d+), fail: (\d+), skip: (\d+), error: (\d+)|(\d+) pass +(\d+) fail +(\d+) skip +(\d+) error/g,
  );
  const sums = [...summaries].map(([, ...counts]) =>
    counts.reduce((sum, count) => sum + Number(count ?? 0), 0),
  );
  // A run of some laws, as with --only, has fewer than any catalogue.
  return [...[...stated].map(([, count]) => Number(count)), ...sums].filter((count) => count > 60);
}

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

  // The comparisons of the guides' outputs leave these numbers out, so that a new law breaks none.
  it("has as many laws as every page says that counts them all", () => {
    const counted = listFiles(
      /^(README|llms|docs\/guides\/.*|packages\/\w[^/]*\/README)\.(md|txt)$/,
    ).flatMap((path) => countsOfAllLaws(readText(path)).map((count) => `${path}: ${count}`));
    expect(counted.length).toBeGreaterThan(15);
    expect(counted.filter((each) => !each.endsWith(`: ${laws.length}`))).toEqual([]);
  });

  it("control: a summary that does not add up to all laws is seen", () => {
    expect(countsOfAllLaws("{ pass: 52, fail: 0, skip: 74, error: 0 }")).toEqual([126]);
    expect(countsOfAllLaws("sim  144 laws: 140 pass   0 fail   3 skip   0 error")).toEqual([
      144, 143,
    ]);
    expect(countsOfAllLaws("sim  2 laws:   2 pass   0 fail   0 skip   0 error")).toEqual([]);
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
    // 99 means an id that does not exist, in examples of that mistake.
    expect(unknown.filter((each) => !fakes.test(each) && !each.endsWith("-99"))).toEqual([]);
  });
});
