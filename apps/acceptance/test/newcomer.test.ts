import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listTarball, makeScratch, packAll, type Scratch } from "../src/pack.js";
import { packageFolders, readText } from "../src/workspace.js";

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

const vitestVersion = /^ {2}vitest: (.+)$/m.exec(readText("pnpm-workspace.yaml"))?.[1] ?? "";

describe("a newcomer's empty project", () => {
  let scratch: Scratch;
  let project: string;
  let tarballs: string[];

  beforeAll(() => {
    scratch = makeScratch("newcomer");
    const packs = join(scratch.path, "packs");
    project = join(scratch.path, "project");
    mkdirSync(packs);
    mkdirSync(project);
    tarballs = packAll(packs);
    writeFileSync(join(project, "package.json"), '{ "name": "port", "type": "module" }\n');
    const install = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
    execFileSync("npm", [...install, ...tarballs, `vitest@${vitestVersion}`], {
      cwd: project,
      stdio: "pipe",
      shell: process.platform === "win32",
    });
  });

  afterAll(() => scratch?.remove());

  function testPort(name: string, code: string): VitestReport {
    writeFileSync(join(project, `${name}.test.mjs`), code);
    const output = join(project, `${name}.json`);
    const args = ["vitest", "run", `${name}.test.mjs`, "--reporter=json", `--outputFile=${output}`];
    spawnSync("npx", args, { cwd: project, stdio: "pipe", shell: process.platform === "win32" });
    return JSON.parse(readFileSync(output, "utf8")) as VitestReport;
  }

  function readmePort(): string {
    const readme = readFileSync(
      join(project, "node_modules/@escapement/board-sim/README.md"),
      "utf8",
    );
    const block = [...readme.matchAll(/```js\n([\s\S]*?)```/g)]
      .map((match) => match[1] ?? "")
      .find((code) => code.includes("describeConformance"));
    expect(block, "board-sim's README has a whole test file").toBeDefined();
    return block ?? "";
  }

  function failedIds(report: VitestReport): string[] {
    const all = report.testResults.flatMap((file) => file.assertionResults);
    return all.filter((test) => test.status === "failed").map((test) => test.title.slice(0, 7));
  }

  it("gets packages with what they need and nothing else", () => {
    expect(tarballs).toHaveLength(packageFolders.length);
    for (const tarball of tarballs) {
      const files = listTarball(tarball);
      expect(files).toContain("package.json");
      expect(files).toContain("README.md");
      expect(files).toContain("dist/index.js");
      expect(files).toContain("dist/index.d.ts");
      const odd = files.filter(
        (file) =>
          !/^(dist\/|schema\/|agent\/|assets\/|c\/|scripts\/|examples\/|package\.json$|README\.md$|LICENSE$)/.test(
            file,
          ),
      );
      expect(odd, tarball).toEqual([]);
    }
  });

  it("passes every law with the port of the README", () => {
    const report = testPort("right", readmePort());
    expect(failedIds(report)).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThanOrEqual(60);
  });

  it.each([
    {
      name: "wrap",
      law: "READ-02",
      from: "(chip.flags & FLAG_OVERFLOW) !== 0",
      to: "false",
    },
    {
      name: "restore",
      law: "READ-05",
      from: "chip.restore(state)",
      to: "chip.restore(0)",
    },
  ])("fails $law with the subtly wrong port '$name'", ({ name, law, from, to }) => {
    const code = readmePort();
    expect(code).toContain(from);
    expect(failedIds(testPort(name, code.replace(from, to)))).toContain(law);
  });

  it("runs the installed command on a simulated board", () => {
    const run = spawnSync("npx", ["escapement", "conform", "sim:avr16", "--json"], {
      cwd: project,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    expect(run.status).toBe(0);
    const report = JSON.parse(run.stdout) as { boards: { summary: { pass: number } }[] };
    expect(report.boards[0]?.summary.pass).toBeGreaterThanOrEqual(60);
  });

  it("runs the installed command on the emulated firmware", () => {
    const run = spawnSync("npx", ["escapement", "conform", "uno", "--json", "--only", "STOP-04"], {
      cwd: project,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    expect(run.stderr).not.toContain("error[");
    expect(run.status).toBe(0);
  });

  it("can require() the packages too", () => {
    const code =
      'const { TimerHal } = require("@escapement/core"); process.stdout.write(typeof TimerHal);';
    writeFileSync(join(project, "use.cjs"), code);
    const run = spawnSync("node", ["use.cjs"], { cwd: project, encoding: "utf8" });
    expect(run.stdout).toBe("function");
  });
});
