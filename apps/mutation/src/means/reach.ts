import { coreSources, HalBuilder } from "../builds/hal-build.js";
import { isNoted, withNotes } from "../builds/notes.js";
import type { Mutant } from "../mutants/mutant.js";
import { boardWith, profileNames } from "./boards.js";
import { budget } from "./budget.js";
import { judgeByLaws } from "./laws.js";
import { judgeByRandom } from "./random.js";

/** The mutants of the TypeScript HAL that stand where no law and no random program comes, with all that are asked. */
export async function unreached(mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  const sources = coreSources();
  const Hal = await new HalBuilder(sources, withNotes).load();
  const boards = profileNames.map((name) => {
    const board = boardWith(Hal, name);
    return { name, board, control: board };
  });
  const found = [
    await judgeByLaws(boards, undefined),
    await judgeByRandom(boards, { programs: budget.programs, known: undefined }),
  ];
  for (const result of found) {
    if (result.verdict === "killed") throw new Error(`the HAL as it is breaks ${result.by}`);
  }
  return mutants.filter((each) => !isNoted(each, sources.get(each.file) ?? ""));
}
