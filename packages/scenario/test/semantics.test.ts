import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type BoardDescription,
  checkDescription,
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

describe("docs", () => {
  const read = (path: string) =>
    readFileSync(new URL(`../../../docs/${path}`, import.meta.url), "utf8");

  it.each(Object.entries(semanticsMembers))(
    "say where %s is varied, and how",
    (member, { rules, words }) => {
      const rows = read("contract.md").split("\n");
      for (const rule of rules) {
        const row = rows.find((line) => line.startsWith(`| ${rule} |`));
        expect(row, rule).toMatch(new RegExp(`Varied by [^|]*\`${member}\``));
      }
      const guide = read("guides/where-your-system-differs.md").split("\n");
      const row = guide.find((line) => line.startsWith(`| \`${member}\` |`));
      for (const word of words ?? []) expect(row, member).toContain(`\`${word}\``);
    },
  );
});

describe("checkDescription", () => {
  const stating = (semantics: unknown, more: Partial<BoardDescription> = {}) =>
    ({ ...plain, ...more, semantics }) as BoardDescription;
  const lifo = { equalDeadlines: { is: "lifo", source: "chvt.c" } };

  it("accepts what can be", () => {
    checkDescription(plain);
    checkDescription(stating(lifo));
    checkDescription(stating({ pastDeadline: { is: "by-policy", source: "as the contract" } }));
    checkDescription({ ...plain, latencies: { ...plain.latencies, dispatchTicks: 0 } });
  });

  it.each([
    ["no member", { equalDeadline: { is: "lifo", source: "s" } }, /equalDeadline, which is none/],
    ["a wrong word", { equalDeadlines: { is: "lilo", source: "s" } }, /its equalDeadlines is lilo/],
    ["a member as such", { equalDeadlines: "lifo" }, /its equalDeadlines is undefined/],
    ["nothing", { equalDeadlines: null }, /its equalDeadlines is undefined/],
    ["no source", { equalDeadlines: { is: "lifo", source: " " } }, /equalDeadlines and no source/],
    ["a fraction", { granularityTicks: { is: 1.5, source: "s" } }, /its granularityTicks is 1.5/],
    ["a tick of 0", { granularityTicks: { is: 0, source: "s" } }, /its granularityTicks is 0/],
    [
      "a tick that is too long",
      { granularityTicks: { is: 2 ** 32, source: "s" } },
      /longest delay/,
    ],
    ["soft without soft", { queuedOnStop: { is: "delivered", source: "s" } }, /has no soft/],
  ])("refuses %s", (_, semantics, message) => {
    expect(() => checkDescription(stating(semantics))).toThrow(
      expect.objectContaining({
        code: "invalid-description",
        message: expect.stringMatching(message),
      }),
    );
  });

  it("refuses a policy of missed periods from a board of one-shots", () => {
    const semantics = { missedPeriods: { is: "burst", source: "s" } };
    checkDescription(stating(semantics));
    expect(() => checkDescription(stating(semantics, { lacks: ["periodic"] }))).toThrow(
      /missedPeriods and has no periodic/,
    );
  });

  it.each([-1, Number.NaN])("refuses dispatchTicks of %s", (dispatchTicks) => {
    const latencies = { ...plain.latencies, dispatchTicks };
    expect(() => checkDescription({ ...plain, latencies })).toThrow(/dispatchTicks is/);
  });
});
