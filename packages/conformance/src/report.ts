import type { BoardDescription, BoardErrorCode, BoardSemantics } from "@escapement/scenario";
import type { ExcerptRecord, PickedIteration } from "@escapement/timeline";
import type { Lateness } from "./lateness.js";
import type { Finding, LawId, Verdict } from "./law.js";
import type { RandomFailure } from "./random/random-report.js";

/** Why a verdict is `error`: the board's code, the law's own fault, or that it was never run. */
export type LawErrorCode = BoardErrorCode | "law-fault" | "not-run";

/** One cause that explains most of the broken laws of a board. */
export interface Diagnosis {
  /** Which cause. */
  readonly kind:
    | "no-handler-ran"
    | "whole-laps-off"
    | "handlers-early"
    | "handlers-late"
    /** The board behaves like one that states another difference from the contract. */
    | "differs";
  /** What was seen, in one sentence, with the numbers. */
  readonly message: string;
  /** Where to look. */
  readonly hint: string;
  /** The broken laws that it explains. */
  readonly laws: readonly LawId[];
  /** What the board behaves like; of the kind `differs` only. */
  readonly semantics?: Partial<BoardSemantics>;
}

/** Whose traces a run keeps. */
export type KeepTraces = "none" | "failed" | "all";

/** What happened to one law on one board. */
export interface LawResult {
  /** The law's id. */
  readonly id: LawId;
  /** The law's title, for a table row. */
  readonly title: string;
  /** The law's statement. */
  readonly statement: string;
  /** What happened to it. */
  readonly verdict: Verdict;
  /** Why, in one line; present unless the verdict is `pass`. */
  readonly reason?: string;
  /** What the check found; present when the verdict is `fail`. */
  readonly findings?: readonly Finding[];
  /** The part of the trace around the findings; present when the verdict is `fail`. */
  readonly excerpt?: readonly ExcerptRecord[];
  /** The random program that showed it; present where the law runs such programs and one broke a rule. */
  readonly failedProgram?: RandomFailure;
  /**
   * One iteration of the trace, at most 250 records: the first that a finding names, or the first.
   * Present when the run keeps traces, see `keepTraces`.
   */
  readonly iteration?: PickedIteration;
  /** How late the handlers came in the whole trace; present together with `iteration`. */
  readonly lateness?: Lateness;
  /** Which kind of error; present when the verdict is `error`. */
  readonly code?: LawErrorCode;
  /** Likely causes and what to do; present when the verdict is `error` and something is known. */
  readonly hint?: string;
  /** The host's time for it, in milliseconds. Says nothing about the board; differs from run to run. */
  readonly durationMs: number;
}

/** How many laws came to each verdict. */
export interface Summary {
  /** Laws that hold. */
  readonly pass: number;
  /** Laws that are broken. */
  readonly fail: number;
  /** Laws whose capabilities the board lacks. */
  readonly skip: number;
  /** Laws of which nothing is known. */
  readonly error: number;
}

/** Why a run ended before its last law. */
export interface StoppedRun {
  /** The law that was in progress. */
  readonly law: LawId;
  /** What happened. */
  readonly code: LawErrorCode;
  /** What happened, in words. */
  readonly message: string;
  /** Likely causes and what to do. */
  readonly hint: string;
}

/** Every law on one board. */
export interface BoardReport {
  /** The board's name. */
  readonly board: string;
  /** What the board said about itself; absent when it could not be opened. */
  readonly description?: BoardDescription;
  /** One result a law, in the catalogue's order. */
  readonly laws: readonly LawResult[];
  /** The counts of the verdicts. */
  readonly summary: Summary;
  /** Present when the run ended early. */
  readonly stopped?: StoppedRun;
  /** Present when one cause explains most of the broken laws. */
  readonly diagnosis?: Diagnosis;
}

/** Counts verdicts. */
export function summarize(laws: readonly LawResult[]): Summary {
  const counts = { pass: 0, fail: 0, skip: 0, error: 0 };
  for (const { verdict } of laws) counts[verdict] += 1;
  return counts;
}
