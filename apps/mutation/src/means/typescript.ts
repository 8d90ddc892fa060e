import { HalBuilder, type HalClass } from "../builds/hal-build.js";
import { allowSteps, TooManySteps } from "../builds/step-guard.js";
import type { Mutant } from "../mutants/mutant.js";
import { boardWith, profileNames } from "./boards.js";
import { budget } from "./budget.js";
import { judgeByLaws } from "./laws.js";
import { errorOf, type Judge, type Known, type MeansName, type Result } from "./means.js";
import { judgeByRandom } from "./random.js";
import { judgeBySearch } from "./search.js";
import { UnitTests } from "./unit-tests.js";

/** Judges mutants of the TypeScript HAL, one after another. */
export class TypeScriptJudge implements Judge {
  readonly #builder = new HalBuilder();
  readonly #unitTests = new UnitTests();
  #sound: Promise<HalClass> | undefined;

  /** One mutant by some means; results come as they are known. */
  async judge(
    mutant: Mutant,
    means: readonly MeansName[],
    known: Known,
    onResult: (means: MeansName, result: Result) => void,
  ): Promise<void> {
    let hal: Promise<HalClass> | undefined;
    for (const name of means) {
      const ask = async (): Promise<Result> => {
        if (name === "unit") {
          return await this.#unitTests.judge(mutant.file, this.#builder.mutated(mutant));
        }
        allowSteps(budget.stepsOfLaw);
        hal ??= this.#builder.load(mutant);
        this.#sound ??= this.#builder.load();
        return await judgeBy(name, await hal, await this.#sound, known[name]);
      };
      onResult(name, await ask().catch(troubleOf));
    }
  }

  /** Ends it. */
  async close(): Promise<void> {
    await this.#unitTests.close();
  }
}

/** A HAL that does not come back is a wrong one; any other error that no means expects says nothing of the mutant. */
function troubleOf(error: unknown): Result {
  if (error instanceof TooManySteps) return { verdict: "killed", by: "too many steps" };
  return errorOf(error);
}

async function judgeBy(
  means: Exclude<MeansName, "unit">,
  Hal: HalClass,
  sound: HalClass,
  known: string | undefined,
): Promise<Result> {
  const refusing = await profileThatDoesNotBoot(Hal);
  if (refusing !== undefined) return { verdict: "killed", by: `boot @ ${refusing}` };
  if (means === "laws") {
    const boards = profileNames.map((name) => ({ name, board: boardWith(Hal, name) }));
    return await judgeByLaws(boards, known, () => allowSteps(budget.stepsOfLaw));
  }
  if (means === "random") {
    const boards = profileNames.map((name) => ({
      name,
      board: boardWith(Hal, name),
      control: boardWith(sound, name),
    }));
    return await judgeByRandom(boards, {
      programs: budget.programs,
      known,
      beforeProgram: () => allowSteps(budget.stepsOfProgram),
    });
  }
  return judgeBySearch(Hal, known, budget.schedules, () => allowSteps(budget.stepsOfProgram));
}

/** The first chip on which a HAL throws when it is made; the HAL as it is boots on all. */
async function profileThatDoesNotBoot(Hal: HalClass): Promise<string | undefined> {
  for (const name of profileNames) {
    allowSteps(budget.stepsOfProgram);
    try {
      await boardWith(Hal, name).reset();
    } catch {
      return name;
    }
  }
  return undefined;
}
