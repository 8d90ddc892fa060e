import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { museum } from "../src/index.js";
import { patchedSources } from "../src/source-patch.js";
import { coreSources } from "./core-sources.js";
import { CoreCompiler } from "./type-check.js";

const halBugs = museum.filter(({ where }) => where === "hal");
const folder = new URL("../patches/hal/", import.meta.url);
const patchOf = (name: string): string => readFileSync(new URL(`${name}.patch`, folder), "utf8");
const changedBy = (name: string): ReadonlyMap<string, string> =>
  patchedSources(name, patchOf(name), (file) => coreSources.get(file));

describe("a patch", () => {
  it("is there for every bug of the HAL, and for nothing else", () => {
    const names = readdirSync(folder).sort();
    expect(names).toEqual(halBugs.map(({ name }) => `${name}.patch`).sort());
  });

  it.each(halBugs.map(({ name }) => name))("%s changes each file that it names", (name) => {
    for (const [file, text] of changedBy(name)) expect(text).not.toBe(coreSources.get(file));
  });

  it("of no bug is that of another", () => {
    expect(new Set(halBugs.map(({ name }) => patchOf(name))).size).toBe(halBugs.length);
  });

  it("leaves sources that compile under the compiler options of the HAL", () => {
    const compiler = new CoreCompiler();
    const untouched = new Map([["alarm.ts", coreSources.get("alarm.ts") ?? ""]]);
    expect(compiler.complaints(untouched)).toEqual([]);
    expect(
      compiler.complaints(new Map([["alarm.ts", "export const aim: string = 1;"]])),
    ).not.toEqual([]);
    const complaints = halBugs.map(({ name }) => [name, compiler.complaints(changedBy(name))]);
    expect(complaints.filter(([, said]) => said?.length !== 0)).toEqual([]);
  });
});

describe("patchedSources", () => {
  const source = ["one", "two", "three", "four", "five", "six", ""].join("\n");
  const sources = (file: string): string | undefined => (file === "a.ts" ? source : undefined);
  const patch = (...lines: string[]): string =>
    ["--- a/a.ts", "+++ b/a.ts", ...lines, ""].join("\n");

  it("finds lines that have moved", () => {
    const moved = patch("@@ -1,3 +1,3 @@", " four", "-five", "+FIVE", " six");
    expect([...patchedSources("x", moved, sources)]).toEqual([
      ["a.ts", source.replace("five", "FIVE")],
    ]);
  });

  it("reads what git diff writes", () => {
    const git = `diff --git a/a.ts b/a.ts\nindex 1234567..89abcde 100644\n${patch(
      "@@ -1,2 +1,2 @@ export class One {",
      " one",
      "-two",
      "+TWO",
    )}`;
    expect(patchedSources("x", git, sources).get("a.ts")).toBe(source.replace("two", "TWO"));
  });

  it.each([
    [
      "whose context is another",
      patch("@@ -1,2 +1,2 @@", " one", "-two", "+TWO", "@@ -5,2 +5,2 @@", " four", "-six", "+SIX"),
      "The patch of x does not apply: a.ts, hunk 2 at line 5",
    ],
    [
      "of a file that is not there",
      patch("@@ -1,1 +1,1 @@", "-one", "+ONE").replaceAll("a.ts", "b.ts"),
      "The patch of x changes b.ts, which is not there",
    ],
    ["with a wrong count", patch("@@ -1,9 +1,1 @@", "-one", "+ONE"), "no unified diff"],
    ["that is none", "one two", "no unified diff"],
  ])("refuses one %s", (_what, text, message) => {
    expect(() => patchedSources("x", text, sources)).toThrow(
      expect.objectContaining({ code: "patch-failed", message: expect.stringContaining(message) }),
    );
  });
});
