import { laws } from "@escapement/conformance";
import { sameResult } from "@escapement/explore";
import { parseUnoReport, unoCoveragePage } from "@escapement/explore-avr";
import { expect, test } from "vitest";
import { FakeIo, fakeWorld, run } from "./fakes.js";

test("READ-01 with a bug in the firmware: exit 1, the instruction, its function and source, and the replay", async () => {
  const io = new FakeIo();
  const line = "explore uno --only READ-01 --bug ganssle-high-word";
  const { code, out } = await run(`${line} --json r.json`, fakeWorld(), io, laws);
  expect(code).toBe(1);
  const finding =
    /✗ READ-01 on uno, law, value \S+, (u1:\d+[wcs][+-]?), at 0x[0-9a-f]{4} in (\w+) \((\S+:\d+)\)\n {2}\S.*\n/.exec(
      out,
    );
  expect(finding?.[2]).toMatch(/now/);
  expect(finding?.[3]).toMatch(/^hal\/esc_timer_hal\.c:\d+$/);
  expect(out).toMatch(/[1-9]\d* findings\n$/);
  expect(out).toMatch(/\d+ of \d+ addresses had an event before them, \d+ the wrap, with 0 holds/);
  expect(out).toMatch(/\n\d+ of \d+ addresses with a timer pending had its match before them/);
  expect(out).toMatch(/\nwithout the wrap: .*\w+ \d+\/\d+/);
  const [, again = ""] = /again: escapement (.*)\n/.exec(out) ?? [];
  expect(again).toContain(finding?.[1]);
  const replayed = await run(again, fakeWorld(), io, laws);
  expect(replayed.code).toBe(1);
  expect(replayed.out).toContain(finding?.[0]);
  expect(replayed.out).toMatch(/\n {2}READ-01\n(?: {2}.+\n){2,}✗ READ-01 on uno/);
  const { emulator, limits, units } = parseUnoReport(io.readFile("r.json"));
  expect(emulator).toBe("corrected");
  expect(limits.bound).toBe(1);
  expect(units.map(({ name, findings }) => `${name} ${findings.length}`)).toEqual(["READ-01 5"]);
});

