import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { commands } from "../src/commands/index.js";
import { run } from "./fakes.js";
import { hasTerminal } from "./terminal.js";

const shells = ["bash", "zsh", "fish"] as const;
/** With ESCAPEMENT_REQUIRE_TOOLS=1 a missing shell is a failure, not a skip. */
const has = (shell: string): boolean =>
  process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" || spawnSync(shell, ["--version"]).status === 0;
/** How long zsh may take for what it writes, on a busy machine. */
const patienceMs = 120_000;

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

describe.skipIf(!has("fish"))("in fish (needs fish: apt-get install -y fish)", () => {
  /** What fish offers for the last word of a line. */
  function offered(line: string): readonly string[] {
    const script = `source ./fish; complete -C ${JSON.stringify(line)}`;
    const args = ["--no-config", "-c", script];
    const out = execFileSync("fish", args, { cwd: folder, encoding: "utf8" });
    return out.split("\n").flatMap((each) => each.split("\t")[0] || []);
  }

  test.each([
    ["escapement con", ["conform"]],
    ["escapement conform sim:t", ["sim:two"]],
    ["escapement conform --ver", ["--verbose"]],
    ["escapement conform sim --only STOP-01", ["STOP-01"]],
    ["escapement conform sim --bug pico-1953", ["pico-1953", "pico-1953-stale-now"]],
    ["escapement conform my", ["my_timer.c"]],
    ["escapement conform sim --seed ", []],
    ["escapement explore u", ["uno"]],
    ["escapement explore uno --bound ", ["1", "2"]],
    ["escapement laws STOP-06", ["STOP-06"]],
    ["escapement completion z", ["zsh"]],
  ])("`%s` goes on with %j", (line, expected) => {
    expect(offered(line)).toEqual(expected);
  });
});

const canType = has("zsh") && hasTerminal;
describe.skipIf(!canType)("in zsh (needs zsh and tmux: apt-get install -y zsh tmux)", () => {
  let tmux: (...args: readonly string[]) => string;
  beforeAll(() => {
    const socket = join(folder, "tmux");
    tmux = (...args) =>
      execFileSync("tmux", ["-S", socket, "-f", "/dev/null", ...args], { encoding: "utf8" });
    tmux("new-session", "-d", "-x", "160", "-y", "40", "-c", folder, "zsh -f -i");
    const setUp = "PROMPT='> '; autoload -U compinit && compinit -u -D && source ./zsh";
    tmux("send-keys", "-l", `${setUp}; tmux -S ${socket} wait-for -S ready`);
    tmux("send-keys", "Enter", ";", "wait-for", "ready");
  }, patienceMs);
  afterAll(() => {
    if (canType) tmux("kill-server");
  });

  test.each([
    ["escapement con", "escapement conform"],
    ["escapement conform sim:t", "escapement conform sim:two"],
    ["escapement conform --ver", "escapement conform --verbose"],
    ["escapement conform sim --only=STOP-1", "STOP-10  STOP-11"],
    ["escapement conform my", "escapement conform my_timer.c"],
    ["escapement explore u", "escapement explore uno"],
    ["escapement completion z", "escapement completion zsh"],
  ])(
    "a tab behind `%s` shows `%s`",
    async (line, shown) => {
      tmux("send-keys", "C-u", "C-l");
      tmux("send-keys", "-l", line);
      tmux("send-keys", "Tab");
      await vi.waitFor(() => expect(tmux("capture-pane", "-p")).toContain(shown), {
        timeout: patienceMs,
        interval: 50,
      });
    },
    2 * patienceMs,
  );
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
