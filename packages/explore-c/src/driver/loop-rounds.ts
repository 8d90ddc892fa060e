import { crashErrors, placeHere, stateLayout } from "@escapement/board-c";
import { errorTable } from "@escapement/core";
import { BoardError } from "@escapement/scenario";
import { raceErrors } from "../race-errors.js";

/** Through the interpreter, which takes any other error for a refusal of the driver. */
const cutErrors = errorTable(BoardError, {
  cut: { code: "timeout", message: "{why}", hint: "Make the loop there shorter for the search." },
});

/** Rounds of loops after which it is looked whether a run comes round. */
const ROUNDS = 2_000_000;

/** Rounds that are looked at then. */
const LOOKS_MAX = 1024;

/** Rounds after which a run is cut. */
const ROUNDS_MAX = 4 * ROUNDS;

/** Calls on the stack that distinguish two places. */
const CALLS_MAX = 100;

/** What is looked at. */
export interface LoopingProgram {
  /** All memory; the program's own comes first. */
  readonly bytes: Uint8Array;
  /** Where the state of the hooks begins, and so the program's memory ends. */
  readonly state: number;
  /** Whether every variable is in memory. */
  readonly localsInMemory: boolean;
  /** Accesses that the program has made so far: behind each of them it may have been interrupted. */
  readonly accesses: () => number;
  /** What names places in the source. */
  readonly program: Parameters<typeof placeHere>[0];
}

/**
 * Ends a run that goes round for ever, and one that only takes too long to be searched.
 *
 * The two are distinguished by proof: where the same calls stand at the same loop with the same memory, and
 * nothing came from outside in between, the same comes again. That is a finding. A run of which it is not known
 * is cut, which says nothing against the driver.
 */
export class LoopRounds {
  readonly #looping: LoopingProgram;
  readonly #view: DataView;
  #spent = 0;
  #rounds = 0;
  #nextLook = ROUNDS;
  #looks = 0;
  #copyAt = 1;
  #copy: Uint8Array | undefined;
  #place = "";

  /** Watches the loops of one instance. */
  constructor(looping: LoopingProgram) {
    this.#looping = looping;
    this.#view = new DataView(looping.bytes.buffer);
  }

  /** A run begins. */
  restart(): void {
    this.#spent = 0;
    this.#rounds = 0;
    this.#allow(ROUNDS);
    this.#forget();
  }

  /** A round of a loop that nothing leaves; the module counts those of the others. */
  isSpentByOne(): boolean {
    this.#rounds += 1;
    return this.#rounds >= this.#nextLook;
  }

  /** The rounds that were allowed are made. */
  spent(): void {
    if (this.#looping.localsInMemory && this.#looks < LOOKS_MAX) {
      this.#look();
      this.#allow(1);
      return;
    }
    this.#spent += ROUNDS;
    if (this.#spent >= ROUNDS_MAX) {
      const place = placeHere(this.#looping.program);
      const cause = raceErrors.runTooLong({ rounds: ROUNDS_MAX, place });
      throw cutErrors.cut({ why: cause.message }, { cause });
    }
    this.#forget();
    this.#allow(ROUNDS);
  }

  #allow(rounds: number): void {
    this.#nextLook = this.#rounds + rounds;
    this.#view.setBigUint64(this.#looping.state + stateLayout.fuel, BigInt(rounds), true);
  }

  #forget(): void {
    this.#looks = 0;
    this.#copyAt = 1;
    this.#copy = undefined;
  }

  /** Compares with a copy that is made again after 1, 2, 4 … looks, so that a circle of any length is found. */
  #look(): void {
    const { bytes, state, accesses, program } = this.#looping;
    const own = bytes.subarray(0, state);
    const place = `${accesses()} ${callsHere()}`;
    if (
      this.#copy !== undefined &&
      place === this.#place &&
      Buffer.compare(own, this.#copy) === 0
    ) {
      throw crashErrors.endless({ rounds: this.#rounds || ROUNDS, place: placeHere(program) });
    }
    this.#looks += 1;
    if (this.#looks < this.#copyAt) return;
    this.#copyAt *= 2;
    this.#copy = own.slice();
    this.#place = place;
  }
}

function callsHere(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = CALLS_MAX;
  try {
    return new Error("here").stack ?? "";
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
