import { expect, test } from "vitest";
import { replFaults } from "./faulty-repl.js";

const count = Number(process.env.ESCAPEMENT_REPL_FAULTS ?? 100);
const firstSeed = Number(process.env.ESCAPEMENT_REPL_FAULT_SEED ?? 1);

test(`${count} runs over lines with faults: the clean trace or an error, never another trace`, async () => {
  const runs = await replFaults(firstSeed, count);
  const bad = runs
    .filter(({ ending }) => ending === "wrong" || ending === "hang")
    .map(
      ({ seed, fault, ending, detail }) =>
        `seed ${seed} (${fault}): ${ending} ${detail.slice(0, 200)}\n  ESCAPEMENT_REPL_FAULTS=1 ESCAPEMENT_REPL_FAULT_SEED=${seed} npx vitest run test/repl-faults.test.ts`,
    );
  expect(bad.join("\n")).toBe("");
  const tally = new Map<string, number>();
  for (const { fault, ending, detail } of runs) {
    const key = `${fault}: ${ending} ${detail.slice(0, 30)}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  const table = [...tally].map(([key, times]) => `${key} ${times}`).sort();
  const share = (fault: string) => {
    const some = runs.filter((run) => run.fault === fault);
    return some.filter(({ ending }) => ending === "right").length / Math.max(1, some.length);
  };
  if (count < 100) return;
  // What other code prints, and pieces of any size and at any time, cost nothing; text inside a piece may.
  expect(share("split"), table.join("\n")).toBe(1);
  expect(share("text"), table.join("\n")).toBeGreaterThanOrEqual(0.9);
});
