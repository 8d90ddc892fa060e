import { type LawId, laws, runConformance } from "@escapement/conformance";
import type { Board } from "@escapement/scenario";
import { killersInCache } from "../store.js";
import type { Result } from "./means.js";

/** A board that laws are run on. */
export interface LawBoard {
  /** Its name. */
  readonly name: string;
  /** The board, open. */
  readonly board: Board;
}

/** Laws that somebody wrote; the others are programs with the whole contract as their judge, and belong to these. */
const writtenLaws = laws.map(({ id }) => id).filter((id) => !id.startsWith("ANY-"));

/** How many mutants each law killed so far: those that kill most are asked first. */
const kills = new Map<LawId, number>();
for (const { means, by } of killersInCache()) {
  const law = by.split(" @ ")[0] as LawId;
  if (means === "laws") kills.set(law, killsOf(law) + 1);
}

/**
 * All laws on boards of several kinds, up to the first that fails; `by` is `law @ board`. What a board's own trouble
 * ends shows nothing.
 *
 * @param known what killed it last time: asked first
 * @param beforeLaw called before each law
 */
export async function judgeByLaws(
  boards: readonly LawBoard[],
  known: string | undefined,
  beforeLaw: () => void = () => {},
): Promise<Result> {
  const [knownLaw, knownBoard] = known?.split(" @ ") ?? [];
  const inOrder = writtenLaws.sort((a, b) => killsOf(b) - killsOf(a));
  const questions = boards.flatMap(({ name, board }) =>
    inOrder.map((law) => ({ name, board, law })),
  );
  const first = questions.filter(({ name, law }) => law === knownLaw && name === knownBoard);
  for (const { name, board, law } of [...first, ...questions]) {
    beforeLaw();
    if (!(await isBroken(board, law))) continue;
    kills.set(law, killsOf(law) + 1);
    return { verdict: "killed", by: `${law} @ ${name}` };
  }
  return { verdict: "survived" };
}

function killsOf(law: LawId): number {
  return kills.get(law) ?? 0;
}

/** Whether a board breaks a law. */
export async function isBroken(board: Board, law: LawId): Promise<boolean> {
  const report = await runConformance(board, { only: [law] });
  return report.laws.some(({ verdict }) => verdict === "fail");
}
