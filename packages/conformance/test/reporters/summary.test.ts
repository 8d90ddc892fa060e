import { beforeAll, describe, expect, it } from "vitest";
import {
  type BoardReport,
  type LawResult,
  laws,
  sumLine,
  summarize,
  terminalSummary,
} from "../../src/index.js";
import { exampleReports } from "./reports.js";

const commandFor = (board: string, law: string): string =>
  `escapement conform ${board} --only ${law}`;

let reports: readonly BoardReport[] = [];
beforeAll(async () => {
  reports = await exampleReports();
});

/** A report with these laws, as if a board had run them. */
function reportOf(board: string, given: readonly Partial<LawResult>[]): BoardReport {
  const [first] = reports;
  if (first?.description === undefined) throw new Error("the example has no board");
  const results = given.map(
    (law): LawResult => ({
      id: "STOP-04",
      title: "a title",
      statement: "A statement.",
      verdict: "pass",
      durationMs: 1,
      ...law,
    }),
  );
  return {
    board,
    description: first.description,
    laws: results,
    summary: summarize(results),
  };
}

const linesOf = (text: string): readonly string[] => text.split("\n");

describe("a summary where every law holds", () => {
  it("has a row for each group, a column for each board, why laws were skipped, and the sum last", () => {
    const skip = { id: "STOP-19", verdict: "skip", reason: "needs nesting" } as const;
    const green = ["sim:one", "sim:two", "uno"].map((board, index) =>
      reportOf(board, [
        { id: "READ-01" },
        { id: "STOP-04" },
        index === 1 ? { id: "STOP-19" } : skip,
      ]),
    );
    expect(terminalSummary(green, { columns: 80, ending: "in 3.0 s" })).toBe(`\
                        sim:   sim:
                        one    two    uno
READ  Reading the time  ✓  1   ✓  1   ✓  1
STOP  Stopping          ✓  1   ✓  2   ✓  1

- skip STOP-19 on sim:one, uno: needs nesting

✓ 3 laws on 3 boards: 7 pass, 2 skip, in 3.0 s
`);
  });

  it("is a line a board where they do not fit side by side", () => {
    const green = ["sim:one", "sim:two", "sim:three"].map((board) => reportOf(board, [{}]));
    const [first] = linesOf(terminalSummary(green, { columns: 20 }));
    expect(first).toBe("✓ sim:one    1 pass");
  });

  it("fits one screen for all laws, and says in a line which differences are stated", () => {
    const results = laws.map(({ id, title, statement }) => ({ id, title, statement }));
    const whole = reportOf("uno", results);
    const [first] = reports;
    if (first?.description === undefined) throw new Error("the example has no board");
    const semantics = { equalDeadlines: { is: "lifo", source: "chvt.c" } } as const;
    const report = { ...whole, description: { ...first.description, semantics } };
    const text = terminalSummary([report], { columns: 80 });
    expect(linesOf(text).length).toBeLessThan(24);
    expect(text).toContain("\n- differs uno, as it states: equalDeadlines lifo (ARM-14)\n");
    expect(linesOf(text).at(-2)).toBe(`✓ ${laws.length} laws on uno: ${laws.length} pass`);
  });
});

describe("a summary where laws are broken", () => {
  const fail = (id: LawResult["id"], ...messages: readonly string[]): Partial<LawResult> => ({
    id,
    title: `title of ${id}`,
    verdict: "fail",
    reason: messages.join("; "),
    findings: messages.map((message) => ({ message })),
  });

  it("has each law once for all boards, and equal findings once for all values", () => {
    const messages = [
      ...["variable 0: 3 expiries, expected 1", "variable 1: 4 expiries, expected 1"],
      ...["too late", "variable 2: 5 expiries, expected 1"],
    ];
    const red = ["a", "b", "c", "d"].map((board) =>
      reportOf(board, [fail("STOP-04", ...messages)]),
    );
    const text = terminalSummary(red, { columns: 80, commandFor });
    expect(text.match(/✗ STOP-04 fails/g)).toHaveLength(1);
    expect(text).toContain("✗ STOP-04 fails on a and 3 more boards\n  law: A statement.\n");
    expect(text).toContain(
      "  variable 0: 3 expiries, expected 1; so 2 times more, with other numbers\n  too late\n",
    );
    expect(text).toContain("  again: escapement conform a --only STOP-04\n");
    expect(linesOf(text).at(-2)).toBe("✗ 1 law on 4 boards: 4 fail");
  });

  it("draws five, names twenty more, and counts the rest", () => {
    const ids = Array.from({ length: 31 }, (_, index) => {
      return `ARM-${String(index + 1).padStart(2, "0")}` as LawResult["id"];
    });
    const text = terminalSummary(
      [
        reportOf(
          "a",
          ids.map((id) => fail(id, "wrong")),
        ),
      ],
      { commandFor },
    );
    expect(text.match(/ fails on a\n/g)).toHaveLength(5);
    expect(text).toContain("✗ 26 more laws fail:\n  ARM-06  title of ARM-06 (a)\n");
    expect(text).toContain("  ARM-25  title of ARM-25 (a)\n  and 6 more\n");
    expect(text).toContain(`  again: escapement conform a --only ${ids.slice(5).join(",")}\n`);
  });

  it("says first what explains most of them", () => {
    const diagnosis = {
      kind: "whole-laps-off",
      message: "a lap is lost",
      hint: "Look there.",
      laws: ["STOP-04"],
    } as const;
    const report = { ...reportOf("a", [fail("STOP-04", "wrong")]), diagnosis };
    expect(linesOf(terminalSummary([report])).slice(0, 3)).toEqual([
      "✗ a: a lap is lost",
      "  It explains STOP-04.",
      "  hint: Look there.",
    ]);
  });

  it("draws the iteration that shows it, with what findings name marked, within the columns", () => {
    const [, uno] = reports;
    const broken = uno?.laws.find(({ verdict }) => verdict === "fail");
    if (uno === undefined || broken === undefined) throw new Error("nothing is broken");
    const records = [
      { kind: "iteration", value: 7, at: 100 },
      { kind: "expiry", timer: 0, scheduled: 120, at: 130, context: 1 },
    ] as const;
    const iteration = { records, indices: [0, 1], number: 8, count: 9, value: 7, omitted: 0 };
    const law = { ...broken, findings: [{ message: "late", record: 1 }], iteration };
    const report = reportOf("uno", [law]);
    const text = terminalSummary([report], { columns: 80 });
    expect(text).toContain(`  ${broken.id} on uno, iteration 8 of 9: variable 7\n`);
    expect(text).toMatch(/^ {2}✗ +[\d.]+ us +timer 0 +due .* late$/m);
    for (const line of linesOf(text)) expect(line.length).toBeLessThanOrEqual(80);
  });
});

it("the sum names the gravest verdict, and leaves out what did not happen", () => {
  const lost = reportOf("a", [{ verdict: "error" }, { verdict: "fail" }, {}]);
  expect(sumLine([lost])).toBe("! 3 laws on a: 1 pass, 1 fail, 1 error");
  expect(sumLine([])).toBe("✓ 0 laws on 0 boards: ");
  const styled = sumLine([lost], (role, text) => `<${role}>${text}`);
  expect(styled).toContain("<fail>1 fail");
});
