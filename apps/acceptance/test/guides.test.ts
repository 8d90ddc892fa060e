import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { allBlocks, differences, guidePaths, placeOf } from "../src/guides.js";
import { cliArguments, cliMain, runNode } from "../src/guides-run.js";
import { makeScratch } from "../src/pack.js";
import { readText, root } from "../src/workspace.js";

/** The driver guide holds two whole programs, which a reader copies as they are. */
const GUIDE_LINES_MAX = 440;

const paths = guidePaths();
const blocks = allBlocks();

/** What a call of the command line for help prints. */
function help(...args: readonly string[]): string {
  const scratch = makeScratch("help");
  const { output } = runNode(scratch.path, [cliMain, ...args]);
  scratch.remove();
  return output;
}

/** Texts of a guide without its code blocks. */
function proseOf(path: string): string {
  return readText(path).replace(/^```[\s\S]*?^```$/gm, "");
}

describe("the guides", () => {
  it("are there, each with a title and of a readable length", () => {
    const names = paths.map((path) => path.replace("docs/guides/", ""));
    for (const name of [
      "getting-started.md",
      "port-a-chip-c.md",
      "agent-board-c.md",
      "port-a-chip-typescript.md",
      "bring-your-own-driver.md",
      "judge-a-c-driver.md",
      "where-your-system-differs.md",
      "random-programs.md",
      "explore-a-hal.md",
      "find-races.md",
      "run-in-ci.md",
      "write-a-law.md",
      "simulate-a-chip.md",
      "serial-sessions.md",
      "time-and-interrupts.md",
    ]) {
      expect(names).toContain(name);
    }
    for (const path of paths) {
      const text = readText(path);
      expect(text, path).toMatch(/^# \S/);
      expect(text.split("\n").length, path).toBeLessThanOrEqual(GUIDE_LINES_MAX);
    }
  });

  it("close every fence, and name the language of every block", () => {
    for (const path of paths) {
      const fences = readText(path).match(/^```.*$/gm) ?? [];
      const opening = fences.filter((_, at) => at % 2 === 0);
      expect(fences.length % 2, path).toBe(0);
      expect(
        opening.filter((fence) => !/^```[a-z]+$/.test(fence)),
        path,
      ).toEqual([]);
    }
  });

  it("link only to pages and sources of docs that are there, so that GitHub and the site both work", () => {
    const bad: string[] = [];
    for (const path of paths) {
      for (const [, target = ""] of proseOf(path).matchAll(/\]\(([^)\s]+)\)/g)) {
        const file = normalize(join(dirname(path), target)).replaceAll("\\", "/");
        const good = /^docs\/[^#]+\.(md|c|h)$/.test(file) && existsSync(join(root, file));
        if (!good) bad.push(`${path}: ${target}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it("can be reached from the first one", () => {
    const seen = new Set(["docs/guides/getting-started.md"]);
    for (const path of seen) {
      for (const [, target = ""] of proseOf(path).matchAll(/\]\(([a-z-]+\.md)\)/g)) {
        seen.add(`docs/guides/${target}`);
      }
    }
    expect([...seen].sort()).toEqual([...paths].sort());
  });

  it("name only rules that the contract has", () => {
    const rules = new Set(
      [...readText("docs/contract.md").matchAll(/^\| ([A-Z]+-\d\d) \|/gm)].map(([, id]) => id),
    );
    expect(rules.size).toBeGreaterThan(60);
    const bad: string[] = [];
    for (const path of paths) {
      for (const [id] of proseOf(path).matchAll(
        /\b(READ|ARM|STOP|REG|PER|CALL|LIFE|THR)-\d\d\b/g,
      )) {
        if (!rules.has(id) && !/-9\d$/.test(id)) bad.push(`${path}: ${id}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it("list every error code of a board, and no other", () => {
    const source = readText("packages/scenario/src/board-errors.ts");
    const list = /export type BoardErrorCode =([\s\S]*?);/.exec(source)?.[1] ?? "";
    const codes = [...list.matchAll(/\| "([a-z-]+)"/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(12);
    const rows = readText("docs/guides/serial-sessions.md").matchAll(/^\| `([a-z-]+)` \|/gm);
    expect([...rows].map(([, code]) => code).sort()).toEqual(codes.sort());
  });

  it("name commands and options that the command line has", () => {
    const general = help("--help");
    const helps = new Map<string, string>();
    const lines = blocks
      .filter(({ language }) => ["sh", "console", "yaml"].includes(language))
      .flatMap(({ code }) => code.match(/npx (?:pnpm )?escapement .*$/gm) ?? []);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const [command = "", ...rest] = cliArguments(line.replace(/ +#.*/, "")) ?? [];
      expect(general, line).toMatch(new RegExp(`^  ${command}\\b`, "m"));
      const text = helps.get(command) ?? help(command, "--help", "--all");
      helps.set(command, text);
      for (const option of rest.filter((word) => word.startsWith("--"))) {
        expect(text, line).toContain(option);
      }
    }
  });
});

describe("the workflow of the CI guide", () => {
  const yaml = blocks.filter(
    ({ guide, language }) => /run-in-ci/.test(guide) && language === "yaml",
  );
  const text = yaml.map(({ code }) => code).join("\n");

  it("is a workflow and a job to add to it", () => {
    expect(yaml.map(({ marks }) => marks)).toEqual([[], ["job"]]);
    for (const key of ["name:", "on:", "permissions:", "jobs:"]) {
      expect(yaml[0]?.code).toMatch(new RegExp(`^${key}`, "m"));
    }
    expect(text).not.toContain("\t");
  });

  it("pins every action by commit, with the version beside it", () => {
    const uses = text.match(/uses: .*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(2);
    for (const line of uses) {
      expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("may read and nothing else, and keeps no credentials", () => {
    expect(text.match(/^permissions:\n((?: {2}.*\n)+)/m)?.[1]).toBe("  contents: read\n");
    expect(text).not.toMatch(/: write|write-all|pull_request_target|\$\{\{/);
    const checkouts = text.match(/actions\/checkout@/g)?.length;
    expect(text.match(/persist-credentials: false/g)?.length).toBe(checkouts);
  });

  it("gives every job a limit", () => {
    const jobs = text.match(/^ {2}[a-z]+:$\n(?= {4}runs-on:)/gm) ?? [];
    expect(jobs.length).toBe(2);
    expect(text.match(/^ {4}timeout-minutes: \d+$/gm)?.length).toBe(jobs.length);
  });

  it("lists the exit codes of the command line", () => {
    const codes = (page: string, pattern: RegExp) => [...page.matchAll(pattern)].map(([, n]) => n);
    const guide = codes(readText("docs/guides/run-in-ci.md"), /^\| (\d+) \|/gm);
    expect(guide).toEqual(codes(help("help", "exit-codes"), /^ {2}(\d+) /gm));
  });
});

describe("the comparison of outputs", () => {
  it.each([
    { shown: "a\nb\n", actual: "a\nb\n", same: true },
    { shown: "a\n", actual: "a\nb\n", same: false },
    { shown: "...\nb\n", actual: "a\nb\n", same: true },
    { shown: "...\na\n", actual: "a\nb\n", same: false },
    { shown: "a\n...\nc\n", actual: "a\nb\nc\n", same: true },
    { shown: "a\n...\nb\n...\n", actual: "a\nx\nb\nc\n", same: true },
    { shown: "b\n...\n", actual: "a\nb\n", same: false },
    { shown: "...\nc\n...\n", actual: "a\nb\n", same: false },
    { shown: "...\nb\n...\na\n...\n", actual: "a\nb\n", same: false },
    { shown: "at /dev/pts/1\n", actual: "at /dev/pts/77\n", same: true },
    {
      shown: "x  126 laws:  124 pass   0 fail\n",
      actual: "x 126 laws: 124 pass 1 fail\n",
      same: false,
    },
  ])("$shown against $actual", ({ shown, actual, same }) => {
    expect(differences(shown, actual).length === 0).toBe(same);
  });
});

it("every run of C, TypeScript or a shell is marked in a way that a test knows", () => {
  const known =
    /^(run|prints|serve( micropython)?|on micropython|on the tty|run on the tty|tk16|vitest|fails|build|job|functions|file: .+|not run: .+)$/;
  const odd = blocks.flatMap((block) =>
    block.marks.filter((mark) => !known.test(mark)).map((mark) => `${placeOf(block)}: ${mark}`),
  );
  expect(odd).toEqual([]);
});
