import { type BoardDescription, hasCapability, semanticsOf } from "@escapement/scenario";
import type { Draws } from "./draws.js";

/** Which times a random program is about; each program has one, so that its parts meet. */
export type RandomScale =
  /** Times of a few operations: where an interrupt lands inside a call. */
  | "operations"
  /** Times around a lap of the counter. */
  | "laps"
  /** Times shorter than a handler: always something due. */
  | "bursts"
  /** Six to twelve timers, often started together with interrupts masked. */
  | "many";

/** Every scale. */
export const randomScales: readonly RandomScale[] = ["operations", "laps", "bursts", "many"];

/** How much of the processor the handlers of a small board may take: few programs overload it. */
const floorUnits: readonly [readonly [number, number], ...(readonly [number, number])[]] = [
  [10, 7],
  [3, 2],
  [0, 1],
];

/** A lap of a second or more is not waited for in real time. */
const longestLapSeconds = 1;

/** Handlers that last for much of a lap are run in real time where that is no longer. */
const longestHeavyLapSeconds = 0.02;

/** How many programs about laps have such handlers. */
const heavyShare = 0.2;

/**
 * The unit that random and kept programs are measured in on a board, in ticks: the time of an operation
 * or of an entry, whichever is longer; a tick of its timer system, where that is longer still; at least 8.
 */
export function unitTicksOf(description: BoardDescription): number {
  const { opTicks, lateTicks } = description.latencies;
  return Math.ceil(Math.max(opTicks, lateTicks, semanticsOf(description).granularityTicks, 8));
}

/** The times that a program draws from, in ticks. */
export class Times {
  readonly scale: RandomScale;
  /** The time of an operation or of an entry, whichever is longer. */
  readonly unitTicks: number;
  /** A lap of the counter; where that takes too long in real time, a second. */
  readonly lapTicks: number;
  /** The longest delay that is taken. */
  readonly longestTicks: number;
  /** A delay that several timers share. */
  readonly tieTicks: number;
  /** Handlers last for much of a lap, and are due again before they end: wraps come between them. */
  readonly #isHeavy: boolean;
  readonly #draws: Draws;
  readonly #description: BoardDescription;
  readonly #floorTicks: number;

  constructor(draws: Draws, description: BoardDescription, scale: RandomScale, isSmall: boolean) {
    const whole = 2 ** Math.min(description.counterBits, 32);
    const isFast = hasCapability(description, "fast-forward");
    this.#draws = draws;
    this.#description = description;
    this.scale = scale;
    this.unitTicks = unitTicksOf(description);
    this.lapTicks = isFast ? whole : Math.min(whole, longestLapSeconds * description.frequencyHz);
    this.longestTicks = description.maxDelayTicks;
    const isSoonOver = isFast || whole <= longestHeavyLapSeconds * description.frequencyHz;
    this.#isHeavy = scale === "laps" && isSoonOver && draws.chance(heavyShare);
    this.tieTicks = this.unitTicks * draws.between(6, 15);
    this.#floorTicks = isSmall ? this.unitTicks * draws.weighted(floorUnits) : 0;
  }

  /** A timer's period, or the delay of a start. */
  delay(isPeriodic: boolean): number {
    const { maxDelayTicks } = this.#description;
    if (this.#draws.chance(0.03)) return maxDelayTicks;
    if (this.#draws.chance(0.2)) return Math.min(this.tieTicks, maxDelayTicks);
    const drawn = this.#delayOfScale(isPeriodic);
    const floored = drawn < this.#floorTicks ? this.#floorTicks + drawn : drawn;
    return Math.max(1, Math.min(floored, maxDelayTicks));
  }

  /** How long the thread sleeps. */
  sleep(): number {
    const { unitTicks: unit, lapTicks } = this;
    const draws = this.#draws;
    if (this.scale === "laps") {
      return draws.weighted([
        [() => unit * draws.between(1, 20), 3],
        [() => Math.floor(lapTicks * (0.05 + 0.01 * draws.below(110))), 4],
        [() => draws.below(unit), 1],
      ])();
    }
    return draws.weighted([
      [() => unit * draws.between(2, 9), 4],
      [() => unit * draws.between(10, 39), 3],
      [() => draws.below(unit), 2],
      [() => unit * 8, 1],
    ])();
  }

  /** How long a list spins. */
  spin(isMain: boolean): number {
    const { unitTicks: unit } = this;
    if (isMain) return this.#draws.below(unit * 4);
    // Three in one handler, and its operations, are no lap yet: of more nothing is promised (READ-16).
    if (this.#isHeavy) return Math.floor(this.lapTicks * (0.03 + 0.01 * this.#draws.below(15)));
    return this.#draws.weighted([
      [this.#draws.below(unit), 4],
      [unit * this.#draws.between(1, 6), 2],
    ]);
  }

  /** How long interrupts stay masked: under a lap, or nothing would be promised. */
  masked(): number {
    const mostTicks = Math.floor(this.lapTicks * 0.6);
    return this.scale === "laps"
      ? this.#draws.below(Math.min(mostTicks, this.unitTicks * 60))
      : Math.min(this.unitTicks * this.#draws.below(30), mostTicks);
  }

  /** A counter value: just before the wrap, or anywhere. */
  counter(nearWrap: boolean): number {
    const whole = 2 ** Math.min(this.#description.counterBits, 32);
    if (!nearWrap) return this.#draws.below(Math.min(whole, 2 ** 31));
    const before = this.#draws.below(this.#draws.pick([2, this.unitTicks, this.unitTicks * 20]));
    return (((whole - 1 - before) % whole) + whole) % whole;
  }

  #delayOfScale(isPeriodic: boolean): number {
    const { unitTicks: unit } = this;
    const draws = this.#draws;
    const { minDeltaTicks, lateTicks } = this.#description.latencies;
    const shortest = () => 1 + draws.below(minDeltaTicks + lateTicks + 4);
    if (this.scale === "laps" || (this.scale === "many" && draws.chance(0.3))) {
      return this.#delayOfLaps(isPeriodic ? () => unit * 40 : shortest);
    }
    if (this.scale === "bursts") {
      return draws.weighted([
        [() => draws.between(1, 4), 2],
        [() => draws.between(1, unit), 3],
        [() => unit * draws.between(1, 6), 4],
      ])();
    }
    return draws.weighted([
      [shortest, isPeriodic ? 1 : 3],
      [() => unit * draws.between(1, 4) + draws.below(unit), 3],
      [() => unit * draws.between(4, 19) + draws.below(3), 5],
      [() => unit * 8, 2],
    ])();
  }

  #delayOfLaps(short: () => number): number {
    const { unitTicks: unit, lapTicks: lap } = this;
    const draws = this.#draws;
    if (this.#isHeavy && draws.chance(0.7)) {
      return Math.floor(lap * 0.01 * draws.between(1, 12)) + draws.below(unit);
    }
    return draws.weighted([
      [() => Math.floor(lap * (0.1 + 0.01 * draws.below(120))), 5],
      [() => lap - 2 + draws.below(5), 1],
      [() => unit * draws.between(20, 79), 3],
      [short, 2],
      [() => lap - draws.below(4 * unit), 1],
    ])();
  }
}
