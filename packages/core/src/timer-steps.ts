import type { Engine } from "./engine.js";
import { HARD_LANE, SOFT_LANE, scheduledIn, stoppedIn } from "./lane.js";
import { CLOSED, LAST_SEEN } from "./layout.js";
import {
  anchorOf,
  deadlineOf,
  Flag,
  isOfGeneration,
  isReleasedBy,
  overrunsOf,
  periodOf,
  withFlags,
  withoutFlags,
  wordOf,
} from "./slot.js";
import type { TimerError } from "./timer-error.js";
import { timerErrors } from "./timer-errors.js";
import { SETTING_FLAGS, type TimerSettings } from "./timer-settings.js";
import type { StartAt, StartResult, StopResult } from "./timer-types.js";

/*
 * What a call on a timer does in its masked section. Steps are plain functions, not made for the
 * call, so that starting and stopping allocate nothing (rule CALL-18).
 */

/** A timer's handle, as the steps need it. */
export interface SlotHandle {
  /** The HAL. */
  readonly engine: Engine;
  /** Its slot. */
  readonly slot: number;
  /** How often that had been given out: the handle is stale once the slot's word says another. */
  readonly generation: number;
}

/** A step on a live slot, with interrupts masked; it may look at the clock, and may throw. */
type Step<Given, Result> = (engine: Engine, slot: number, given: Given, word: number) => Result;

/**
 * Runs a step with interrupts masked.
 *
 * @param refused flags of a timer for which the call is refused: `Flag.Shut` or 0
 * @throws TimerError `stale-handle`, `hal-closed`, `timer-shut-down`, and what the step throws
 */
export function change<Given, Result>(
  timer: SlotHandle,
  refused: number,
  step: Step<Given, Result>,
  given: Given,
): Result {
  const { engine } = timer;
  const was = engine.port.saveAndMask();
  const word = requireLive(timer, refused, was);
  try {
    return step(engine, timer.slot, given, word);
  } finally {
    engine.restore(was);
  }
}

/**
 * Reads something of a live slot with interrupts masked, without a look at the clock.
 *
 * @throws TimerError `stale-handle`, `hal-closed`
 */
export function read<Value>(
  timer: SlotHandle,
  look: (engine: Engine, slot: number, word: number) => Value,
): Value {
  const { engine } = timer;
  const was = engine.port.saveAndMask();
  const word = requireLive(timer, 0, was);
  const value = look(engine, timer.slot, word);
  engine.port.restore(was);
  return value;
}

/** The word of a timer's slot. Where the call is refused, interrupts are restored and it ends here. */
export function requireLive(timer: SlotHandle, refused: number, was: number): number {
  const { engine } = timer;
  const word = engine.state.load(wordOf(timer.slot));
  const isLive = isOfGeneration(word, timer.generation);
  if (!isLive || (word & refused) !== 0) {
    engine.port.restore(was);
    throw refusal(timer, isLive);
  }
  return word;
}

function refusal({ engine, slot, generation }: SlotHandle, isLive: boolean): TimerError {
  if (isLive) {
    return timerErrors.shutDown({ slot });
  }
  return engine.state.load(CLOSED) !== 0
    ? timerErrors.closed()
    : timerErrors.staleHandle({ slot, generation, now: engine.registry.generationOf(slot) });
}

/** The step of `start({ reference, delta })`. */
export function startAt(engine: Engine, slot: number, at: StartAt, word: number): StartResult {
  engine.clock.update();
  const now = engine.state.load(LAST_SEEN);
  const { reference } = at;
  const deadline = reference + at.delta;
  if (reference > now) {
    throw timerErrors.futureReference({ reference, now });
  }
  const isLate = deadline <= now;
  if (isLate && (word & Flag.Refuse) !== 0) {
    return "missed";
  }
  const wasFirst = engine.unarm(slot);
  engine.state.store(anchorOf(slot), reference);
  engine.state.store(deadlineOf(slot), deadline);
  engine.arm(slot, wasFirst);
  return isLate ? "late" : "armed";
}

