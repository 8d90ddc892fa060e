import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runBuilt } from "./child.js";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

test("a module with a factory of a board, and one with a target, are judged, with all reports", async () => {
  const folder = mkdtempSync(join(tmpdir(), "escapement-"));
  const [json, junit, html] = ["out.json", "out.xml", "out.html"].map((name) => join(folder, name));
  const modules = [fixture("my-board.mjs"), fixture("my-target.mjs")];
  const only = ["--only", "READ-01,STOP-04,READ-08", "--skip", "STOP-04,PER"];
  const files = ["--json", json ?? "", "--junit", junit ?? "", "--html", html ?? ""];
  const { code, out, err } = await runBuilt([
    "conform",
    ...modules,
    ...only,
    ...files,
    "--seed",
    "7",
  ]);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(out).toContain("skipped by request");
  const report = JSON.parse(readFileSync(json ?? "", "utf8"));
  expect(report.boards.map(({ summary }: { summary: object }) => summary)).toEqual([
    { pass: 1, fail: 0, skip: 2, error: 0 },
    { pass: 2, fail: 0, skip: 1, error: 0 },
  ]);
  expect(readFileSync(junit ?? "", "utf8")).toContain("skipped by request");
  expect(readFileSync(html ?? "", "utf8")).toContain("my-target.mjs");
});

test("a driver that loops and touches nothing costs one law, and the command ends with 1", async () => {
  const args = ["conform", fixture("looping-board.mjs"), "--only", "READ-01,STOP-01"];
  const { code, out } = await runBuilt([...args, "--timeout", "600"]);
  expect(out).toMatch(
    /STOP-01 fails on .*\n.*\n {2}stop\(0\) did not return: no sign of life for \d+\.\d s/,
  );
  expect(out).toMatch(/✗ 2 laws on .*: 1 pass, 1 fail/);
  expect(code).toBe(1);
});

test.each([
  ["nosuch.mjs", "nosuch.mjs cannot be imported: there is no such file"],
  ["no-board.mjs", "is no board, and makes none"],
])("%s is no board: exit code 3 and a sentence", async (name, words) => {
  const { code, err } = await runBuilt(["conform", fixture(name), "--only", "READ-01"]);
  expect(err).toMatch(/^error\[port-not-found\]: /);
  expect(err).toContain(words);
  expect(err).not.toMatch(/\n\s+at /);
  expect(code).toBe(3);
});

test.each([
  ["STOP-04,READ-01", "STOP-04,READ"],
  ["STOP-04", "STOP"],
])("--only %s with --skip %s judges nothing, and is refused", async (only, skip) => {
  const { code, err } = await runBuilt(["conform", "sim:avr16", "--only", only, "--skip", skip]);
  expect(err).toContain("error[invalid-option]: --skip leaves no law to run");
  expect(code).toBe(2);
});

test("a law that is not there cannot be skipped", async () => {
  const { code, err } = await runBuilt(["conform", "sim:avr16", "--skip", "STOP-99"]);
  expect(err).toContain('error[unknown-law]: there is no law "STOP-99"');
  expect(code).toBe(2);
});
