import { dirname } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { manifestOf } from "../src/manifest.js";
import {
  listFiles,
  nameOf,
  packageFolders,
  portablePackages,
  readText,
  workspaceMap,
} from "../src/workspace.js";

const FILE_LINES_USUAL = 130;
const FILE_LINES_LONG = 300;
const FILE_LINES_MAX = 500;
const LONG_FILES_SHARE_MAX = 0.04;
const FUNCTION_LINES_MAX = 70;
const README_LINES_MAX = 120;

const sources = listFiles(/^(packages|apps)\/[^/]+\/src\/.*\.ts$/);
const typescript = listFiles(/^(packages|apps)\/.*\.ts$/);
const cFiles = listFiles(/^packages\/firmware\/c\/(src|include|ports)\/.*\.[ch]$/);
const texts = listFiles(/\.(ts|mjs|js|c|h|md|json|yaml|yml|sh)$/).concat(listFiles(/^\.ci\//));

function lineCount(path: string): number {
  return readText(path).trimEnd().split("\n").length;
}

function longFunctions(path: string): string[] {
  const file = ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const first = file.getLineAndCharacterOfPosition(node.getStart()).line;
      const lines = file.getLineAndCharacterOfPosition(node.end).line - first + 1;
      if (lines > FUNCTION_LINES_MAX) found.push(`${path}:${first + 1} (${lines} lines)`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function longCFunctions(path: string): string[] {
  const found: string[] = [];
  let start = -1;
  readText(path)
    .split("\n")
    .forEach((line, index) => {
      if (line.startsWith("{")) start = index;
      if (line.startsWith("}") && start >= 0) {
        if (index - start + 1 > FUNCTION_LINES_MAX) found.push(`${path}:${start + 1}`);
        start = -1;
      }
    });
  return found;
}

/** A source without its comments and the contents of its strings. */
function codeOf(path: string): string {
  return readText(path)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "")
    .replace(/"(?:[^"\\]|\\.)*"/g, (text) => (text.startsWith('"node:') ? text : '""'));
}

describe("the tree is tidy", () => {
  it("has sources to look at", () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(cFiles.length).toBeGreaterThan(5);
  });

  it(`keeps source files to about ${FILE_LINES_USUAL} lines, rarely over ${FILE_LINES_LONG}`, () => {
    const sizes = [...sources, ...cFiles]
      .map((path) => ({ path, lines: lineCount(path) }))
      .sort((one, other) => one.lines - other.lines);
    const median = sizes[Math.floor(sizes.length / 2)]?.lines ?? 0;
    expect(median).toBeLessThanOrEqual(FILE_LINES_USUAL);
    expect(sizes.filter(({ lines }) => lines > FILE_LINES_MAX)).toEqual([]);
    const long = sizes.filter(({ lines }) => lines > FILE_LINES_LONG);
    expect(long.length / sizes.length, JSON.stringify(long)).toBeLessThan(LONG_FILES_SHARE_MAX);
  });

  it(`keeps functions to ${FUNCTION_LINES_MAX} lines`, () => {
    expect(sources.flatMap(longFunctions)).toEqual([]);
    expect(cFiles.flatMap(longCFunctions)).toEqual([]);
  });

  it("names files in kebab-case", () => {
    const odd = typescript.filter(
      (path) => !/^[a-z0-9./-]+$/.test(path.replace("/_internal/", "/")),
    );
    expect(odd).toEqual([]);
  });

  it("has no any, no leftover marks and no focused or skipped-for-good tests", () => {
    const banned =
      /(: any\b|\bas any\b|<any>|\b(TODO|FIXME|XXX)\b|not implemented|(it|describe|test)\.(only|todo)\()/;
    const here = "apps/acceptance/test/tidy.test.ts";
    const bad = [...typescript, ...cFiles]
      .filter((path) => path !== here)
      .filter((path) => banned.test(readText(path)));
    expect(bad).toEqual([]);
  });

  it("has private members by #, not by a keyword", () => {
    const keyword = /(^\s*|[(,] )private (?!constructor)\w/m;
    const here = "apps/acceptance/test/tidy.test.ts";
    const bad = typescript.filter((path) => path !== here && keyword.test(codeOf(path)));
    expect(bad).toEqual([]);
  });

  it("names no machine path and no download address", () => {
    const bad = texts.filter((path) =>
      /\/(home|root)\/[a-z]|"resolved": *"https?:|tarball: *.?https?:|^ *registry *=/m.test(
        readText(path).replaceAll("/root/project", ""),
      ),
    );
    expect(bad.filter((path) => !path.endsWith("tidy.test.ts"))).toEqual([]);
  });

  it(`gives every package a README of at most ${README_LINES_MAX} lines`, () => {
    const bad = [".", ...packageFolders].filter((folder) => {
      const lines = lineCount(`${folder}/README.md`.replace("./", ""));
      return lines > README_LINES_MAX || lines < 15;
    });
    expect(bad).toEqual([]);
  });
});

describe("dependencies go one way", () => {
  it("the map in CONTRIBUTING.md has every package: published in packages, private in apps", () => {
    const folders = listFiles(/^(packages|apps)\/[^/]+\/package\.json$/).map(dirname);
    expect(workspaceMap.map(({ folder }) => folder).sort()).toEqual(folders.sort());
    for (const folder of folders) {
      expect(manifestOf(folder).private === true, folder).toBe(folder.startsWith("apps/"));
    }
  });

  it("the README's map has a row for each published package", () => {
    const rows = [...readText("README.md").matchAll(/^\| \[`[^`]+`\]\(([^)]+)\/README\.md\) \|/gm)];
    expect(rows.map(([, folder]) => folder).sort()).toEqual([...packageFolders].sort());
  });

  const folderNamed = new Map(
    workspaceMap.map(({ folder }) => [manifestOf(folder).name, nameOf(folder)]),
  );

  it.each(workspaceMap)("$folder imports what its row allows", ({ folder, mayImport }) => {
    const bad: string[] = [];
    const own = manifestOf(folder).name;
    const check = (where: string, name: string): void => {
      const imported = folderNamed.get(name);
      if (imported === undefined || name === own || mayImport.includes(imported)) return;
      bad.push(`${where} imports ${name}`);
    };
    const { dependencies = {}, peerDependencies = {} } = manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      check("package.json", name);
    }
    for (const path of sources.filter((file) => file.startsWith(`${folder}/`))) {
      const code = readText(path).replace(/^\s*(\*|\/\*\*).*$/gm, "");
      const imports = code.matchAll(/(?:from |import\(|import )"((?:@escapement\/)?[a-z-]+)[/"]/g);
      for (const [, name = ""] of imports) check(path, name);
    }
    expect(bad).toEqual([]);
  });

  // Deadlines of a run, by what browsers and Node share; no verdict depends on it.
  const hostTimeAllowed = [
    "packages/conformance/src/_internal/host.ts",
    "packages/explore/src/host.ts",
    "packages/scenario/src/create-board.ts",
    "packages/scenario/src/host-turn.ts",
  ];

  /** What a package offers to Node alone has an entry and a folder of its own. */
  const isForNode = (path: string): boolean => /^packages\/[^/]+\/src\/node(\.ts$|\/)/.test(path);

  it("portable packages use no Node API and depend on nothing else", () => {
    const nodeApi = /from "node:|\bprocess\.|\bBuffer\b|\brequire\(/;
    const bad: string[] = [];
    for (const name of portablePackages) {
      const own = sources.filter((file) => file.startsWith(`packages/${name}/src/`));
      bad.push(...own.filter((path) => !isForNode(path) && nodeApi.test(codeOf(path))));
      const manifest = JSON.parse(readText(`packages/${name}/package.json`)) as {
        dependencies?: Record<string, string>;
      };
      for (const dependency of Object.keys(manifest.dependencies ?? {})) {
        if (!dependency.startsWith("@escapement/")) bad.push(`${name} depends on ${dependency}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it("portable packages do not ask the host for the time", () => {
    const hostTime = /\b(setTimeout|setInterval|setImmediate|performance|Date)\b/;
    const own = sources.filter(
      (file) =>
        !isForNode(file) &&
        portablePackages.some((name) => file.startsWith(`packages/${name}/src/`)),
    );
    expect(own.length).toBeGreaterThan(40);
    expect(own.filter((path) => hostTime.test(codeOf(path))).sort()).toEqual(hostTimeAllowed);
  });
});
