import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { URL } from "node:url";
import { parseReport, sameResult, summarize } from "@escapement/explore";
import { expect, onTestFinished, test } from "vitest";
import { progressText } from "../src/exploring/search-progress.js";
import { timeText } from "../src/numbers.js";
import { runBuilt, startCli } from "./child.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";

/** A fast search in this thread; the two laws are those that the fakes know. */
const quick = "explore --workers 0 --profile avr16 --only READ-01 --bound 1";
const naive = new URL("../../explore/examples/naive-hal.mjs", import.meta.url).pathname;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "escapement-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test("READ-01 is searched: exit 0, the table, and that there is nothing", async () => {
  const { code, out, err } = await run(quick);
  expect(code).toBe(0);
  expect(out).toMatch(/^ +cases +points +schedules +pruned +bound +findings\nREAD-01 +5 /);
  expect(out).toContain("0 findings, 0 unprotected conflicting accesses\n");
  expect(err).toBe("5 units to search\n");
});

test("on a terminal a line shows how far it is, and goes away", async () => {
  const io = new FakeIo({ NO_COLOR: "1" }, true);
  const { err } = await run(quick, fakeWorld(), io);
  expect(err).toMatch(/\d\/5 units {2}\d+ schedules run {2}[\d ]+\/s {2}0 findings/);
  expect(err.endsWith("\r\u001b[K")).toBe(true);
});

test("how far, how fast, how much longer", () => {
  const progress = {
    done: 30,
    planned: 130,
    takenOver: 10,
    runs: 41_000,
    schedules: 1,
    findings: 1,
  };
  expect(progressText(progress, 20)).toBe(
    "30/130 units  41 000 schedules run  2 050/s  1 finding  about 100 s left",
  );
  expect(progressText({ ...progress, done: 10, findings: 0 }, 0)).toBe(
    "10/130 units  41 000 schedules run  0/s  0 findings",
  );
  expect([3, 100, 600].map(timeText)).toEqual(["3.0 s", "100 s", "10 min"]);
});

test("--json prints the report alone; shards merge into the whole; a resumed one is the whole", async () => {
  const whole = parseReport((await run(`${quick} --json`)).out);
  const io = new FakeIo();
  for (const index of [1, 2, 3]) {
    const shard = await run(`${quick} --shard ${index}/3 --json ${index}.json`, fakeWorld(), io);
    expect(shard.code).toBe(0);
  }
  const merged = await run("explore --merge 1.json 2.json 3.json --json all.json", fakeWorld(), io);
  expect(merged.code).toBe(0);
  expect(sameResult(parseReport(io.readFile("all.json")), whole)).toBe(true);
  const part = await run("explore --merge 1.json 3.json", fakeWorld(), io);
  expect(part.code).toBe(4);
  expect(part.out).toMatch(/\d of 5 units done/);
  const resumed = await run(`${quick} --resume 2.json --json again.json`, fakeWorld(), io);
  expect(resumed.code).toBe(0);
  expect(sameResult(parseReport(io.readFile("again.json")), whole)).toBe(true);
});

test("Ctrl-C in the middle: exit 130, the partial report, and the line that resumes it", async () => {
  const io = new FakeIo();
  const write = io.stderr.write.bind(io.stderr);
  // The first sign of progress is where the user has enough.
  io.stderr.write = (text: string) => {
    write(text);
    if (text.includes("units to search")) io.interrupt();
  };
  const ended = await run(`${quick} --json part.json`, fakeWorld(), io);
  expect(ended.code).toBe(130);
  expect(ended.out).toMatch(/\d of 5 units done/);
  const [, line = ""] = /^resume: escapement (.*)$/m.exec(ended.err) ?? [];
  const { done, planned } = summarize(parseReport(io.readFile("part.json")));
  expect(done).toBeLessThan(planned);
  io.stderr.write = write;
  const resumed = await run(line, fakeWorld(), io);
  expect(resumed.code).toBe(0);
  const whole = parseReport((await run(`${quick} --json`)).out);
  expect(sameResult(parseReport(io.readFile("part.json")), whole)).toBe(true);
});

test("the line that resumes a search: the last of repeated options, file names as a shell reads them", async () => {
  const io = new FakeIo();
  const write = io.stderr.write.bind(io.stderr);
  io.stderr.write = (text: string) => {
    write(text);
    if (text.includes("units to search")) io.interrupt();
  };
  const ended = await run(`${quick} --bound 0 --only STOP-04 --json my$part.json`, fakeWorld(), io);
  expect(ended.code).toBe(130);
  const words = "--only READ-01,STOP-04 --profile avr16 --bound 0 --workers 0";
  const file = "'my$part.json'";
  expect(ended.err).toContain(
    `resume: escapement explore ${words} --resume ${file} --json ${file}`,
  );
});