test("--coverage writes what was searched as a Markdown page, also beside JSON on stdout", async () => {
  const line = "explore uno --only READ-13 --slack 64 --coverage page.md --json";
  const { code, out, io } = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(code).toBe(0);
  const page = io.readFile("page.md");
  expect(page).toBe(unoCoveragePage(parseUnoReport(out)));
  expect(page).toMatch(/^# What the search of the firmware covered\n/);
  expect(page).toMatch(/^\| READ-13 \| 1 \| (?:[\d ]+ \| ){9}0 \|$/m);
  expect(page).toContain("\n| slack, in ticks | 64 |\n");
  const again = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(again.io.readFile("page.md")).toBe(page);
});

test("--coverage of a firmware with a bug counts its findings: exit 1", async () => {
  const line = "explore uno --only READ-01 --bug ganssle-high-word --coverage page.md";
  const { code, out, io } = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(code).toBe(1);
  const [, count = ""] = /(?:^|\n)([1-9]\d*) findings\n$/.exec(out) ?? [];
  expect(io.readFile("page.md")).toContain(`| findings | ${count} |`);
  expect(io.readFile("page.md")).toMatch(new RegExp(`^\\| READ-01 \\|.* \\| ${count} \\|$`, "m"));
});

test("Ctrl-C ends a search with what is known: exit 130, and the line that resumes it does the rest", async () => {
  const io = new FakeIo({}, true);
  const write = io.stderr.write.bind(io.stderr);
  io.stderr.write = (text: string) => {
    write(text);
    if (text.includes("STOP-02")) io.interrupt();
  };
  const line = "explore uno --only READ-13,STOP-02 --slack 64 --coverage page.md --json part.json";
  const { code, out, err } = await run(line, fakeWorld(), io, laws);
  expect(code).toBe(130);
  expect(io.readFile("page.md")).toContain("did not come to its end");
  expect(err).toMatch(/1\/2 units {2}\d+ schedules run {2}[\d ]+\/s {2}0 findings .*STOP-02/);
  expect(out).toContain("1 of 2 laws done\nnot searched to the end");
  const [, again = ""] = /resume: escapement (.*)\n/.exec(err) ?? [];
  io.stderr.write = write;
  const resumed = await run(again, fakeWorld(), io, laws);
  expect(resumed.code).toBe(0);
  const whole = await run(
    "explore uno --only READ-13,STOP-02 --slack 64 --json",
    fakeWorld(),
    new FakeIo(),
    laws,
  );
  expect(sameResult(parseUnoReport(io.readFile("part.json")), parseUnoReport(whole.out))).toBe(
    true,
  );
});

test("shards merge into a report of all laws; files of another search do not", async () => {
  const io = new FakeIo();
  const line = "explore uno --only READ-13,STOP-02 --slack 64";
  for (const index of [1, 2]) {
    const shard = await run(
      `${line} --shard ${index}/2 --json ${index}.json`,
      fakeWorld(),
      io,
      laws,
    );
    expect(shard.code).toBe(0);
    expect(shard.out).toContain("1 of 2 laws done\n");
    expect(shard.out).not.toContain("not searched to the end");
  }
  const merged = await run(
    "explore uno --merge 1.json 2.json --json all.json",
    fakeWorld(),
    io,
    laws,
  );
  expect(merged.code).toBe(0);
  expect(merged.out).toMatch(/^2 laws, 2 cases, /m);
  const { units } = parseUnoReport(io.readFile("all.json"));
  expect(units.map(({ name }) => name)).toEqual(["READ-13", "STOP-02"]);
  await run("explore uno --only READ-13 --slack 32 --json other.json", fakeWorld(), io, laws);
  const mixed = await run("explore uno --merge 1.json other.json", fakeWorld(), io, laws);
  expect(mixed.err).toContain("error[report-mismatch]");
  expect(mixed.code).toBe(2);
  const foreign = await run("explore --merge 1.json", fakeWorld(), io, laws);
  expect(foreign.err).toContain(
    "a search by `escapement explore uno`, not by `escapement explore`",
  );
  expect(foreign.code).toBe(2);
});

test("READ-13 brings the wrap to instructions with holds; a schedule with a hold is replayed", async () => {
  const { code, out } = await run(
    "explore uno --only READ-13 --slack 64",
    fakeWorld(),
    new FakeIo(),
    laws,
  );
  expect(code).toBe(0);
  expect(out).toMatch(/the wrap, with [1-9]\d* holds?\n/);
  const line = "explore uno --only READ-13 --slack 64 --schedule u1:@12345/";
  const replayed = await run(line, fakeWorld(), new FakeIo(), laws);
  expect(replayed.out).toContain("READ-13 holds in this run");
  expect(replayed.code).toBe(0);
});

test.each([
  ["sweep uno", "unknown-command", "escapement explore uno"],
  ["explore duo", "invalid-argument", "escapement explore"],
  ["explore uno duo", "invalid-argument", "escapement explore uno"],
  ["explore uno --profile avr16", "invalid-option", "--help"],
  ["explore --stock", "invalid-option", "--help"],
  ["explore uno --bound 3", "invalid-option", "from 1 to 2"],
  ["explore uno --coverage=", "invalid-option", "--coverage out"],
  ["explore uno --coverage /nowhere/page.md", "cannot-write", "folder"],
  ["explore uno --only NOPE", "unknown-law", "escapement laws"],
  ["explore uno --bug nope", "unknown-bug", "ganssle-high-word"],
  ["explore uno --only STOP-04", "invalid-option", "lacks"],
  ["explore uno --only READ-01 --value 3", "invalid-option", "--schedule"],
  ["explore uno --only READ-01 --schedule e1:3w", "bad-schedule", "u1:"],
  ["explore uno --only READ-01 --schedule u1:@0/3w", "bad-schedule", "u1:@12345"],
  ["explore uno --only READ-01 --schedule u9:3w", "schedule-version", "release"],
])("`%s` is a usage error: %s", async (line, code, hint) => {
  const { code: exit, out, err } = await run(line);
  expect(err).toMatch(new RegExp(`^error\\[${code}\\]: .+\n`));
  expect(err).toContain(hint);
  expect({ exit, out }).toEqual({ exit: 2, out: "" });
});

test("--workers is refused with the reason, and with what to do instead", async () => {
  const { code, err } = await run("explore uno --workers 2", fakeWorld(), new FakeIo(), laws);
  expect(err).toContain("error[invalid-option]: explore uno has no option --workers");
  expect(err).toContain("Give each process a --shard");
  expect(code).toBe(2);
});
