import type { Op, Program } from "@escapement/scenario";
import type { Coverage } from "./coverage.js";
import { LAP_TICKS } from "./schedule.js";

/** Holds that are tried for one instruction in one iteration: where it was seen last decides the next. */
const TRIES_IN_ITERATION = 3;
/** Holds that are tried for one instruction over all iterations of a case. */
const TRIES_MAX = 6;
/** An instruction may come later than in the run before by so much, such as by an interrupt. */
const SHIFT_TICKS = 32;

/**
 * Chooses the holds that bring the wrap to the instructions of one iteration that have not had it:
 * always to the first of them, with all others that are then within reach.
 */
export class Holds {
  readonly #coverage: Coverage;
  readonly #leadTicks: number;
  // Paths without a wrap, with the ticks from the iteration's begin to the first time there.
  readonly #open = new Map<number, number>();
  readonly #tries = new Map<number, number>();
  #target = -1;
  #triesLeft = 0;

  /** Knows what has been covered, and how far ahead a wrap may be. */
  constructor(coverage: Coverage, slackTicks: number) {
    this.#coverage = coverage;
    this.#leadTicks = slackTicks - Math.min(SHIFT_TICKS, slackTicks >> 1);
  }

  /** Begins an iteration. */
  begin(): void {
    this.#open.clear();
    this.#target = -1;
  }

  /** A point without a move so far, so many ticks after the iteration's begin, before the wrap is put there. */
  note(path: number, ticks: number): void {
    if (this.#coverage.hasWrap(path)) return;
    const known = this.#open.get(path);
    // Code that only runs with other holds reach is left to these; a missed target is looked for where it is now.
    if (known === undefined ? this.#target < 0 : known < 0) this.#open.set(path, ticks);
  }

  /** Whether the wrap has been put where the last hold was to bring it. */
  get isMet(): boolean {
    return this.#coverage.hasWrap(this.#target);
  }

  /**
   * The next hold, where there is anything left to do.
   *
   * @param wrapTicks - From the iteration's begin to the next wrap, without a hold.
   */
  next(wrapTicks: number): number | undefined {
    for (;;) {
      const ticks = this.#open.get(this.#target) ?? -1;
      if (this.#triesLeft === 0 || ticks < 0 || this.#coverage.hasWrap(this.#target)) {
        if (!this.#takeTarget()) return undefined;
        continue;
      }
      this.#triesLeft -= 1;
      this.#tries.set(this.#target, (this.#tries.get(this.#target) ?? 0) + 1);
      // Unless the next run reaches it again, there is no other try.
      this.#open.set(this.#target, -1);
      const hold = (wrapTicks - ticks - this.#leadTicks) % LAP_TICKS;
      return hold < 0 ? hold + LAP_TICKS : hold;
    }
  }

  /** Goes on to the first path that is still open. */
  #takeTarget(): boolean {
    this.#open.delete(this.#target);
    for (const path of this.#open.keys()) {
      const triesLeft = TRIES_MAX - (this.#tries.get(path) ?? 0);
      if (triesLeft <= 0 || this.#coverage.hasWrap(path)) {
        this.#open.delete(path);
        continue;
      }
      this.#target = path;
      this.#triesLeft = Math.min(TRIES_IN_ITERATION, triesLeft);
      return true;
    }
    return false;
  }
}

/** Whether a program sets the counter's phase itself. */
export function setsPhase({ main }: Program): boolean {
  return hasPhase(main);
}

function hasPhase(list: readonly Op[]): boolean {
  return list.some((each) => each.op === "phase" || (each.op === "repeat" && hasPhase(each.body)));
}
