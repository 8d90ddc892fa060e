import { describe, expect, it } from "vitest";
import {
  type BoardDescription,
  differencesOf,
  type SemanticsMember,
  semanticsMembers,
  semanticsOf,
} from "../src/index.js";

const plain: BoardDescription = {
  name: "plain",
  counterBits: 16,
  frequencyHz: 1_000_000,
  capabilities: [],
  timers: 8,
  maxDelayTicks: 2 ** 31,
  latencies: { lateTicks: 1, minDeltaTicks: 1, opTicks: 1 },
};

describe("semanticsOf", () => {
  it("is the contract where nothing is stated", () => {
    const semantics = semanticsOf(plain);
    for (const [member, { contract }] of Object.entries(semanticsMembers)) {
      expect(semantics[member as SemanticsMember], member).toBe(contract);
    }
    expect(differencesOf(plain)).toEqual([]);
  });

  it("is what the board states, and the contract for the rest", () => {
    const board: BoardDescription = {
      ...plain,
      semantics: {
        equalDeadlines: { is: "lifo", source: "chvt.c" },
        granularityTicks: { is: 1000, source: "tick of 1 ms" },
        partialTick: { is: "waited", source: "as the contract" },
      },
    };
    expect(semanticsOf(board)).toEqual({
      ...semanticsOf(plain),
      equalDeadlines: "lifo",
      granularityTicks: 1000,
    });
    expect(
      differencesOf(board).map(({ member, board: is, source }) => [member, is, source]),
    ).toEqual([
      ["equalDeadlines", "lifo", "chvt.c"],
      ["granularityTicks", 1000, "tick of 1 ms"],
    ]);
  });
});

describe("the members", () => {
  it("have numbers of their own, and the contract's word first", () => {
    const specs = Object.values(semanticsMembers);
    expect(new Set(specs.map(({ code }) => code)).size).toBe(specs.length);
    for (const { words, contract } of specs)
      if (words !== undefined) expect(words[0]).toBe(contract);
  });
});
