import { laws } from "@escapement/conformance";
import { unoCoveragePage } from "@escapement/explore-avr";
import { expect, test } from "vitest";
import { FakeIo, fakeWorld, run } from "./fakes.js";

test("READ-01 with a bug in the firmware: exit 1, the instruction, its function and source, and the replay", async () => {
  const io = new FakeIo();
  const line = "sweep uno --law READ-01 --bug ganssle-high-word";
  const { code, out } = await run(`${line} --json r.json`, fakeWorld(), io, laws);
  expect(code).toBe(1);
  const finding =
    /✗ READ-01, law, value \S+, (u1:\d+[wcs][+-]?), at 0x[0-9a-f]{4} in (\w+) \((\S+:\d+)\)\n {2}\S.*\n/.exec(
      out,
    );
  expect(finding?.[2]).toMatch(/now/);
  expect(finding?.[3]).toMatch(/^src\/esc_hal\.c:\d+$/);
  expect(out).toMatch(/[1-9]\d* violations\n$/);
  expect(out).toMatch(/\d+ of \d+ addresses had an event before them, \d+ the wrap, by 0 phases/);
  expect(out).toMatch(/\n\d+ of \d+ addresses with a timer pending had its match before them/);
  expect(out).toMatch(/\nwithout the wrap: .*\w+ \d+\/\d+/);
  const [, again = ""] = /again: escapement (.*)\n/.exec(out) ?? [];
  expect(again).toContain(finding?.[1]);
  const replayed = await run(again, fakeWorld(), io, laws);
  expect(replayed.code).toBe(1);
  expect(replayed.out).toContain(finding?.[0]);
  const report = JSON.parse(io.readFile("r.json"));
  expect(report).toMatchObject({ emulator: "corrected", bound: 1, cases: [{ name: "READ-01" }] });
  expect(report.cases[0].findings[0].trace).toBeUndefined();
});

test("--coverage writes what was gone through as a Markdown page, also beside JSON on stdout", async () => {
  const line = "sweep uno --law READ-13 --slack 64 --coverage page.md --json";
  const { code, out, io } = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(code).toBe(0);
  const page = io.readFile("page.md");
  expect(page).toBe(unoCoveragePage(JSON.parse(out)));
  expect(page).toMatch(/^# What the sweep of the firmware went through\n/);
  expect(page).toMatch(/^\| READ-13 \| 1 \| (?:[\d ]+ \| ){9}0 \|$/m);
  expect(page).toContain("\n| slack, in ticks | 64 |\n");
  const again = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(again.io.readFile("page.md")).toBe(page);
});

test("--coverage of a firmware with a bug counts its violations: exit 1", async () => {
  const line = "sweep uno --law READ-01 --bug ganssle-high-word --coverage page.md";
  const { code, out, io } = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(code).toBe(1);
  const [, count = ""] = /(?:^|\n)([1-9]\d*) violations\n$/.exec(out) ?? [];
  expect(io.readFile("page.md")).toContain(`| violations | ${count} |`);
  expect(io.readFile("page.md")).toMatch(new RegExp(`^\\| READ-01 \\|.* \\| ${count} \\|$`, "m"));
});

test("Ctrl-C ends a sweep with what is known: exit 130", async () => {
  const io = new FakeIo({}, true);
  const write = io.stderr.write.bind(io.stderr);
  io.stderr.write = (text: string) => {
    write(text);
    if (text.includes("placed")) io.interrupt();
  };
  const { code, out, err } = await run(
    "sweep uno --law READ-01 --coverage page.md",
    fakeWorld(),
    io,
    laws,
  );
  expect(code).toBe(130);
  expect(io.readFile("page.md")).toContain("was not done to its end");
  expect(err).toMatch(/1\/1 {2}READ-01 {2}[\d ]+ placed/);
  expect(out).toContain("not swept to the end");
});

test("READ-13 brings the wrap to instructions by phases of the counter; a schedule with its hold is replayed", async () => {
  const { code, out } = await run(
    "sweep uno --law READ-13 --slack 64",
    fakeWorld(),
    new FakeIo(),
    laws,
  );
  expect(code).toBe(0);
  expect(out).toMatch(/the wrap, by [1-9]\d* phases of the counter besides\n/);
  const line = "sweep uno --law READ-13 --slack 64 --schedule u1:@12345/";
  const replayed = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(replayed.out).toContain("READ-13 holds in this run");
  expect(replayed.code).toBe(0);
});

test.each([
  ["sweep", "invalid-argument", "escapement sweep uno"],
  ["sweep duo", "invalid-argument", "escapement sweep uno"],
  ["sweep uno duo", "invalid-argument", "escapement sweep uno"],
  ["sweep uno --bound 3", "invalid-option", "from 1 to 2"],
  ["sweep uno --coverage=", "invalid-option", "--coverage out"],
  ["sweep uno --coverage /nowhere/page.md", "cannot-write", "folder"],
  ["sweep uno --law NOPE", "unknown-law", "escapement laws"],
  ["sweep uno --bug nope", "unknown-bug", "ganssle-high-word"],
  ["sweep uno --law STOP-04", "invalid-option", "lacks"],
  ["sweep uno --law READ-01 --value 3", "invalid-option", "--schedule"],
  ["sweep uno --law READ-01 --schedule e1:3w", "bad-schedule", "u1:"],
  ["sweep uno --law READ-01 --schedule u1:@0/3w", "bad-schedule", "u1:@12345"],
  ["sweep uno --law READ-01 --schedule u9:3w", "schedule-version", "release"],
])("`%s` is a usage error: %s", async (line, code, hint) => {
  const { code: exit, out, err } = await run(line);
  expect(err).toMatch(new RegExp(`^error\\[${code}\\]: .+\n`));
  expect(err).toContain(hint);
  expect({ exit, out }).toEqual({ exit: 2, out: "" });
});