test("a HAL of the user's: exit 1, findings with timeline and command, and the command replays", async () => {
  const at = await folder();
  const file = (name: string): string => join(at, name);
  const search = ["explore", "--workers", "0", "--hal", naive, "--only", "STOP-04", "--bound", "1"];
  const files = ["--json", file("n.json"), "--html", file("n.html"), "--vcd", file("n.vcd")];
  const found = await runBuilt([...search, ...files]);
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/✗ STOP-04 on naive, law, value \S+, e1:/);
  expect(found.out).toMatch(/[1-9]\d* findings?, /);
  const timeline = /✗ STOP-04[^\n]*\n((?: {2}[^\n]*\n)*?) {2}again: escapement ([^\n]*)\n/.exec(
    found.out,
  );
  expect(timeline?.[1]?.split("\n").length).toBeLessThanOrEqual(16);
  const line = timeline?.[2]?.split(" ") ?? [];
  const again = await runBuilt(line);
  expect(again.code).toBe(1);
  const fingerprint = /fingerprint [0-9a-f]{8}/.exec(again.out)?.[0] ?? "missing";
  expect((await runBuilt(line)).out).toContain(fingerprint);
  expect(await readFile(file("n.html"), "utf8")).toContain("<svg");
  expect(await readFile(file("n.vcd"), "utf8")).toContain("$enddefinitions $end");
  const report = parseReport(await readFile(file("n.json"), "utf8"));
  expect(summarize(report).findings).toBeGreaterThan(0);
});

test("--first ends at the first finding", async () => {
  const search = ["explore", "--workers", "0", "--hal", naive, "--only", "STOP-04", "--bound", "1"];
  const { out } = await runBuilt([...search, "--first", "--json"]);
  const report = parseReport(out);
  expect(report.units.filter(({ findings }) => findings.length > 0)).toHaveLength(1);
  expect(report.units.at(-1)?.findings).toHaveLength(1);
  const text = (await runBuilt([...search, "--first"])).out;
  expect(text).toContain("not every unit was searched to the end, even without a move\n");
});

test("random programs: found on a HAL of the user's, shown small, and the printed line replays", async () => {
  const at = await folder();
  const file = (name: string): string => join(at, name);
  const search = ["explore", "--workers", "0", "--hal", naive, "--programs", "12", "--seed", "3"];
  const found = await runBuilt([
    ...search,
    ...["--json", file("n.json"), "--html", file("n.html")],
  ]);
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/^random +12 /m);
  expect(found.out).toMatch(/✗ random on naive, law, seed \d+, e1:/);
  expect(found.out).toMatch(/ {2}program of \d+ operations?, shrunk from \d+:\n {2}program\(/);
  const [, line = ""] = /^ {2}again: escapement (.*)$/m.exec(found.out) ?? [];
  expect(line).toMatch(/^explore --programs 1 --seed \d+ --profile naive /);
  const again = await runBuilt(line.split(" "));
  expect(again.code).toBe(1);
  expect(again.out).toMatch(/✗ law: [A-Z]+-\d\d: /);
  expect(await readFile(file("n.html"), "utf8")).toContain("program(");
  const report = parseReport(await readFile(file("n.json"), "utf8"));
  const rules = report.units.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  expect(rules.some((rule) => rule !== undefined)).toBe(true);
  // What was found is merged and shown without the options that found it.
  const merged = await runBuilt(["explore", "--merge", file("n.json"), "--hal", naive]);
  expect(merged.out).toContain(`again: escapement ${line}`);
});

test("random programs of our HAL hold; options that contradict each other are refused", async () => {
  const whole = await run("explore --workers 0 --profile avr16 --programs 3 --bound 0");
  expect([whole.code, whole.err]).toEqual([0, "3 units to search\n"]);
  const cases = {
    "explore --programs 3 --only READ-01": "--only and --programs exclude each other",
    "explore --programs 0": "--programs",
    "explore --seed 3": "--seed is of searches",
    "explore --programs 3 --depth 2": "--depth is of searches",
    "explore --programs 2 --profile avr16 --schedule e1:": "a replay is of one law",
  };
  for (const [line, words] of Object.entries(cases)) {
    const { code, err } = await run(line);
    expect([line, code]).toEqual([line, 2]);
    expect(err).toContain(words);
  }
  const plain = await run("explore --programs 1 --seed 9 --profile avr16 --schedule e1:");
  expect(plain.code).toBe(0);
  expect(plain.out).toContain("✓ random holds in this run");
});

test("drawn schedules name their seed", async () => {
  const { code, out } = await run(
    "explore --workers 0 --profile avr16 --only READ-01 --pct 4 --depth 2 --seed 9",
  );
  expect(code).toBe(0);
  expect(out).toContain("schedules drawn (pct, depth 2, seed 9)");
});

test("a replay of the plain run passes; its JSON has the trace", async () => {
  const line = "explore --only READ-01 --profile rp2040 --schedule e1:";
  const refused = await run(line);
  expect(refused.code).toBe(2);
  const [, value = ""] = /--value: ([^,.]+)/.exec(refused.err) ?? [];
  const { code, out } = await run(`${line} --value ${value}`);
  expect(code).toBe(0);
  expect(out).toMatch(/fingerprint [0-9a-f]{8}\n✓ READ-01 holds in this run\n$/);
  const shown = JSON.parse((await run(`${line} --value ${value} --json`)).out);
  expect(shown).toMatchObject({ target: "rp2040", name: "READ-01", schedule: "e1:", findings: [] });
  expect(shown.trace.records.length).toBeGreaterThan(0);
});

