import type { Replay, ReplayStep } from "../replay.js";
import type { ActivitySpan, Interruption } from "./replay-spans.js";

/** A cell that an interrupt and what it interrupted both use, at least one of them writing. */
export interface Conflict {
  /** The cell's name. */
  readonly cell: string;
  /** What may go wrong, worst first: 3 a lost update, 2 a stale value, 1 a half-made change. */
  readonly weight: 1 | 2 | 3;
  /** Whether what was interrupted uses it with interrupts open, and not as a cell made for that. */
  readonly open: boolean;
  /** The last use by what was interrupted before the interrupt, as an index of a step. */
  readonly before?: number;
  /** The interrupt's own use: its last store, or its last load where it stores nothing. */
  readonly during: number;
  /** The first use by what was interrupted after the interrupt. */
  readonly after?: number;
}

/**
 * The cells over which an interrupt and the interrupted activity meet, worst first.
 *
 * Uses before and after count within the one activity alone: what went before it is no longer in
 * anybody's hands. None where no activity was interrupted.
 */
export function conflictsOf(
  { steps }: Replay,
  interruption: Interruption,
  interrupted: ActivitySpan | undefined,
): readonly Conflict[] {
  if (interrupted === undefined) return [];
  const { from, to, level } = interruption;
  const outer = (first: number, end: number): Uses =>
    usesOf(steps, first, end, (step) => step.level === level - 1);
  const before = outer(interrupted.from, from);
  const after = outer(to, interrupted.last + 1);
  const during = usesOf(steps, from, to, (step) => step.level >= level);
  const found: Conflict[] = [];
  for (const [cell, inside] of during) {
    const [early, late] = [before.get(cell), after.get(cell)];
    const stores = early?.lastStore !== undefined || late?.lastStore !== undefined;
    if (early === undefined && late === undefined) continue;
    if (inside.lastStore === undefined && !stores) continue;
    found.push({
      cell,
      weight: weightOf(early, inside, late),
      open: early?.open === true || late?.open === true,
      ...(early !== undefined && { before: early.last }),
      during: inside.lastStore ?? inside.last,
      ...(late !== undefined && { after: late.firstStore ?? late.first }),
    });
  }
  // Between equals the use nearest to the interrupt says most.
  return found.sort((a, b) => badness(b) - badness(a) || (b.before ?? -1) - (a.before ?? -1));
}

interface Use {
  readonly first: number;
  last: number;
  firstStore: number | undefined;
  lastStore: number | undefined;
  loaded: boolean;
  open: boolean;
}

type Uses = ReadonlyMap<string, Use>;

function usesOf(
  steps: readonly ReplayStep[],
  from: number,
  end: number,
  counts: (step: ReplayStep) => boolean,
): Uses {
  const uses = new Map<string, Use>();
  for (let index = from; index < end; index += 1) {
    const step = steps[index];
    if (step?.cell === undefined || !counts(step)) continue;
    const fresh = { firstStore: undefined, lastStore: undefined, loaded: false, open: false };
    const use: Use = uses.get(step.cell) ?? { first: index, last: index, ...fresh };
    use.last = index;
    if (!step.masked && step.atomic !== true) use.open = true;
    if (step.access === "store") {
      use.firstStore ??= index;
      use.lastStore = index;
    } else {
      use.loaded = true;
    }
    uses.set(step.cell, use);
  }
  return uses;
}

/** What is used under a mask each time may be meant so. */
function badness({ weight, open }: Conflict): number {
  return weight + (open ? 1.5 : 0);
}

function weightOf(early: Use | undefined, inside: Use, late: Use | undefined): Conflict["weight"] {
  if (early?.loaded !== true || inside.lastStore === undefined) return 1;
  if (late === undefined) return 2;
  // Stored without another look: what the interrupt put there is lost.
  return late.first === late.firstStore ? 3 : 1;
}
