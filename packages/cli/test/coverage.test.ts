import { readFileSync } from "node:fs";
import { createSimBoard, SimRandom, simProfiles } from "@escapement/board-sim";
import { laws, skipReason } from "@escapement/conformance";
import { describe, expect, test } from "vitest";
import { lawRows, numberOf, numbersIn } from "./coverage-rows.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";

const hint = "`pnpm coverage` writes docs/coverage.md again";
/** Another sample for each commit, where CI sets it. */
const seed = Number(process.env.ESCAPEMENT_SAMPLE_SEED ?? "1");
const again = `ESCAPEMENT_SAMPLE_SEED=${seed} npx vitest run test/coverage.test.ts`;
const sampled = 3;
/** A row with more schedules is left to the whole search. */
const mostSchedules = 4_000;

const columns = ["cases", "points", "schedules", "pruned", "bound", "findings"] as const;

/** The rows of the tables of laws, by profile and law. */
function rowsOf(text: string): Map<string, Map<string, string>> {
  const sections = text.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => [section.slice(0, section.indexOf("\n")), lawRows(section)]),
  );
}

function cellOf(row: string, column: (typeof columns)[number]): number {
  return numbersIn(row)[columns.indexOf(column)] ?? Number.NaN;
}

const page = readFileSync(new URL("../../../docs/coverage.md", import.meta.url), "utf8");
const committed = rowsOf(page);
const profiles = Object.keys(simProfiles) as (keyof typeof simProfiles)[];

describe("docs/coverage.md", () => {
  test.each(profiles)(
    "has a row for every law that %s has, in the order of the catalogue",
    (profile) => {
      const board = createSimBoard({ profile }).describe();
      const has = laws.filter(
        (law) => law.programs === undefined && skipReason(law, board) === undefined,
      );
      expect([...(committed.get(profile)?.keys() ?? [])], hint).toEqual(has.map(({ id }) => id));
    },
  );

  test("has totals that are the sums of its rows, and no finding", () => {
    const rows = [...committed.values()].flatMap((byLaw) => [...byLaw.values()]);
    const sum = (column: (typeof columns)[number]) =>
      rows.reduce((total, row) => total + cellOf(row, column), 0);
    const said = /^([\d ]+) cases, ([\d ]+) points, ([\d ]+) schedules[^,]*, ([\d ]+) pruned/m;
    const totals = (said.exec(page) ?? []).slice(1).map(numberOf);
    expect(totals).toEqual((["cases", "points", "schedules", "pruned"] as const).map(sum));
    expect(sum("findings")).toBe(0);
    expect(page).toMatch(/: 0 findings,\s+0 unprotected conflicting accesses, 0 errors\./);
  });

  const random = new SimRandom(seed);
  const small = profiles.map((profile) => {
    const all = [...(committed.get(profile) ?? [])];
    const rows = all.filter(([, row]) => cellOf(row, "schedules") <= mostSchedules);
    const at = Array.from({ length: sampled }, () => random.below(rows.length));
    return { profile, some: [...new Set(at)].sort((a, b) => a - b).map((each) => rows[each]) };
  });

  test.each(small)(`is what a search of some laws on $profile says: ${again}`, async (sample) => {
    const some = sample.some.filter((row) => row !== undefined);
    const only = some.map(([law]) => law).join();
    const line = `explore --workers 0 --profile ${sample.profile} --only ${only} --coverage page.md`;
    const { code, io } = await run(line, fakeWorld(), new FakeIo(), laws);
    expect(code).toBe(0);
    const searched = rowsOf(io.readFile("page.md")).get(sample.profile);
    expect(some).toEqual([...(searched ?? [])]);
  });
});
