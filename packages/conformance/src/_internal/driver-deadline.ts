import {
  type Board,
  type BoardDescription,
  BoardError,
  type CallGuard,
  CallNotReturned,
  thrownText,
} from "@escapement/scenario";
import { runErrors } from "../conformance-errors.js";

/** Makes a guard; the last one of a law believes that the host had time enough. */
export type GuardMaker = (limitMs: number, isLast: boolean) => CallGuard;

/** How long one call of a driver may block the host, in milliseconds, unless the law's time is shorter. */
const limitMsDefault = 10_000;

/** The same for a board whose driver did not return before: it is known to loop. */
const limitMsKnown = 2_000;

/** Less than this says nothing: a host stands still for as long now and then. */
const limitMsLeast = 1_000;

/** Who made progress, or had no processor to make any, is asked again with so much more time. */
const moreTime = 6;

let makeGuard: GuardMaker | undefined;

/** Gives the package a means to end a call that does not return; a host that has none gives none. */
export function installGuard(maker: GuardMaker): void {
  makeGuard = maker;
}

/** One attempt at a law. */
export interface DriverAttempt {
  /** Ends a call of the driver. */
  readonly guard: CallGuard;
  /** Ends a call of a board that does not use the guard itself; comes later than the guard. */
  readonly outer: CallGuard;
}

/**
 * How long the drivers of one run may block the host. A deadline of the host's clock must not speak
 * of a slow host: an attempt that was slow, not silent, is made once more with a longer time.
 */
export class DriverDeadline {
  #limitMs: number;
  readonly #mostMs: number;

  /** For laws of so many milliseconds. */
  constructor(timeoutMs = Number.POSITIVE_INFINITY) {
    this.#mostMs = timeoutMs;
    this.#limitMs = Math.max(limitMsLeast, Math.min(limitMsDefault, timeoutMs));
  }

  /** The attempts that a law has, in order; where the host cannot end a call, no attempt has an end. */
  attempts(): readonly DriverAttempt[] {
    const limitMs = this.#limitMs;
    const longerMs = Math.min(moreTime * limitMs, this.#mostMs);
    return longerMs > limitMs
      ? [attempt(limitMs, false), attempt(longerMs, true)]
      : [attempt(limitMs, true)];
  }

  /** The driver did not return: the next time it is not waited for as long. */
  expectLess(): void {
    this.#limitMs = Math.min(this.#limitMs, limitMsKnown);
  }
}

/**
 * What a board says of itself. A driver that is tried out for it may not return either; asked once
 * more, the board tries nothing.
 */
export function describeWithin(board: Board, driver: DriverDeadline): BoardDescription {
  const [first] = driver.attempts();
  if (first === undefined) return described(board);
  try {
    return first.outer(() => described(board));
  } catch (error) {
    if (!(error instanceof CallNotReturned)) throw error;
    driver.expectLess();
    return described(board);
  }
}

/** @throws BoardError `board-fault` where it throws anything but one of its own errors */
function described(board: Board): BoardDescription {
  try {
    return board.describe();
  } catch (error) {
    if (error instanceof BoardError || error instanceof CallNotReturned) throw error;
    throw runErrors.foreignError({ reason: thrownText(error) }, { cause: error });
  }
}

function attempt(limitMs: number, isLast: boolean): DriverAttempt {
  if (makeGuard === undefined) return { guard: (work) => work(), outer: (work) => work() };
  return {
    guard: makeGuard(limitMs, isLast),
    outer: makeGuard(limitMs + Math.min(1_000, limitMs), isLast),
  };
}
