import { siteAddress } from "@escapement/timeline";
import { describe, expect, it } from "vitest";
import {
  jobsOf,
  lintWorkflow,
  parseWorkflow,
  stepsOf,
  type WorkflowRules,
  type YamlMap,
} from "../src/workflow-lint.js";
import { listFiles, readText } from "../src/workspace.js";

const rulesOf: Record<string, WorkflowRules> = {
  "ci.yml": { writes: [], secrets: [] },
  "release.yml": {
    writes: ["contents", "pull-requests", "id-token"],
    secrets: ["GITHUB_TOKEN", "NPM_TOKEN"],
  },
  "site.yml": { writes: ["pages", "id-token"], secrets: [] },
};

const read = (name: string) => readText(`.github/workflows/${name}`);
const parsed = (name: string) => parseWorkflow(read(name));
const job = (name: string, id: string): YamlMap =>
  jobsOf(parsed(name)).find(([each]) => each === id)?.[1] ?? {};
const runs = (each: YamlMap) => stepsOf(each).map((step) => step.run ?? "");

describe("the workflows", () => {
  it("are the ones that have rules here", () => {
    const files = listFiles(/^\.github\/workflows\//).map((path) => path.split("/").pop());
    expect(files.sort()).toEqual(Object.keys(rulesOf));
  });

  it.each(Object.entries(rulesOf))("%s keeps the rules", (name, rules) => {
    expect(jobsOf(parsed(name)).length).toBeGreaterThan(0);
    expect(lintWorkflow(read(name), rules)).toEqual([]);
  });

  it("test on three systems and three versions of Node, by the README's command", () => {
    const test = job("ci.yml", "test");
    expect(test.strategy).toMatchObject({
      matrix: {
        os: ["ubuntu-latest", "macos-latest", "windows-latest"],
        node: ["20", "22", "24"],
      },
    });
    expect(runs(test)).toContain("npx pnpm test");
    expect(readText("README.md")).toContain("npx pnpm test");
  });

  it("publish the site below the path that its address has", () => {
    const site = stepsOf(job("site.yml", "build"));
    const built = site.find((step) => step.run === "npx pnpm docs:build");
    const { pathname } = new URL(siteAddress);
    expect(built?.env).toEqual({ DOCS_BASE: pathname });
    const path = "apps/docs/dist/site";
    expect(site.at(-1)?.with).toEqual({ path });
    expect(job("site.yml", "deploy").needs).toBe("build");
  });

  it("run .ci/run once, with every system tool required", () => {
    const full = job("ci.yml", "full");
    expect(full.env).toEqual({ ESCAPEMENT_REQUIRE_TOOLS: "1" });
    expect(runs(full)).toContain(".ci/run");
  });

  it("search the firmware again and compare the committed page", () => {
    const page = "docs/firmware-coverage.md";
    const commands = runs(job("ci.yml", "firmware-coverage"));
    const searched = commands.indexOf("npx pnpm coverage:uno");
    expect(searched).toBeGreaterThan(0);
    expect(commands.indexOf(`git diff --exit-code -- ${page}`)).toBeGreaterThan(searched);
    const { scripts } = JSON.parse(readText("package.json")) as {
      scripts: { "coverage:uno": string };
    };
    expect(scripts["coverage:uno"]).toMatch(new RegExp(` explore uno --coverage ${page}$`));
    expect(listFiles(/^docs\/firmware-coverage\.md$/)).toEqual([page]);
  });

  it("hold the laws against all bugs in one job, and against a sample in .ci/run", () => {
    expect(runs(job("ci.yml", "museum"))).toContain("npx pnpm mutants --check");
    expect(readText(".ci/run")).toMatch(/^npx pnpm mutants --check --sample \d\d --seed /m);
  });

  it("publish only what passed, from main, with provenance", () => {
    expect(parsed("release.yml").on).toEqual({ push: { branches: ["main"] } });
    expect(job("release.yml", "ci").uses).toBe("./.github/workflows/ci.yml");
    const release = job("release.yml", "release");
    expect(release.needs).toBe("ci");
    expect(release.permissions).toHaveProperty("id-token", "write");
    const changesets = stepsOf(release).find((step) => String(step.uses).startsWith("changesets/"));
    expect(changesets).toMatchObject({
      with: { version: "npx pnpm changeset version", publish: "npx pnpm changeset publish" },
      env: { NPM_CONFIG_PROVENANCE: "true" },
    });
  });

  it("publish from the repository that the packages name, with the pinned pnpm", () => {
    const manifest = JSON.parse(readText("packages/core/package.json")) as {
      repository: { url: string };
    };
    const repository = /github\.com\/(.+)\.git$/.exec(manifest.repository.url)?.[1];
    expect(job("release.yml", "release").if).toBe(`github.repository == '${repository}'`);
    const { packageManager } = JSON.parse(readText("package.json")) as { packageManager: string };
    expect(runs(job("release.yml", "release"))).toContain(
      `npx ${packageManager} install --frozen-lockfile`,
    );
  });
});

describe("the rules notice", () => {
  const rules = { writes: [], secrets: [] };
  const good = read("ci.yml");
  const expression = (text: string) => `echo $\{{ ${text} }}`;
  const edit = (from: string | RegExp, to: string) => {
    const changed = good.replace(from, to);
    expect(changed).not.toBe(good);
    return lintWorkflow(changed, rules).join("\n");
  };

  it.each([
    ["a tag instead of a commit", /checkout@\w+ # v[\d.]+/, "checkout@v6", "not pinned"],
    ["a shortened commit", /checkout@(\w{12})\w+/, "checkout@$1", "not pinned"],
    ["a missing version comment", / # v6\.0\.3/, "", "no comment"],
    ["wide permissions", "permissions: {}", "permissions: write-all", "permissions at the top"],
    ["a write permission", "contents: read", "contents: write", "not allowed"],
    ["a job without a limit", /timeout-minutes: 30\n/, "label: x\n", "no timeout"],
    ["a token left behind", "persist-credentials: false", "fetch-depth: 0", "leaves its token"],
    ["a container by tag", /@sha256:\w+/, "", "digest"],
    ["a secret", "npx pnpm test", expression("secrets.OTHER"), "OTHER is not expected"],
    ["an injection", "npx pnpm test", expression("github.head_ref"), "inject"],
    ["pull_request_target", "pull_request:", "pull_request_target:", "stranger"],
    ["no concurrency group", "concurrency:", "defaults:", "no concurrency"],
  ])("%s", (_title, from, to, finding) => {
    expect(edit(from, to)).toContain(finding);
  });
});

it("a file that is no workflow is refused", () => {
  for (const text of ["a: 1\na: 2\n", "a:\n    b: 1\n  c: 2\n", "- a\n", ""]) {
    expect(() => parseWorkflow(text)).toThrow(/line \d/);
  }
  expect(parseWorkflow("a: 1\nb: true\n")).toEqual({ a: "1", b: "true" });
});
