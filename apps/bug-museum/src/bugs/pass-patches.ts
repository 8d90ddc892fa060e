import type { SourcePatch } from "../bug.js";

/** The pass serves an entry of the queue although its slot is not pending any more. */
export const servesStaleEntry: SourcePatch = {
  file: "dispatcher.ts",
  find: "      const word = state.load(cell + WORD) - PENDING;",
  replace: `      const flags = state.load(cell + WORD);
      const word = flags - (flags & PENDING);`,
};

/** The pass queues a periodic timer again after its handler, where `condition` holds, and not before. */
export function queuesAfterHandler(condition: string): SourcePatch {
  return {
    file: "dispatcher.ts",
    find: `      if (engine.take(HARD_LANE, slot)) {
        engine.enqueue(slot);
      }
      engine.run(HARD_LANE, slot, was);`,
    replace: `      const again = engine.take(HARD_LANE, slot);
      engine.run(HARD_LANE, slot, was);
      if (again && ${condition}) {
        engine.enqueue(slot);
      }`,
  };
}
