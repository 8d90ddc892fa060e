import { expect, test } from "vitest";
import type { BoardWorld } from "../src/index.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";

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
