import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { replayLine, runFaults, shareRight, tableOf, violations } from "./link-faults/index.js";

const hasGcc =
  process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" ||
  (spawnSync("gcc", ["--version"]).status === 0 && spawnSync("mkfifo", ["--version"]).status === 0);

/** Fails with the table and the line that shows each violation again. */
async function hold(agent: "firmware" | "typescript", firstSeed: number, count: number) {
  const runs = await runFaults({ agent, firstSeed, runs: count });
  const shown = violations(runs).map(
    (run) =>
      `seed ${run.seed} (${run.fault}): ${JSON.stringify(run.ending)}\n  ${replayLine(run, agent)}`,
  );
  expect(shown.join("\n"), tableOf(runs)).toBe("");
  expect(runs).toHaveLength(count);
  return runs;
}

test.skipIf(!hasGcc)(
  "2000 runs with faults against the firmware's agent: none wrong, none repeated, none hung (needs gcc: apt-get install -y --no-install-recommends gcc libc6-dev)",
  async () => {
    const runs = await hold("firmware", 1, 2_000);
    expect(shareRight(runs, "1 % damage"), tableOf(runs)).toBeGreaterThanOrEqual(0.99);
    expect(shareRight(runs, "split"), tableOf(runs)).toBe(1);
  },
  600_000,
);

test("480 runs with faults against an agent in TypeScript", async () => {
  const runs = await hold("typescript", 1, 480);
  expect(shareRight(runs, "split"), tableOf(runs)).toBe(1);
});

test("an agent that carries a repeated step out again is found, by its seed", async () => {
  const runs = await runFaults({ agent: "forgetful", firstSeed: 1, runs: 96 });
  const found = violations(runs);
  expect(found.length, tableOf(runs)).toBeGreaterThan(5);
  expect(found.map(({ ending }) => ending.kind)).toContain("repeated");
  const [first] = found;
  if (first === undefined) throw new Error("none");
  const again = await runFaults({ agent: "forgetful", firstSeed: first.seed, runs: 1 });
  expect(again).toEqual([first]);
});
