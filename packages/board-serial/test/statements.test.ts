import { encodeStatement } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { bench, errorOf, smallProgram } from "./bench.js";
import { toyTrace } from "./toy-board.js";

const lifo = encodeStatement("equalDeadlines", { is: "lifo", source: "chvt.c, “insert”" });
const dispatch = Uint8Array.of(128, 0x90, 0x01);

describe("what an agent states of its board", () => {
  test("is in the description, with its sources, and what is not known is passed over", async () => {
    const granularity = encodeStatement("granularityTicks", { is: 1000, source: "1 ms" });
    const later = Uint8Array.of(77, 5, 0x61);
    const { open, clock, agent } = bench({ statements: [lifo, later, granularity, dispatch] });
    const board = await open();
    expect(board.describe().semantics).toEqual({
      equalDeadlines: { is: "lifo", source: "chvt.c, “insert”" },
      granularityTicks: { is: 1000, source: "1 ms" },
    });
    expect(board.describe().latencies.dispatchTicks).toBe(144);
    expect(agent.carriedOut[7]).toBe(5);
    expect(await clock.settle(board.run(smallProgram))).toEqual(toyTrace(smallProgram));
  });

  test("may be nothing", async () => {
    const board = await bench({ statements: [] }).open();
    expect(board.describe().semantics).toBeUndefined();
    expect(board.describe().latencies.dispatchTicks).toBeUndefined();
  });

  test("is not asked for where it has none, as before there were any", async () => {
    const { open, agent } = bench();
    await open();
    expect(agent.carriedOut[7]).toBeUndefined();
  });

  test.each([
    ["a word that there is not", Uint8Array.of(2, 9, 0x61), "invalid-description"],
    ["no source", Uint8Array.of(2, 1), "invalid-description"],
    [
      "what the board cannot do",
      encodeStatement("softRearm", { is: "at-expiry", source: "s" }),
      "invalid-description",
    ],
    ["half a statement", Uint8Array.of(2, 0x81), "malformed"],
  ])("with %s the board is refused", async (_, statement, code) => {
    const error = await errorOf(bench({ statements: [statement] }).open());
    expect(error.code).toBe(code);
  });

  test("that never ends is no statement", async () => {
    const statements = Array.from({ length: 256 }, () => lifo);
    const error = await errorOf(bench({ statements }).open());
    expect(error.code).toBe("malformed");
    expect(error.message).toContain("never ends its statements");
  });
});