const one = "explore --only READ-01 --profile avr16";
test.each([
  [`${one} --value 0 --schedule nonsense`, "bad-schedule", "copy it whole"],
  [`${one} --value 0 --schedule e2:5w`, "schedule-version", "release"],
  [`${one} --schedule e1:`, "invalid-option", "--value"],
  [`${one} --value x --schedule e1:`, "invalid-option", "--value 12"],
  [`${one} --value 12345.5 --schedule e1:`, "invalid-option", "--value"],
  ["explore --schedule e1:", "invalid-option", "--only STOP-06"],
  [`${one} --value 3`, "invalid-option", "--schedule"],
  [`${one} --bound 99`, "invalid-option", "--bound 2"],
  [`${one} --slack 0`, "invalid-option", "--slack 8"],
  [`${one} --workers two`, "invalid-option", "--workers 4"],
  [`${one} --shard 3/2`, "invalid-option", "--shard 2/8"],
  [`${one} --random 5 --pct 5`, "invalid-option", "one of them"],
  [`${one} --depth 5`, "invalid-option", "--pct 1000"],
  ["explore --profile nope", "invalid-option", "avr16, systick24"],
  ["explore --only NOPE-99", "unknown-law", "escapement laws"],
  ["explore --hal=", "invalid-option", "./my-hal.mjs"],
  ["explore all", "invalid-argument", "escapement explore"],
  ["explore --merge", "invalid-argument", "escapement explore"],
  ["explore --merge none.json", "cannot-read", "--json"],
  [`${one} --resume none.json`, "cannot-read", "--json"],
  [`${one} --html /nowhere/a.html`, "cannot-write", "folder"],
])("`%s` is a usage error: %s", async (line, code, hint) => {
  const { code: exit, out, err } = await run(line);
  expect(err).toMatch(new RegExp(`^error\\[${code}\\]: .+\n`));
  expect(err).toContain(hint);
  expect({ exit, out }).toEqual({ exit: 2, out: "" });
});

test("a schedule of another program, and a file that is no report, are refused", async () => {
  const refused = await run(`${one} --schedule e1:`);
  const [, value = ""] = /--value: ([^,.]+)/.exec(refused.err) ?? [];
  const other = await run(`${one} --value ${value} --schedule e1:99999w`);
  expect(other.code).toBe(2);
  expect(other.err).toContain("error[schedule-mismatch]");
  const io = new FakeIo();
  io.files.set("x.json", "{}");
  const merged = await run("explore --merge x.json", fakeWorld(), io);
  expect(merged.code).toBe(2);
  expect(merged.err).toContain("error[report-mismatch]");
});

test("a HAL module that cannot be imported: exit 4", async () => {
  const search = ["explore", "--workers", "0", "--hal", "/no/such/hal.mjs", "--only", "READ-01"];
  const { code, err } = await runBuilt(search);
  expect(code).toBe(4);
  expect(err).toContain("error[cannot-run]");
});

test("the built command searches in threads, the same with 1 and 2", async () => {
  const args = [
    "explore",
    "--only",
    "READ-01,STOP-01",
    "--profile",
    "avr16",
    "--bound",
    "1",
    "--json",
  ];
  const [one, two] = await Promise.all(
    ["1", "2"].map((workers) => runBuilt([...args, "--workers", workers])),
  );
  expect([one?.code, two?.code]).toEqual([0, 0]);
  expect(sameResult(parseReport(one?.out ?? ""), parseReport(two?.out ?? ""))).toBe(true);
});

test("the built command: Ctrl-C writes a partial report that can be resumed", async () => {
  const file = join(await folder(), "part.json");
  const child = startCli(["explore", "--all", "--bound", "2", "--workers", "2", "--json", file]);
  await child.warns(/units to search/);
  child.process.kill("SIGINT");
  expect(await child.ended).toBe(130);
  expect(child.err()).toContain(
    `resume: escapement explore --all --bound 2 --workers 2 --resume ${file} --json ${file}`,
  );
  const { done, planned, findings } = summarize(parseReport(await readFile(file, "utf8")));
  expect(done).toBeLessThan(planned);
  expect(findings).toBe(0);
});

test("the built command: a HAL that ends its thread is reported, the process lives; exit 4", async () => {
  const file = join(await folder(), "dying.mjs");
  const lines = [
    `import target from ${JSON.stringify(naive)};`,
    "const boot = (site) => {",
    "  const { driver } = target.boot(site);",
    "  return { driver: { ...driver, stop: () => process.exit(3) } };",
    "};",
    "export default { ...target, boot };",
  ];
  await writeFile(file, lines.join("\n"));
  const { code, out, err } = await runBuilt([
    "explore",
    "--hal",
    file,
    "--only",
    "STOP-04,READ-01",
    "--bound",
    "0",
  ]);
  expect(code).toBe(4);
  expect(err).toContain("error[worker-lost]: The worker ended with exit code 3, at naive STOP-04");
  expect(out).toMatch(/READ-01 +[1-9]/);
});
