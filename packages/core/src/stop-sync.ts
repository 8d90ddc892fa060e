import type { Engine } from "./engine.js";
import {
  ALLOCATED,
  CLOSED,
  GENERATION_COUNT,
  HARD_LANE,
  LANE_THREAD,
  LAST_SEEN,
  SOFT_LANE,
} from "./layout.js";
import type { StopResult } from "./timer-types.js";

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
): StopResult {
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

/**
 * Whether the timer that had the slot at that generation was released while its handler is in flight
 * in another thread: stale, and yet to be waited for. With interrupts masked; never after the HAL was
 * closed.
 */
export function isLeftRunning(engine: Engine, slot: number, generation: number): boolean {
  return (
    engine.state.load(CLOSED) === 0 &&
    isJustReleased(engine, slot, generation) &&
    lookAtHandlers(engine, slot) === "elsewhere"
  );
}

function stopAndLook(engine: Engine, slot: number, generation: number): Standing {
  if (engine.registry.generationOf(slot) === generation) {
    engine.stop(slot);
  } else if (!isJustReleased(engine, slot, generation)) {
    return "ended";
  }
  return lookAtHandlers(engine, slot);
}

/** Whether the slot was released by that generation, and not given out since. */
function isJustReleased(engine: Engine, slot: number, generation: number): boolean {
  return (
    engine.registry.generationOf(slot) === (generation + 1) % GENERATION_COUNT &&
    (engine.flagsOf(slot) & ALLOCATED) === 0
  );
}

function lookAtHandlers(engine: Engine, slot: number): Standing {
  const { port, state } = engine;
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