/** The step of `shutdown()`. */
export function shutDown(engine: Engine, slot: number, generation: number): StopResult {
  const result = engine.stop(slot);
  const word = engine.state.load(wordOf(slot));
  // A one-shot that releases itself may be retired by now.
  if (isOfGeneration(word, generation) && (word & Flag.Shut) === 0) {
    engine.state.store(wordOf(slot), withFlags(word, Flag.Shut));
  }
  return result;
}

/** The step of `init()`, but for the callback. */
export function setUp(engine: Engine, slot: number, settings: TimerSettings): void {
  const { state } = engine;
  const wasFirst = engine.queue.first() === slot;
  engine.withdraw(slot);
  engine.markStopped(slot);
  const kept = withoutFlags(state.load(wordOf(slot)), SETTING_FLAGS | Flag.Fired);
  state.store(wordOf(slot), withFlags(kept, settings.flags));
  state.store(periodOf(slot), settings.periodTicks);
  state.store(overrunsOf(slot), 0);
  engine.rearm(wasFirst);
}

/** The step of `setPeriod()`. */
export function setPeriod(engine: Engine, slot: number, ticks: number, word: number): void {
  const { state, queue } = engine;
  const deadline = state.load(deadlineOf(slot)) - state.load(periodOf(slot)) + ticks;
  state.store(periodOf(slot), ticks);
  if ((word & Flag.Pending) !== 0) {
    const wasFirst = queue.first() === slot;
    engine.clock.update();
    queue.remove(slot);
    state.store(wordOf(slot), withoutFlags(state.load(wordOf(slot)), Flag.Pending));
    state.store(deadlineOf(slot), deadline);
    engine.enqueue(slot);
    engine.rearm(wasFirst || queue.first() === slot);
  }
}

/** The step of `remaining()`; below 0 where it is overdue. */
export function remaining(engine: Engine, slot: number, _: undefined, word: number): number {
  if ((word & Flag.Pending) === 0) {
    return 0;
  }
  engine.clock.update();
  return engine.state.load(deadlineOf(slot)) - engine.state.load(LAST_SEEN);
}

/** The look of `active`. */
export function isActive(engine: Engine, slot: number, word: number): boolean {
  return (
    (word & (Flag.Pending | Flag.Queued)) !== 0 ||
    goesOnIn(engine, HARD_LANE, slot) ||
    goesOnIn(engine, SOFT_LANE, slot)
  );
}

/** Whether a handler of that slot is in that lane and was not stopped since. */
function goesOnIn(engine: Engine, lane: number, slot: number): boolean {
  return engine.inFlight(lane, slot) && engine.state.load(stoppedIn(lane)) === 0;
}

/**
 * What `scheduledTicks` returns. A handler in flight learns it also where its timer was released:
 * an interrupt can do that before the handler's first line.
 *
 * @throws TimerError `stale-handle`, `hal-closed`
 */
export function scheduled(timer: SlotHandle): number {
  const { engine, slot, generation } = timer;
  const { port, state } = engine;
  const was = port.saveAndMask();
  const word = state.load(wordOf(slot));
  if (!isOfGeneration(word, generation) && !isReleasedInFlight(timer, word)) {
    requireLive(timer, 0, was);
  }
  let cell = anchorOf(slot);
  if (engine.inFlight(HARD_LANE, slot)) {
    cell = scheduledIn(HARD_LANE);
  } else if (engine.inFlight(SOFT_LANE, slot)) {
    cell = scheduledIn(SOFT_LANE);
  }
  const ticks = state.load(cell);
  port.restore(was);
  return ticks;
}

/** Whether a timer was released while its handler is in flight: its slot is not given out before the end of it. */
function isReleasedInFlight({ engine, slot, generation }: SlotHandle, word: number): boolean {
  return (
    isReleasedBy(word, generation) &&
    engine.state.load(CLOSED) === 0 &&
    (engine.inFlight(HARD_LANE, slot) || engine.inFlight(SOFT_LANE, slot))
  );
}

/** The look of `takeOverruns()`, which is the only one that changes something. */
export function takeOverruns({ state }: Engine, slot: number): number {
  const overruns = state.load(overrunsOf(slot));
  state.store(overrunsOf(slot), 0);
  return overruns;
}
