import type { BoardSemantics, SemanticsMember } from "./semantics.js";

/** What is known of a member of the semantics beside its type. */
export interface MemberSpec<Value> {
  /** Its number on the wire; never used again once given. */
  readonly code: number;
  /** What it is about, in a few words, for a table. */
  readonly about: string;
  /** The contract's rules that it varies. */
  readonly rules: readonly string[];
  /** What the contract says. */
  readonly contract: Value;
  /** What it can be, the contract's first; a word's place is its number on the wire. Absent of numbers. */
  readonly words?: readonly Value[];
  /** The least that a number can be. */
  readonly least?: number;
}

/** What is known of each member of the semantics. */
export type SemanticsMembers = {
  readonly [Member in SemanticsMember]: MemberSpec<BoardSemantics[Member]>;
};

function words<const Words extends readonly [string, ...string[]]>(
  code: number,
  about: string,
  rules: readonly string[],
  ...list: Words
): MemberSpec<Words[number]> & { readonly words: Words } {
  return { code, about, rules, contract: list[0], words: list };
}

function ticks(
  code: number,
  about: string,
  rules: readonly string[],
  contract: number,
  least: number,
): MemberSpec<number> {
  return { code, about, rules, contract, least };
}

/** Every member of the semantics, in the order in which tables list them. */
export const semanticsMembers: SemanticsMembers = {
  partialTick: words(1, "the tick that runs at a start", ["ARM-02"], "waited", "given-away"),
  equalDeadlines: words(2, "order of equal deadlines", ["ARM-14"], "fifo", "lifo", "any"),
  overdue: words(
    3,
    "order of timers that are due at once",
    ["ARM-31", "ARM-32"],
    "by-due-time",
    "by-deadline",
    "any",
  ),
  relativeStart: words(4, "result of a start", ["ARM-02"], "armed", "armed-or-late"),
  stopResult: words(
    5,
    "what stop can say",
    ["STOP-01", "STOP-02", "STOP-03", "STOP-04", "STOP-05", "STOP-22"],
    "exact",
    "no-fired",
    "no-in-flight",
    "boolean",
    "nothing",
  ),
  startInHandler: words(
    6,
    "from when a start in a handler counts",
    ["ARM-02", "STOP-21", "CALL-07", "CALL-08"],
    "from-now",
    "from-scheduled",
  ),
  pastDeadline: words(
    7,
    "a deadline that has passed",
    ["ARM-06", "ARM-07"],
    "by-policy",
    "fires",
    "clamped",
    "refused",
  ),
  missedPeriods: words(
    8,
    "missed periods",
    ["PER-04", "PER-05", "PER-08"],
    "by-policy",
    "coalesce",
    "burst",
    "skip",
  ),
  queuedOnStop: words(
    9,
    "a waiting soft callback at a stop",
    ["STOP-13", "CALL-20", "LIFE-08"],
    "dropped",
    "delivered",
  ),
  setPeriod: words(
    10,
    "a new period of a running timer",
    ["PER-06", "PER-07", "PER-23"],
    "moves",
    "next",
    "restarts",
  ),
  makingInInterrupt: words(11, "making a timer in an interrupt", ["CALL-21"], "refused", "allowed"),
  softRearm: words(
    12,
    "when a soft periodic timer is armed again",
    ["PER-17", "PER-23"],
    "at-service",
    "at-expiry",
  ),
  callbackThrows: words(13, "a callback that throws", ["CALL-06"], "contained", "stops-timer"),
  startOfRunning: words(
    14,
    "start of a running timer",
    ["ARM-11", "PER-14", "LIFE-11"],
    "restarts",
    "refused",
  ),
  unreferenced: words(15, "a timer that nobody holds", ["REG-01"], "kept", "collected"),
  granularityTicks: ticks(
    16,
    "ticks of its counter in one of its ticks",
    ["ARM-02", "ARM-05", "PER-02"],
    1,
    1,
  ),
  maxOverruns: ticks(17, "where counting overruns ends", ["PER-16"], 2 ** 32 - 1, 0),
  maxReferenceAgeTicks: ticks(
    18,
    "age of a reference, in ticks",
    ["ARM-26"],
    Number.MAX_SAFE_INTEGER,
    0,
  ),
};
