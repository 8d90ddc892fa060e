import { readFileSync } from "node:fs";
import { laws, skipReason } from "@escapement/conformance";
import { describeUno } from "@escapement/explore-avr";
import { beforeAll, describe, expect, test } from "vitest";
import { lawRows, numberOf, numbersIn } from "./coverage-rows.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";

const file = new URL("../../../docs/firmware-coverage.md", import.meta.url);
const hint = "`pnpm coverage:uno` writes docs/firmware-coverage.md again";

async function searched(only: string): Promise<Map<string, string>> {
  const line = `explore uno --only ${only} --coverage page.md`;
  const { code, io } = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(code).toBe(0);
  return lawRows(io.readFile("page.md"));
}

describe("docs/firmware-coverage.md", () => {
  let page: string;
  let committed: Map<string, string>;
  let unoLaws: readonly string[];
  beforeAll(async () => {
    page = readFileSync(file, "utf8");
    committed = lawRows(page);
    const board = await describeUno();
    unoLaws = laws
      .filter((law) => law.programs === undefined && skipReason(law, board) === undefined)
      .map(({ id }) => id);
  });

  test("has a row for every law that the Uno has, in the order of the catalogue", () => {
    expect(unoLaws.length).toBeGreaterThan(100);
    expect([...committed.keys()], hint).toEqual(unoLaws);
  });

  test("has totals that are the sums of its rows, and no finding", () => {
    const rows = [...committed.values()].map(numbersIn);
    const sum = (column: number) => rows.reduce((total, cells) => total + (cells[column] ?? 0), 0);
    const total = (what: string) =>
      numberOf(new RegExp(`^\\| ${what} \\| ([\\d ]+) \\|$`, "m").exec(page)?.[1]);
    expect(total("laws")).toBe(committed.size);
    const summed = ["cases", "points", "holds", "schedules run", "schedules pruned"];
    for (const [column, what] of summed.entries()) {
      expect(total(what), what).toBe(sum(column));
      expect(total(what), what).toBeGreaterThan(0);
    }
    expect(total("findings")).toBe(0);
    expect(sum(10)).toBe(0);
    expect(page).not.toContain("did not come to its end");
  });

  // What a row with holds says depends on the laws above it, so the first ones are searched together.
  test("is what a search of the first three laws of the Uno says", async () => {
    const first = unoLaws.slice(0, 3);
    const rows = await searched(first.join());
    expect([...rows.keys()]).toEqual(first);
    for (const [law, row] of rows) expect(committed.get(law), hint).toBe(row);
  });

  // These programs set the counter's phase, so that nothing depends on other laws; they have a match in reach.
  test.each(["READ-06", "READ-12"])("is what a search of %s alone says", async (law) => {
    const row = (await searched(law)).get(law);
    expect(row).toMatch(/ \| [1-9]\d* \| 0 \|$/);
    expect(committed.get(law), hint).toBe(row);
  });
});
