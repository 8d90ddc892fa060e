/** Neighbours of one value. */
interface Stretch<T> {
  /** Index of the first. */
  readonly from: number;
  /** Index after the last. */
  readonly to: number;
  /** What they have in common. */
  readonly value: T;
}

/** Groups neighbours by what is picked of them. */
export function stretches<S, T>(steps: readonly S[], pick: (step: S) => T): readonly Stretch<T>[] {
  const found: Stretch<T>[] = [];
  for (const [index, step] of steps.entries()) {
    const value = pick(step);
    const last = found.at(-1);
    if (last?.value === value) found[found.length - 1] = { ...last, to: index + 1 };
    else found.push({ from: index, to: index + 1, value });
  }
  return found;
}
