import { program } from "@escapement/scenario";
import { expect, it } from "vitest";
import { openUnoBoard } from "../src/index.js";

/** Phases of which some have the counter stand just before its wrap when it is brought forward once more. */
const sweptPhases = { from: 63_000, count: 300, step: 4 };

it("a phase behind the counter never puts the time back, also from just before the wrap", async () => {
  const board = await openUnoBoard();
  const trace = await board.run(
    program(({ main, sweep, variable }) => {
      main.phase(variable()).phase(19_000).read();
      sweep(sweptPhases);
    }),
  );
  await board.close();
  const calls = trace.records.filter((record) => record.kind === "call");
  expect(calls).toHaveLength(2 * sweptPhases.count);
  for (const [place, { at, until }] of calls.entries()) {
    expect(until, `call ${place}`).toBeGreaterThanOrEqual(at);
    // A lap forward at the most; an unsigned difference would show a step back as 2^32 ticks.
    expect(until - at, `call ${place}`).toBeLessThan(2 * 65_536);
  }
});
