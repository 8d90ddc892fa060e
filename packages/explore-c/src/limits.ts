/** How far a search goes. All but the time and the runs are bounds within which it is complete. */
export interface RaceLimits {
  /** The most moves that enter a handler, in one run. */
  readonly landings: number;
  /** The most times that one handler is entered in one run. */
  readonly perHandler: number;
  /** The most inputs of a run that have another value than the usual one. */
  readonly inputs: number;
  /** In a loop: the first move only at the first so many times that an access comes, a further one at the first quarter of them, two at least. */
  readonly occurrences: number;
  /** Rounds of a main loop that nothing leaves. */
  readonly rounds: number;
  /** Accesses of more bytes than this are made piece by piece. */
  readonly wordBytes: 1 | 2 | 4;
  /** Rounds of all other loops of a run, until it counts as a hang. */
  readonly fuel: number;
  /** The search is cut short after that many seconds. */
  readonly timeSeconds: number;
  /** The search is cut short after that many runs. */
  readonly runs: number;
  /** Leaves out schedules that are equivalent to one that is run. */
  readonly prune: boolean;
}

/** The limits of a search that says nothing else. */
export const defaultRaceLimits: RaceLimits = {
  landings: 3,
  perHandler: 2,
  inputs: 2,
  occurrences: 8,
  rounds: 3,
  wordBytes: 4,
  fuel: 20_000_000,
  timeSeconds: 60,
  runs: Number.POSITIVE_INFINITY,
  prune: true,
};
