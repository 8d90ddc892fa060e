import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeadlineQueue } from "../src/deadline-queue.js";
import { ArrayState } from "../src/index.js";
import { cellCount } from "../src/regions.js";
import { dueOf } from "../src/slot.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

const CAPACITY = 300;

/** The naive model: a sorted list. */
class SortedList {
  readonly dues = new Map<number, number>();
  #list: number[] = [];

  get size(): number {
    return this.#list.length;
  }

  first(): number {
    return this.#list[0] ?? -1;
  }

  insert(slot: number): void {
    const due = this.dues.get(slot) ?? 0;
    const at = this.#list.findIndex((other) => (this.dues.get(other) ?? 0) > due);
    this.#list.splice(at < 0 ? this.#list.length : at, 0, slot);
  }

  remove(slot: number): void {
    this.#list = this.#list.filter((other) => other !== slot);
  }
}

describe("DeadlineQueue", () => {
  it("agrees with a sorted list for any insertions and removals, ties included", () => {
    const steps = fc.array(
      fc.record({ slot: fc.nat(CAPACITY - 1), due: fc.nat(40), pop: fc.nat(3) }),
      // Without a size a list has a dozen items at most, whatever its longest.
      { minLength: 1, maxLength: 1500, size: "max" },
    );
    let [longest, fullest] = [0, 0];
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 2 ** 31, 2 ** 50), (list, offset) => {
        const state = new ArrayState(cellCount(CAPACITY));
        const heap = new DeadlineQueue(state, CAPACITY);
        const model = new SortedList();
        const inside = new Set<number>();
        longest = Math.max(longest, list.length);
        for (const { slot, due, pop } of list) {
          const victim = pop === 0 ? model.first() : slot;
          if (inside.has(victim)) {
            heap.remove(victim);
            model.remove(victim);
            inside.delete(victim);
          } else if (victim >= 0) {
            state.store(dueOf(victim), offset + due);
            model.dues.set(victim, due);
            heap.insert(victim);
            model.insert(victim);
            inside.add(victim);
            fullest = Math.max(fullest, inside.size);
          }
          expect([heap.first(), heap.size]).toEqual([model.first(), model.size]);
        }
        while (model.size > 0) {
          const first = model.first();
          expect(heap.first()).toBe(first);
          heap.remove(first);
          model.remove(first);
        }
        expect(heap.first()).toBe(-1);
      }),
      { numRuns: 150 },
    );
    expect(longest).toBeGreaterThan(1000);
    expect(fullest).toBeGreaterThan(100);
  });
});
