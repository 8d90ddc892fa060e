import { formatSchedule, type Schedule } from "./schedule.js";
import type { FoundSplit, SplitAccesses } from "./source.js";

/** Items of an array are one variable, so that a loop over it is one split. */
function keyOf({ pattern, variable, accesses }: SplitAccesses): string {
  const places = accesses.map(({ place }) => `${place.file}:${place.line}:${place.column}`);
  return `${pattern} ${variable.replace(/\[\d+\]/g, "[]")} ${places.join(" ")}`;
}

/** Keeps one of each thing that was split in the runs of a case: the first, whose schedule is a shortest. */
export class FoundSplits {
  readonly #numbers = new Set<number>();
  readonly #kept = new Map<string, FoundSplit>();

  /** Adds one, which a run by that schedule shows. */
  add(key: number, describe: () => SplitAccesses, schedule: Schedule): void {
    // Most are those of a run before.
    if (this.#numbers.has(key)) return;
    this.#numbers.add(key);
    const split = describe();
    const text = keyOf(split);
    if (this.#kept.has(text)) return;
    this.#kept.set(text, { ...split, schedule: formatSchedule(schedule) });
  }

  /** All of them, in the order in which they were found. */
  list(): readonly FoundSplit[] {
    return [...this.#kept.values()];
  }
}
