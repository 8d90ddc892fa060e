import { describe, expect, it } from "vitest";
import { lineDiff } from "../../scripts/museum/line-diff.js";

describe("the diff of a change", () => {
  it("shows what went and what came, with two lines around it", () => {
    const before = ["a", "b", "c", "d", "e", "f", "g"].join("\n");
    const after = ["a", "b", "c", "D", "e", "f", "g"].join("\n");
    expect(lineDiff("x.ts", before, after).split("\n")).toEqual([
      ...["--- x.ts", "+++ x.ts", "@@ line 2 @@"],
      ...[" b", " c", "-d", "+D", " e", " f"],
    ]);
  });

  it("keeps changes apart that are apart", () => {
    const before = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const after = before.filter((_, index) => index !== 3 && index !== 15);
    const diff = lineDiff("x.ts", before.join("\n"), after.join("\n"));
    expect(diff.match(/^@@/gm)).toHaveLength(2);
    expect(diff.match(/^-line \d+$/gm)).toEqual(["-line 3", "-line 15"]);
  });

  it("is empty where nothing changed", () => {
    expect(lineDiff("x.ts", "a\nb", "a\nb")).toBe("");
  });

  it("gives the new text back when it is applied", () => {
    const before = "one\ntwo\nthree\nfour\nfive";
    const after = "zero\ntwo\n2.5\nthree\nfive\nsix";
    const lines = lineDiff("x.ts", before, after)
      .split("\n")
      .filter((line) => !/^(---|\+\+\+|@@)/.test(line));
    const side = (mark: string) =>
      lines.filter((line) => line[0] === " " || line[0] === mark).map((line) => line.slice(1));
    expect(side("-")).toEqual(before.split("\n"));
    expect(side("+")).toEqual(after.split("\n"));
  });
});
