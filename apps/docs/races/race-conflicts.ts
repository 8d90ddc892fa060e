import type { ReplayStep } from "@escapement/explore";
import type { RunActivity } from "@escapement/scenario";

/**
 * The steps, by index, at which an interrupt and the operation that it interrupted use the same
 * cell and at least one of the two writes it: what one looks for in a race.
 */
export function sharedSteps(steps: readonly ReplayStep[]): ReadonlySet<number> {
  const shared = new Set<number>();
  for (let first = 1; first < steps.length; first += 1) {
    const level = steps[first - 1]?.level ?? 0;
    if ((steps[first]?.level ?? 0) <= level) continue;
    const end = endOfInterrupt(steps, first, level);
    const outer = interruptedSteps(steps, first, end, level);
    markShared(steps, range(first, end), outer, shared);
  }
  return shared;
}

function endOfInterrupt(steps: readonly ReplayStep[], first: number, level: number): number {
  let end = first;
  while (end < steps.length && (steps[end]?.level ?? 0) > level) end += 1;
  return end;
}

/** The steps of the interrupted operation, before and after the interrupt. */
function interruptedSteps(
  steps: readonly ReplayStep[],
  first: number,
  end: number,
  level: number,
): readonly number[] {
  const operation = operationOf(steps[first - 1], level);
  const belongs = (index: number): boolean => {
    const found = operationOf(steps[index], level);
    return found !== undefined && found === operation;
  };
  const before: number[] = [];
  for (let index = first - 1; belongs(index); index -= 1) before.push(index);
  const after: number[] = [];
  for (let index = end; belongs(index); index += 1) after.push(index);
  return [...before, ...after].filter((index) => steps[index]?.level === level);
}

/** What was under way at a level; the same object for as long as it is the same operation. */
function operationOf(step: ReplayStep | undefined, level: number): RunActivity | undefined {
  return step?.activities.findLast(({ context }) => context <= level);
}

function range(from: number, end: number): readonly number[] {
  return Array.from({ length: end - from }, (_, index) => from + index);
}

function markShared(
  steps: readonly ReplayStep[],
  inner: readonly number[],
  outer: readonly number[],
  shared: Set<number>,
): void {
  const cells = (indices: readonly number[], access?: string): ReadonlySet<string> =>
    new Set(
      indices.flatMap((index) => {
        const step = steps[index];
        if (step?.cell === undefined) return [];
        return access === undefined || step.access === access ? [step.cell] : [];
      }),
    );
  const [inside, outside] = [cells(inner), cells(outer)];
  const [writtenInside, writtenOutside] = [cells(inner, "store"), cells(outer, "store")];
  for (const index of [...inner, ...outer]) {
    const cell = steps[index]?.cell;
    if (cell === undefined || !inside.has(cell) || !outside.has(cell)) continue;
    if (writtenInside.has(cell) || writtenOutside.has(cell)) shared.add(index);
  }
}
