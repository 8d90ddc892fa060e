import { describe, expect, it } from "vitest";
import { allHits, hitsIn } from "../src/vocabulary.js";

describe("one word for one thing", () => {
  it("in sources, comments, docs and messages alike", () => {
    expect(allHits()).toEqual([]);
  });

  it("control: finds a word, its forms, and its parts in names; and no word that only contains it", () => {
    const lines = ["a moment, Moments", "momentOf, atMoment, MOMENT_MAX", "momentum, recommend"];
    expect(hitsIn("x.ts", lines.join("\n")).map((hit) => hit.split(": ").slice(0, 2))).toEqual([
      ["x.ts:1", '"moment"'],
      ["x.ts:1", '"Moments"'],
      ["x.ts:2", '"moment"'],
      ["x.ts:2", '"Moment"'],
      ["x.ts:2", '"MOMENT"'],
    ]);
    expect(hitsIn("x.md", "It tells; Told what it answers.")).toHaveLength(3);
  });

  it("control: a word with one meaning is found outside its folders only", () => {
    const line = "a lane, at any point of a floating point sweep";
    const words = (path: string) => hitsIn(path, line).map((hit) => /"(\w+)"/.exec(hit)?.[1]);
    expect(words("packages/core/src/x.ts")).toEqual(["point", "sweep"]);
    expect(words("packages/explore/src/x.ts")).toEqual(["lane"]);
  });
});
