import type { Engine } from "./engine.js";
import { HARD_LANE, SOFT_LANE, threadIn } from "./lane.js";
import { CLOSED, LAST_SEEN } from "./layout.js";
import { isOfGeneration, isReleasedBy, wordOf } from "./slot.js";
import { requireLive, type SlotHandle } from "./timer-steps.js";
import type { StopResult } from "./timer-types.js";

/*
 * `stopSync()`: a stop that waits for a handler in another thread.
 *
 * It stops the timer again at each look, as the handler may have started it. The handler is followed by
 * slot and generation, also when it released its timer: a slot is not given out while its handler
 * runs, so the handler of another timer cannot be taken for it.
 */

/** What one look at a timer's handlers found. */
type Standing = "ended" | "own" | "elsewhere";

/**
 * Stops a timer, and waits where another thread runs its handler.
 *
 * @returns as `stop()`; after waiting `fired`, or `in-flight` after `timeoutTicks`
 * @throws TimerError `stale-handle`, `hal-closed`
 */
export function stopAndWait(timer: SlotHandle, timeoutTicks: number): StopResult {
  const { engine } = timer;
  const { port } = engine;
  const canWait = port.threadId !== undefined && !port.inInterrupt();
  const was = port.saveAndMask();
  if (canWait && isLeftRunning(timer)) {
    port.restore(was);
  } else {
    requireLive(timer, 0, was);
    const result = engine.stop(timer.slot);
    engine.restore(was);
    if (result !== "in-flight" || !canWait) {
      return result;
    }
  }
  return waitForHandlers(timer, timeoutTicks);
}

/** Waits, in thread context, until no handler of the timer is in flight in another thread. */
function waitForHandlers(timer: SlotHandle, timeoutTicks: number): StopResult {
  const { engine } = timer;
  let end = Number.POSITIVE_INFINITY;
  for (;;) {
    const { standing, now } = engine.masked(() => {
      const standing = stopAndLook(timer);
      engine.clock.update();
      return { standing, now: engine.state.load(LAST_SEEN) };
    });
    end = Math.min(end, now + timeoutTicks);
    if (standing === "ended") {
      return "fired";
    }
    if (standing === "own" || now >= end) {
      return "in-flight";
    }
    engine.port.relax?.();
  }
}

/**
 * Whether the timer was released while its handler is in flight in another thread: stale, and yet to
 * be waited for. With interrupts masked; never after the HAL was closed.
 */
function isLeftRunning(timer: SlotHandle): boolean {
  const { engine, slot, generation } = timer;
  return (
    engine.state.load(CLOSED) === 0 &&
    isReleasedBy(engine.state.load(wordOf(slot)), generation) &&
    lookAtHandlers(engine, slot) === "elsewhere"
  );
}

function stopAndLook(timer: SlotHandle): Standing {
  const { engine, slot, generation } = timer;
  const word = engine.state.load(wordOf(slot));
  if (isOfGeneration(word, generation)) {
    engine.stop(slot);
  } else if (!isReleasedBy(word, generation)) {
    return "ended";
  }
  return lookAtHandlers(engine, slot);
}

function lookAtHandlers(engine: Engine, slot: number): Standing {
  const mine = engine.port.threadId?.();
  let standing: Standing = "ended";
  for (const lane of [HARD_LANE, SOFT_LANE]) {
    if (engine.inFlight(lane, slot)) {
      if (engine.state.load(threadIn(lane)) !== mine) {
        return "elsewhere";
      }
      standing = "own";
    }
  }
  return standing;
}
