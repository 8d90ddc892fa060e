import { expect, test } from "vitest";
import { gitCommit } from "../src/git-commit.js";
import type { BoardWorld } from "../src/index.js";
import { packageVersion } from "../src/package-version.js";
import { FakeBoard, FakeIo, fakeWorld, run } from "./fakes.js";

/** A board on which the first of the fakes' laws is broken; each run takes a while by this clock. */
function slowWorld(io: FakeIo): BoardWorld {
  const openSim = async () => ({
    board: new FakeBoard(async () => {
      io.clockMs += 1_500;
      return { records: [] };
    }),
  });
  return fakeWorld({ openSim });
}

const files = ["a.json", "a.xml", "a.html"] as const;
const conform = "conform sim:one --seed 7 --json a.json --junit a.xml --html a.html";

let started = 0;

async function filesOf(line: string, env: Record<string, string> = {}): Promise<FakeIo> {
  const io = new FakeIo(env);
  // The clock of another process begins elsewhere.
  started += 1;
  io.clockMs = started * 1_000;
  await run(line, slowWorld(io), io);
  return io;
}

const commit = "0123456789abcdef0123456789abcdef01234567";

test("every report of conform has version, date, duration, seed, command and commit", async () => {
  const io = await filesOf(conform, {
    GITHUB_SHA: commit,
    GITHUB_ACTIONS: "true",
    GITHUB_STEP_SUMMARY: "a.md",
  });
  const [json = "", junit = "", html = ""] = files.map((file) => io.files.get(file));
  const { run: facts } = JSON.parse(json);
  expect(facts).toEqual({
    version: packageVersion(),
    startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    seconds: expect.closeTo(1.5),
    seed: 7,
    command: `escapement ${conform}`,
    commit,
  });
  for (const [name, value] of Object.entries(facts)) {
    expect(junit).toContain(`<property name="run.${name}" value="${value}"/>`);
  }
  const date = facts.startedAt.slice(0, 19).replace("T", " ");
  for (const page of [html, io.files.get("a.md") ?? ""]) {
    for (const text of [packageVersion(), `${date} UTC`, "1.5 s", conform, commit]) {
      expect(page).toContain(text);
    }
  }
});

test.each([conform, "fuzz sim:one --seed 7 --runs 5 --json a.json --junit a.xml --html a.html"])(
  "--deterministic: two runs of `%s` are equal byte for byte",
  async (line) => {
    const [one, other] = [
      await filesOf(`${line} --deterministic`, { GITHUB_SHA: commit }),
      await filesOf(`${line} --deterministic`),
    ];
    expect(one.files.size).toBe(files.length);
    for (const file of files) expect(one.files.get(file)).toBe(other.files.get(file));
    expect(one.stdout.written).toBe(other.stdout.written);
    expect(JSON.parse(one.files.get("a.json") ?? "").run).toEqual({
      version: packageVersion(),
      seed: 7,
    });
    const plain = await filesOf(line);
    expect(plain.files.get("a.json")).not.toBe(one.files.get("a.json"));
  },
);

test("a commit is what CI says, else what git says; a text that is none is in no report", async () => {
  const commitIn = (io: FakeIo): string | undefined =>
    JSON.parse(io.files.get("a.json") ?? "").run.commit;
  class WithGit extends FakeIo {
    override gitCommit(): string {
      return "feedbee";
    }
  }
  for (const [env, expected] of [
    [{ CI_COMMIT_SHA: commit }, commit],
    [{ GITHUB_SHA: "main", CI_COMMIT_SHA: commit }, commit],
    [{ GITHUB_SHA: "\u001b[2J" }, "feedbee"],
    [{}, "feedbee"],
  ] as const) {
    const io = new WithGit({ ...env });
    await run(conform, slowWorld(io), io);
    expect(commitIn(io)).toBe(expected);
  }
  expect(commitIn(await filesOf(conform, { GITHUB_SHA: "$(true)" }))).toBeUndefined();
});

test("git is asked without an error where there is none", () => {
  const found = gitCommit();
  expect(found === undefined || /^[0-9a-f]{40,64}$/.test(found)).toBe(true);
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    expect(gitCommit()).toBeUndefined();
  } finally {
    process.env.PATH = path;
  }
});
