import { describe, expect, it } from "vitest";
import { type RaceFinding, type RaceSetup, searchRaces, setUp } from "../src/index.js";
import { programOfText } from "./compiled.js";
import { randomGlobals, randomProgram } from "./random-programs.js";

const seeds = Array.from({ length: 300 }, (_, place) => place + 1);

/** The lines of a finding; which of several patterns of the same lines comes first is nobody's promise. */
function linesOf({ kind, message, variable, accesses }: RaceFinding): string {
  const lines = (accesses ?? []).map(({ place }) => place.line);
  return kind === "atomicity" ? `${variable} ${lines.join()}` : `${kind} ${message}`;
}

async function found(setup: RaceSetup, prune: boolean) {
  const limits = { landings: 2, occurrences: 1000, timeSeconds: 600, prune };
  const { findings, cut, coverage } = await searchRaces(setup, { limits });
  expect(cut).toBeUndefined();
  return { lines: findings.map(linesOf).sort(), runs: coverage.runs };
}

describe("a search that leaves out equivalent schedules", () => {
  it("finds in 300 random programs what one finds that leaves out nothing", async () => {
    const text = randomGlobals + seeds.map(randomProgram).join("");
    const program = await programOfText(text);
    let total = 0;
    let runs = 0;
    let allRuns = 0;
    for (const seed of seeds) {
      const handlers = [1, 2].map((number) => {
        return { name: `p${seed}_isr_${number}`, number, priority: number };
      });
      const setup = setUp(program, { main: `p${seed}_main`, handlers });
      const pruned = await found(setup, true);
      const whole = await found(setup, false);
      expect(pruned.lines, `randomProgram(${seed}):\n${randomProgram(seed)}`).toEqual(whole.lines);
      total += whole.lines.length;
      runs += pruned.runs;
      allRuns += whole.runs;
    }
    // The comparison is of something: programs have findings, and much is left out.
    expect(total).toBeGreaterThan(200);
    expect(runs).toBeLessThan(allRuns);
  }, 900_000);
});
