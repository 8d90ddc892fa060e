import type { Board, CallGuard, RunSignal } from "@escapement/scenario";
import type { LawErrorCode } from "../report.js";
import { hostNowMs, startHostTimer } from "./host.js";

/** Recoveries of one run; who needs more is not a board that a verdict can be had from. */
const recoveriesMax = 20;

/** How long a board that states nothing has to come back, in milliseconds. */
const recoveryMsDefault = 1_500;

/** Between two attempts: a port that is being enumerated refuses at once. */
const pauseMs = 100;

/** After these there is nothing to wait for. */
const finalCodes: ReadonlySet<string> = new Set<LawErrorCode>([
  "closed",
  "aborted",
  "version-mismatch",
  "never-ends",
]);

/** Brings a board back after a fault, a bounded number of times and each in a bounded time. */
export class Recovery {
  readonly #board: Board;
  #left = recoveriesMax;

  /** For one run of the suite. */
  constructor(board: Board) {
    this.#board = board;
  }

  /** Whether the board is back, for the next law, after this fault. */
  async bringBack(code: LawErrorCode, guard: CallGuard, signal?: RunSignal): Promise<boolean> {
    if (finalCodes.has(code) || this.#left === 0) return false;
    this.#left -= 1;
    const endMs = hostNowMs() + (this.#board.recoveryMs ?? recoveryMsDefault);
    for (;;) {
      if (signal?.aborted === true) return false;
      if (await this.#resets(endMs - hostNowMs(), guard)) return true;
      if (hostNowMs() + pauseMs >= endMs) return false;
      await new Promise<void>((resolve) => startHostTimer(resolve, pauseMs));
    }
  }

  /** A board that does not settle must not cost more than its time. */
  #resets(withinMs: number, guard: CallGuard): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = startHostTimer(() => resolve(false), Math.max(0, withinMs));
      const settle = (isBack: boolean): void => {
        cancel();
        resolve(isBack);
      };
      try {
        guard(() => this.#board.reset()).then(
          () => settle(true),
          () => settle(false),
        );
      } catch {
        settle(false);
      }
    });
  }
}
