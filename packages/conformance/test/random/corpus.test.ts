import { readFileSync } from "node:fs";
import { createSimBoard } from "@escapement/board-sim";
import type { Program } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { describeViolation, judgeTrace } from "../../src/index.js";
import { corpusProgram } from "../../src/random/corpus/entry.js";
import { corpus } from "../../src/random/corpus/index.js";
import { profileNames } from "../laws/support.js";

const contract = readFileSync(new URL("../../../../docs/contract.md", import.meta.url), "utf8");

/** What a program does, without its times. */
function shapeOf({ main, timers }: Program): unknown {
  return [main, ...timers.map(({ handler }) => handler)].map((ops) => ops.map(({ op }) => op));
}

describe("the kept programs", () => {
  it("are thirty to eighty, each with a name of its own, an origin and a rule of the contract", () => {
    expect(corpus.length).toBeGreaterThanOrEqual(30);
    expect(corpus.length).toBeLessThanOrEqual(80);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
    for (const { name, about, origin, rule } of corpus) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(about, name).toMatch(/^[A-Z].*\.$/);
      expect(origin, name).toMatch(/\w{3}/);
      expect(contract, name).toContain(`| ${rule} | MUST |`);
    }
  });

  it.each(profileNames)("ANY-01 they keep every rule on %s", async (profile) => {
    const board = createSimBoard({ profile });
    const description = board.describe();
    const without: string[] = [];
    for (const entry of corpus) {
      const program = corpusProgram(entry, description);
      if (program === undefined) {
        without.push(entry.name);
        continue;
      }
      await board.reset();
      const found = judgeTrace(program, await board.run(program), description);
      expect(found.map(describeViolation), entry.name).toEqual([]);
    }
    expect(without).toEqual([]);
  });

  it.each([
    ["overruns-beyond-sixteen-bits", 65_537],
    ["overruns-of-many-periods", 41],
  ])("PER-04 %s has more than %d periods missed", async (name, least) => {
    const entry = corpus.find((each) => each.name === name);
    const board = createSimBoard({ profile: "stm32" });
    const program = entry && corpusProgram(entry, board.describe());
    if (program === undefined) throw new Error("no program");
    const { records } = await board.run(program);
    const taken = records.flatMap((each) =>
      each.kind === "call" && each.op === "overruns" ? [each.value] : [],
    );
    expect(taken[0]).toBeGreaterThanOrEqual(least);
  });

  it("ask the same of every board, in its own times", () => {
    const [first, ...others] = profileNames.map((profile) =>
      createSimBoard({ profile }).describe(),
    );
    if (first === undefined) throw new Error("no board");
    for (const entry of corpus) {
      const shape = shapeOf(
        corpusProgram(entry, first) ?? { timers: [], interrupts: [], main: [] },
      );
      for (const other of others) {
        const program = corpusProgram(entry, other);
        expect(program && shapeOf(program), `${entry.name} on ${other.name}`).toEqual(shape);
      }
    }
  });
});
