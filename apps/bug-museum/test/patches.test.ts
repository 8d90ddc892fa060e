import { describe, expect, it } from "vitest";
import { applyPatches } from "../src/bug.js";
import { halBugs } from "../src/hal-bugs.js";
import type { HalBug } from "../src/index.js";
import { coreSources } from "./core-sources.js";
import { CoreCompiler } from "./type-check.js";

/** The sources that a bug changes, before and after. */
function changed({ change }: HalBug): Map<string, { before: string; after: string }> {
  const files = [...new Set(change.map(({ file }) => file))];
  return new Map(
    files.map((file) => {
      const before = coreSources.get(file);
      if (before === undefined) throw new Error(`core/src has no ${file}`);
      const mine = change.filter((patch) => patch.file === file);
      return [file, { before, after: applyPatches(before, mine) }];
    }),
  );
}

describe("a patch", () => {
  it.each(halBugs.map((bug) => [bug.name, bug] as const))(
    "%s applies once to the sources as they are, and changes each file it names",
    (_name, bug) => {
      expect(bug.change.length).toBeGreaterThan(0);
      for (const { before, after } of changed(bug).values()) expect(after).not.toBe(before);
    },
  );

  it("of no bug is that of another", () => {
    const patches = halBugs.map(({ change }) => JSON.stringify(change));
    expect(new Set(patches).size).toBe(patches.length);
  });

  it("is refused where its text is missing, occurs twice, or overlaps another", () => {
    const patch = (find: string) => ({ file: "a.ts", find, replace: "x" });
    expect(() => applyPatches("abc", [patch("d")])).toThrow("a.ts does not contain: d");
    expect(() => applyPatches("abcb", [patch("b")])).toThrow("a.ts contains twice: b");
    expect(() => applyPatches("abc", [patch("bc"), patch("ab")])).toThrow("overlap");
    expect(applyPatches("abc", [patch("c"), patch("a")])).toBe("xbx");
  });

  it("leaves sources that compile under the compiler options of the HAL", () => {
    const compiler = new CoreCompiler();
    const untouched = new Map([["alarm.ts", coreSources.get("alarm.ts") ?? ""]]);
    expect(compiler.complaints(untouched)).toEqual([]);
    expect(
      compiler.complaints(new Map([["alarm.ts", "export const aim: string = 1;"]])),
    ).not.toEqual([]);
    const complaints = halBugs.map((bug) => {
      const replaced = new Map([...changed(bug)].map(([file, { after }]) => [file, after]));
      return [bug.name, compiler.complaints(replaced)] as const;
    });
    expect(complaints.filter(([, said]) => said.length > 0)).toEqual([]);
  });
});
