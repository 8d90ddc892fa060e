import { spawnSync } from "node:child_process";
import { laws } from "@escapement/conformance";
import { expect, test } from "vitest";
import { systemWorld } from "../src/boards/system-world.js";
import { FakeIo, run } from "./fakes.js";

const hasAvrGcc =
  process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" || spawnSync("avr-gcc", ["--version"]).status === 0;
const needs = "(needs avr-gcc: apt-get install -y --no-install-recommends gcc-avr avr-libc)";

/** A command line on the boards of this machine, with all laws. */
const conform = (line: string, io = new FakeIo()) => run(`conform ${line}`, systemWorld, io, laws);

test.each([
  ["pico-1953", "sim:stm32", "ARM-16", "a bug of the HAL"],
  ["stm32-8596dfc", "sim:stm32", "", "a bug of a port or a chip"],
])("sim --bug %s breaks its law, and the same law holds without", async (bug, board, known) => {
  const { findBug } = await import("@escapement/bug-museum");
  const { owner, profile } = findBug(bug);
  const law = known === "" ? owner : known;
  const where = known === "" ? `sim:${profile}` : board;
  const broken = await conform(`${where} --only ${law} --bug ${bug}`);
  expect(broken.code).toBe(1);
  expect(broken.out).toContain(`${law} fails on ${where}`);
  const again = `escapement conform ${where} --only ${law} --bug ${bug}`;
  expect(broken.out).toContain(again);
  expect((await conform(`${where} --only ${law}`)).code).toBe(0);
});

test("the reports of a run with a bug say so", async () => {
  const io = new FakeIo();
  await conform("sim:stm32 --only ARM-16 --bug pico-1953 --json r.json", io);
  const { boards } = JSON.parse(io.files.get("r.json") ?? "");
  expect(boards[0].board).toBe("sim:stm32 with pico-1953");
  expect(boards[0].summary.fail).toBe(1);
});

test.skipIf(!hasAvrGcc)(`uno --bug breaks its law in the compiled firmware ${needs}`, async () => {
  const line = "uno --only ARM-12 --bug rtic-1-1-0";
  const { code, out } = await conform(line);
  expect(code).toBe(1);
  expect(out).toContain(`escapement conform ${line}`);
});

test.each([
  ["sim --bug pico-1935", "unknown-bug", "pico-1953"],
  ["uno --bug rtic-1-1-0x", "unknown-bug", "rtic-1-1-0"],
  ["./board.mjs --bug pico-1953", "invalid-option", "a board of yours has its own"],
  ["sim a0 --bug pico-1953", "invalid-option", "a board of yours has its own"],
])("`%s` is refused before anything is run: %s", async (line, code, hint) => {
  const result = await conform(line);
  expect(result.code).toBe(2);
  expect(result.out).toBe("");
  expect(result.err).toContain(`error[${code}]`);
  expect(result.err).toContain(hint);
});

test("a bug that the firmware cannot have is refused, with the board that can", async () => {
  const { museum } = await import("@escapement/bug-museum");
  const name = museum.find(({ c }) => c === undefined)?.name;
  const { code, err } = await conform(`uno --bug ${name}`);
  expect(code).toBe(2);
  expect(err).toContain("error[not-in-c]");
  expect(err).toContain(`escapement conform sim --bug ${name}`);
});
