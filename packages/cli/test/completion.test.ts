import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../src/commands/index.js";
import { run } from "./fakes.js";

const shells = ["bash", "zsh", "fish"] as const;
const has = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "escapement-completion-"));
  for (const shell of shells) {
    writeFileSync(join(folder, shell), (await run(`completion ${shell}`)).out);
  }
  writeFileSync(join(folder, "my_timer.c"), "");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!has("bash"))("in bash (needs bash)", () => {
  /** What bash would put in place of the last part of a line. */
  function completed(line: string): readonly string[] {
    const script = [
      `source ./bash`,
      `COMP_LINE=$1; COMP_POINT=\${#1}; _escapement`,
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join("\n");
    const args = ["--noprofile", "--norc", "-c", script, "bash", line];
    const { status, stdout, stderr } = spawnSync("bash", args, { cwd: folder, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return stdout.split("\n").filter((each) => each !== "");
  }

  test.each([
    ["escapement con", ["conform"]],
    ["escapement conform si", ["sim", "sim:one", "sim:two"]],
    ["escapement conform sim:t", ["two"]],
    ["escapement conform --ver", ["--verbose"]],
    ["escapement conform sim --skip REA", expect.arrayContaining(["READ", "READ-01"])],
    ["escapement conform sim --only=STOP-0", expect.arrayContaining(["STOP-01"])],
    ["escapement conform sim --only READ-01,STOP-04", ["READ-01,STOP-04"]],
    ["escapement conform sim --bug pico-1953", ["pico-1953", "pico-1953-stale-now"]],
    ["escapement conform my", ["my_timer.c"]],
    ["escapement conform sim --json my", ["my_timer.c"]],
    ["escapement conform sim --seed ", []],
    ["escapement explore u", ["uno"]],
    ["escapement explore uno --bound ", ["1", "2"]],
    ["escapement laws STOP-06", ["STOP-06"]],
    ["escapement serve ", ["uno", "micropython"]],
    ["escapement completion z", ["zsh"]],
    ["escapement devs x", []],
  ])("`%s` goes on with %j", (line, expected) => {
    expect(completed(line)).toEqual(expected);
  });

  test("every command and every option of each is offered", () => {
    const names = commands.flatMap(({ name }) => (name === "" ? [] : [name]));
    const first = new Set(names.map((name) => name.split(" ")[0]));
    expect(new Set(completed("escapement "))).toEqual(new Set([...first, "help"]));
    for (const { name, options } of commands) {
      if (name === "") continue;
      const wanted = [...Object.keys(options), "help"].map((option) => `--${option}`);
      expect(new Set(completed(`escapement ${name} -`)), name).toEqual(new Set(wanted));
    }
  });
});

for (const shell of shells) {
  test.skipIf(!has(shell))(`the script for ${shell} is one (needs ${shell})`, () => {
    const { status, stderr } = spawnSync(shell, ["-n", join(folder, shell)], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test(`the script for ${shell} names every command and option`, async () => {
    const { code, out } = await run(`completion ${shell}`);
    expect(code).toBe(0);
    for (const { name, options } of commands) {
      if (name === "") continue;
      expect(out).toContain(name.split(" ").at(-1));
      for (const option of Object.keys(options)) {
        expect(out).toContain(shell === "fish" ? `-l ${option} ` : `--${option}`);
      }
    }
  });
}

test.each(["completion", "completion tcsh"])("`%s` is a usage error", async (line) => {
  const { code, err } = await run(line);
  expect(code).toBe(2);
  expect(err).toContain("escapement completion bash|zsh|fish");
});
