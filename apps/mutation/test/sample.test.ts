import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { FirmwareJudge } from "../src/means/firmware.js";
import type { Judge, MeansName, Result } from "../src/means/means.js";
import { TypeScriptJudge } from "../src/means/typescript.js";
import { candidates } from "../src/mutants/all-mutants.js";
import type { Language, Mutant } from "../src/mutants/mutant.js";
import { readResults } from "../src/pages/results.js";
import { drawn } from "../src/sample.js";

const seed = Number(process.env.MUTATION_SEED ?? 1);
const again = (at: number): string =>
  `again: MUTATION_SEED=${at} npx vitest run test/sample.test.ts`;
const hasGcc =
  process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" || spawnSync("gcc", ["--version"]).status === 0;

interface Killed {
  readonly mutant: Mutant;
  readonly means: MeansName;
  readonly by: string;
}

/** Mutants that the page says are killed and that are still there, each with the means that killed it. */
async function killed(language: Language): Promise<readonly Killed[]> {
  const mutants = new Map((await candidates(language)).map((mutant) => [mutant.id, mutant]));
  return (readResults()?.[language] ?? []).flatMap(({ id, by = {} }) => {
    const mutant = mutants.get(id);
    const means = (["laws", "random"] as const).find((each) => typeof by[each] === "string");
    const killer = means && by[means];
    return mutant && means && killer ? [{ mutant, means, by: killer }] : [];
  });
}

async function ask(judge: Judge, { mutant, means, by }: Killed): Promise<Result | undefined> {
  let found: Result | undefined;
  await judge.judge(mutant, [means], { [means]: by }, (_, result) => {
    found = result;
  });
  return found;
}

function holds(title: string, language: Language, count: number, judge: Judge): void {
  describe.skipIf(language === "c" && !hasGcc)(title, () => {
    afterAll(() => judge.close());

    it(`are killed as the page says, ${count} of them with seed ${seed}`, async () => {
      const all = await killed(language);
      expect(all.length, "the page is of other sources: run pnpm mutation").toBeGreaterThanOrEqual(
        count,
      );
      for (const each of drawn(all, count, seed)) {
        const { id } = each.mutant;
        expect(await ask(judge, each), `${id} by ${each.means}; ${again(seed)}`).toMatchObject({
          verdict: "killed",
        });
      }
    });
  });
}

holds("mutants of the TypeScript HAL", "ts", 6, new TypeScriptJudge());
holds(
  "mutants of the C HAL (needs gcc: apt-get install gcc libc6-dev)",
  "c",
  3,
  new FirmwareJudge(),
);
