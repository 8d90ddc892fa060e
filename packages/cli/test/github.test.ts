import { relative } from "node:path";
import { laws } from "@escapement/conformance";
import { expect, test } from "vitest";
import type { BoardWorld } from "../src/index.js";
import { runBuilt } from "./child.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";
import forgetful from "./fixtures/forgetful-board.mjs";

const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "summary.md" };

/** A world whose boards run nothing, so that one of the fakes' laws is broken and the other skipped. */
function emptyWorld(): BoardWorld {
  const open = async () => ({ board: new FakeBoard(async () => ({ records: [] })) });
  return fakeWorld({ openSim: open, openUno: open, openModule: open, openPort: open });
}

test("on GitHub a broken law is an annotation, once for all boards, and JSON on stdout stays whole", async () => {
  const { out, err } = await run("conform sim --json", emptyWorld(), new FakeIo({ ...env }));
  expect(err).toBe(
    "::error title=READ-01 fails on sim%3Aone%2C sim%3Atwo::There is a record.%0Ano record, expected one%0Aagain: escapement conform sim:one --only READ-01\n",
  );
  expect(JSON.parse(out).boards).toHaveLength(2);
});

test("a board that is a file has its annotation there", async () => {
  const { err } = await run("conform src/board.mjs", emptyWorld(), new FakeIo({ ...env }));
  expect(err).toMatch(/^::error file=src\/board\.mjs,title=READ-01 fails on src\/board\.mjs::/);
  const port = await run("conform /dev/ttyACM0", emptyWorld(), new FakeIo({ ...env }));
  expect(port.err).toMatch(/^::error title=/);
});

test("what a board says ends no annotation and begins none", async () => {
  const board = "./a%0A::error::b,c:d.mjs";
  const { err } = await run(`conform ${board}`, emptyWorld(), new FakeIo({ ...env }));
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(err).toContain("a%250A%3A%3Aerror%3A%3Ab%2Cc%3Ad.mjs");
});

test("the step's summary comes behind what is there, with counts, links and the command", async () => {
  const io = new FakeIo({ ...env });
  io.give("summary.md", "# Before");
  await run("conform sim", emptyWorld(), io);
  const text = io.files.get("summary.md") ?? "";
  expect(text).toMatch(/^# Before\n### ✗ 2 laws on 2 boards: 2 fail, 2 skip\n/);
  expect(text).toContain("| sim:one | 0 | 1 | 1 | 0 |\n");
  expect(text).toMatch(
    /<a href="https:\/\/\S+\/laws\/READ-01\.html">READ-01<\/a> fails on sim:one/,
  );
  expect(text).toContain("<pre>escapement conform sim:one --only READ-01</pre>");
});

test("a summary that cannot be written is exit 4; without GitHub nothing is written at all", async () => {
  const io = new FakeIo({ ...env, GITHUB_STEP_SUMMARY: "/nowhere/summary.md" });
  Object.assign(io, {
    writeFile: () => {
      throw new Error("EACCES: permission denied");
    },
  });
  expect((await run("conform sim", emptyWorld(), io)).code).toBe(4);
  const plain = new FakeIo({ GITHUB_STEP_SUMMARY: "summary.md" });
  const { err } = await run("conform sim", emptyWorld(), plain);
  expect(err).toBe("");
  expect(plain.files.size).toBe(0);
});

const path = (relative: string): string => new URL(relative, import.meta.url).pathname;

test("a broken rule of a random program is annotated, and the summary has what was expected", async () => {
  const world = fakeWorld({ openModule: async () => ({ board: forgetful() }) });
  const io = new FakeIo({ ...env });
  const { err } = await run("fuzz ./src/board.mjs --seed 1 --runs 10 --json a.json", world, io);
  expect(err).toMatch(
    /^::error file=\.\/src\/board\.mjs,title=[A-Z]+-\d\d fails on \.\/src\/board\.mjs::.+%0Aexpected: .+%0Aagain: escapement fuzz /m,
  );
  const text = io.files.get("summary.md") ?? "";
  expect(text).toMatch(/^### ✗ 10 programs on \.\/src\/board\.mjs: [1-9]\d* rules? broken\n/);
  expect(text).toMatch(/\/laws\/[A-Z]+-\d\d\.html">/);
  expect(text).toContain("Seed 1");
});

test("a race is annotated at its line, and a clean program has a summary alone", async () => {
  const io = new FakeIo({ ...env });
  const racy = relative(process.cwd(), path("../../explore-c/test/programs/rww-lost-update.c"));
  const { err } = await run(`race ${racy}`, fakeWorld(), io);
  expect(err).toMatch(
    /^::error file=\S+rww-lost-update\.c,line=7,col=\d+,title=.+atomicity R·W·W::count in app_main.+%0Aagain: escapement race /m,
  );
  expect(io.files.get("summary.md")).toMatch(/^### ✗ 1 finding in \d+ runs, complete within its/);
  const clean = new FakeIo({ ...env });
  const quiet = await run(
    `race ${path("../../explore-c/test/programs/rww-masked.c")}`,
    fakeWorld(),
    clean,
  );
  expect(quiet.err).not.toContain("::error");
  expect(clean.files.get("summary.md")).toMatch(/^### ✓ 0 findings in [^\n]+\n\n<sub>Escapement/);
});

test("a search of the Uno has an annotation for each law and kind, with the instruction, and a summary", async () => {
  const io = new FakeIo({ ...env });
  const line = "explore uno --only READ-01 --bug ganssle-high-word --deterministic";
  const { code, err } = await run(`${line} --json a.json`, fakeWorld(), io, laws);
  expect(code).toBe(1);
  const notes = err.split("\n").filter((each) => each.startsWith("::error"));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(
    /^::error title=READ-01 on uno%2C law::.+%0Avalue \S+, schedule u1:\S+, at 0x[0-9a-f]{4} in \w+ \(\S+:\d+\)%0Aagain: escapement explore uno --only READ-01 --bug ganssle-high-word /,
  );
  const summary = io.files.get("summary.md") ?? "";
  expect(summary).toMatch(
    /^### ✗ \d+ findings in \d+ schedules of 1 case on uno, not searched to the end\n/,
  );
  expect(summary).toContain("/laws/READ-01.html");
  const clean = new FakeIo({ ...env });
  const quiet = await run("explore uno --only READ-13 --slack 64", fakeWorld(), clean, laws);
  expect(quiet.err).not.toContain("::error");
  expect(clean.files.get("summary.md")).toMatch(
    /^### ✓ 0 findings in \d+ schedules of 1 case on uno\n/,
  );
});

test("a finding of a search is annotated with its law and the command", async () => {
  const hal = path("../../explore/examples/naive-hal.mjs");
  const line = ["explore", "--workers", "0", "--only", "STOP-04", "--bound", "1", "--hal", hal];
  const { err } = await runBuilt(line, { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "" });
  expect(err).toMatch(
    /^::error title=STOP-04 on naive%2C law::.+%0Avalue \S+, schedule e1:.*%0Aagain: escapement explore --only STOP-04 /m,
  );
});
