import type { Engine } from "./engine.js";
import {
  ALLOCATED,
  GENERATION_COUNT,
  HARD_LANE,
  LANE_THREAD,
  LAST_SEEN,
  SOFT_LANE,
} from "./layout.js";
import type { StopAnswer } from "./timer-types.js";

/** What one look at a timer's handlers found. */
type Standing = "ended" | "own" | "elsewhere";

/**
 * Waits, in thread context, until no handler of the timer that had the slot at that generation is in
 * flight in another thread; it stops the timer again at each look, as the handler may have started
 * it. The handler is followed by slot and generation, also when it released its timer: a slot is
 * not given out while its handler runs, so nobody else's can be taken for it.
 *
 * @returns `fired` when the handlers have ended; `in-flight` when one of them is the caller's own, or
 * after `timeoutTicks`.
 */
export function waitForHandlers(
  engine: Engine,
  slot: number,
  generation: number,
  timeoutTicks: number,
): StopAnswer {
  const { port, state, clock } = engine;
  let end = Number.POSITIVE_INFINITY;
  for (;;) {
    const was = port.saveAndMask();
    const standing = stopAndLook(engine, slot, generation);
    clock.update();
    const now = state.load(LAST_SEEN);
    engine.restore(was);
    end = Math.min(end, now + timeoutTicks);
    if (standing === "ended") {
      return "fired";
    }
    if (standing === "own" || now >= end) {
      return "in-flight";
    }
    port.relax?.();
  }
}

function stopAndLook(engine: Engine, slot: number, generation: number): Standing {
  const { port, registry, state } = engine;
  const current = registry.generationOf(slot);
  if (current === generation) {
    engine.stop(slot);
  } else if (
    current !== (generation + 1) % GENERATION_COUNT ||
    (engine.flagsOf(slot) & ALLOCATED) !== 0
  ) {
    return "ended";
  }
  const mine = port.threadId?.();
  let standing: Standing = "ended";
  for (const lane of [HARD_LANE, SOFT_LANE]) {
    if (engine.inFlight(lane, slot)) {
      if (state.load(lane + LANE_THREAD) !== mine) {
        return "elsewhere";
      }
      standing = "own";
    }
  }
  return standing;
}
