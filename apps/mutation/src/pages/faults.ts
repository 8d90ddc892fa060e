import type { Reason } from "../reasons.js";
import type { ResultRow } from "./results.js";
import { isAsked, isSurvivor } from "./score.js";

/**
 * What is wrong with the reasons, one sentence each: a mutant that survives and has none, a reason of one that is killed
 * or not there any more, and a mutant with two.
 */
export function faultsOf(
  rows: readonly ResultRow[],
  reasons: readonly Reason[],
): readonly string[] {
  const survivors = new Set(rows.filter(isSurvivor).map(({ id }) => id));
  const unreached = new Set(rows.filter((row) => row.isUnreached).map(({ id }) => id));
  const open = new Set(
    rows.filter((row) => row.apart === undefined && !isAsked(row)).map(({ id }) => id),
  );
  const known = new Set(rows.map(({ id }) => id));
  const given = reasons.flatMap(({ mutants }) => mutants);
  const twice = given.filter((id, index) => given.indexOf(id) !== index);
  return [
    ...[...survivors]
      .filter((id) => !given.includes(id) && !unreached.has(id))
      .map((id) => `${id} survives without a reason`),
    ...given
      .filter((id) => !survivors.has(id) && !open.has(id))
      .map((id) =>
        known.has(id)
          ? `${id} has a reason to survive, and is killed or does not count`
          : `${id} has a reason to survive, and is no mutant of these sources`,
      ),
    ...twice.map((id) => `${id} has two reasons`),
  ];
}
