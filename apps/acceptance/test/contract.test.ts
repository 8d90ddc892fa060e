import { join } from "node:path";
import { laws, ruleStatement } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { listFiles, readText, root } from "../src/workspace.js";

interface Rule {
  readonly id: string;
  readonly promise: string;
  /** Any of law, judge and unit; or none. */
  readonly judgedBy: readonly string[];
  readonly origin: string;
}

const rules: readonly Rule[] = readText("docs/contract.md")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => /^[A-Z]+-\d\d$/.test(cells[1] ?? ""))
  .map((cells) => ({
    id: cells[1] ?? "",
    promise: cells[3] ?? "",
    judgedBy: cells[4]?.split(", ") ?? [],
    origin: cells[5] ?? "",
  }));

const pagesOfUsers = listFiles(
  /^(README|llms|docs\/guides\/.*|(packages|apps)\/\w[^/]*\/README)\.(md|txt)$/,
);

const unitTests = listFiles(/^packages\/(core|firmware|conformance)\/(c\/)?test\/.*\.(test\.ts|c)$/)
  .map(readText)
  .join("\n");

/**
 * A page with this number of laws wherever it counts them all, and in summaries that add up to it. Counts of half of them or fewer are
 * of a run of some laws, as with `--only`. A new law is taken to pass; where it does not, the page's own test says so.
 */
function withLawCount(page: string, count: number): string {
  const countsAll = (number: number): boolean => number > count / 2;
  return page
    .replace(
      /(\d+)( laws on (?:(\d+) boards|[^:\n]\S*): )(\d+)( pass(?:, (\d+) fail)?(?:, (\d+) skip)?(?:, (\d+) error)?)/g,
      (found, laws, on, boards, _pass, after, ...others) => {
        if (!countsAll(Number(laws))) return found;
        const rest = others.slice(0, 3).reduce((sum, each) => sum + Number(each ?? 0), 0);
        return `${count}${on}${count * Number(boards ?? 1) - rest}${after}`;
      },
    )
    .replace(/\b\d+(?= (?:laws\b|tests\)))/g, (found) =>
      countsAll(Number(found)) ? String(count) : found,
    )
    .replace(
      /("?pass"?: ?)(\d+)(, ?"?fail"?: ?(\d+), ?"?skip"?: ?(\d+), ?"?error"?: ?(\d+))|(\d+)( pass +(\d+) fail +(\d+) skip +(\d+) error)/g,
      (found, ...groups: (string | undefined)[]) => {
        const [before, pass, after, ...others] =
          groups[1] === undefined ? ["", ...groups.slice(6, 11)] : groups.slice(0, 6);
        const rest = others.reduce((sum, each) => sum + Number(each ?? 0), 0);
        if (!countsAll(rest + Number(pass))) return found;
        return `${before}${count - rest}${after}`;
      },
    );
}

describe("the contract", () => {
  it("has rules in nine groups, each with its origin and its judge", () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    expect(new Set(rules.map((rule) => rule.id.split("-")[0])).size).toBe(9);
    for (const rule of rules) {
      expect(rule.origin, rule.id).toMatch(/\w{3}/);
      const known = rule.judgedBy.includes("none") ? ["none"] : ["law", "judge", "unit"];
      expect(rule.judgedBy.length, rule.id).toBeGreaterThan(0);
      expect(known, rule.id).toEqual(expect.arrayContaining([...rule.judgedBy]));
    }
  });

  it("has a law of the same id for every rule judged by a law, and no other laws", () => {
    const judged = rules.filter((rule) => rule.judgedBy.includes("law")).map((rule) => rule.id);
    expect(laws.map((law) => law.id).sort()).toEqual(judged.sort());
  });

  it("has the sentence of each rule that a report can name, word for word where it has no law", () => {
    const ofLaws = new Set<string>(laws.map(({ id }) => id));
    const named = rules.filter(({ judgedBy }) =>
      judgedBy.some((by) => by !== "unit" && by !== "none"),
    );
    expect(named.filter(({ id }) => ruleStatement(id) === undefined)).toEqual([]);
    for (const { id, promise } of rules.filter((rule) => !ofLaws.has(rule.id))) {
      const sentence = promise.replace(/ Varied by [^.]*\.$/, "");
      expect([undefined, sentence], id).toContain(ruleStatement(id));
    }
  });

  // The comparisons of the guides' outputs leave these numbers out, so that a new law breaks none.
  it.each(pagesOfUsers)(
    "%s says the number of all laws where it counts them (-u writes it)",
    async (path) => {
      const page = readText(path);
      await expect(withLawCount(page, laws.length)).toMatchFileSnapshot(join(root, path));
    },
  );

  it("control: a count and a summary that are not of all laws are corrected", () => {
    const counted = (text: string) => withLawCount(text, 145);
    expect(counted("{ pass: 142, fail: 0, skip: 2, error: 0 }")).toContain("pass: 143,");
    expect(counted('{"pass":144,"fail":0,"skip":0,"error":0}')).toContain('"pass":145,');
    expect(counted("sim  144 laws: 140 pass   0 fail   4 skip   0 error")).toBe(
      "sim  145 laws: 141 pass   0 fail   4 skip   0 error",
    );
    expect(counted("✓ 144 laws on 7 boards: 1000 pass, 8 skip, in 21 s")).toBe(
      "✓ 145 laws on 7 boards: 1007 pass, 8 skip, in 21 s",
    );
    expect(counted("✗ 144 laws on tcp://localhost:4000: 1 pass, 4 fail")).toBe(
      "✗ 145 laws on tcp://localhost:4000: 141 pass, 4 fail",
    );
    expect(counted("(144 tests)")).toBe("(145 tests)");
    for (const some of [
      "sim  2 laws:   2 pass   0 fail   0 skip   0 error",
      "{ pass: 9, fail: 0, skip: 0, error: 0 }",
      "✓ 2 laws on sim:avr16: 2 pass, in 0.2 s",
    ]) {
      expect(counted(some)).toBe(some);
    }
  });

  it("has a unit test that names every rule judged by one", () => {
    const judged = rules.filter((rule) => rule.judgedBy.includes("unit")).map((rule) => rule.id);
    expect(judged.length).toBeGreaterThan(5);
    expect(judged.filter((id) => !unitTests.includes(id))).toEqual([]);
  });

  it("has every rule that the judge holds in its sources, and says so of every rule that they cite", () => {
    const judged = rules.filter((rule) => rule.judgedBy.includes("judge")).map((rule) => rule.id);
    const sources = listFiles(/^packages\/conformance\/src\/judge\/.*\.ts$/).map(readText);
    const cited = new Set(sources.join("\n").match(/\b(READ|ARM|STOP|REG|PER|CALL|LIFE)-\d\d\b/g));
    const warnings = rules.filter((rule) => rule.judgedBy.includes("none")).map((rule) => rule.id);
    expect([...cited].filter((id) => !warnings.includes(id)).sort()).toEqual([...judged].sort());
    expect(judged.length).toBeGreaterThan(60);
  });

  it("knows every rule that a source or a test cites", () => {
    const known = new Set(rules.map((rule) => rule.id));
    const cited = listFiles(/^packages\/.*\.(ts|c|h)$/).flatMap((path) =>
      [...readText(path).matchAll(/\b(READ|ARM|STOP|REG|PER|CALL|LIFE|ANY|THR)-\d\d\b/g)].map(
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
