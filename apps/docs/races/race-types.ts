import type { SimProfileName } from "@escapement/board-sim";
import type { Timeline } from "@escapement/timeline";

/** What a race page plays: a bug of the museum, judged by a law. */
export interface RaceSetup {
  /** The bug's name in the museum. */
  readonly bug: string;
  /** The law's id. */
  readonly law: string;
  /** The counter. */
  readonly profile: SimProfileName;
}

/** Which run is looked at: everything that decides it. */
export interface RaceRequest {
  /** Whether the HAL has the bug in it. */
  readonly bugOn: boolean;
  /** Value of the program's sweep variable. */
  readonly value: number;
  /** The schedule's text, such as `e1:53c`. */
  readonly schedule: string;
}

/** Where a move is to go: to the place nearest to a point, some places on, to another event at its point, or away. */
export type RaceTarget =
  | { readonly point: number }
  | { readonly none: true }
  | { readonly places: number }
  | { readonly choice: string };

/** One point of a run, in numbers and words. */
export interface RaceStep {
  /** 0 in the thread, 1 in an interrupt, 2 in one that interrupted it. */
  readonly level: number;
  /** What the program has under way, such as `start(0)`. */
  readonly doing: string;
  /** The moves that hold the processor up just before it, in words; empty for none. */
  readonly held: string;
  /** The counter. */
  readonly counter: number;
  /** Whether a wrap is latched. */
  readonly overflow: boolean;
  /** Whether a compare match is latched. */
  readonly match: boolean;
  /** The registry in words; empty where nothing is known of it. */
  readonly state: string;
  /** The step in words. */
  readonly words: string;
  /** What happens at it alone, such as `store wraps := 1`. */
  readonly happens: string;
  /** Where in the HAL's sources it is, as `engine.ts:42`; empty where the HAL has no part in it. */
  readonly place: string;
  /** The shared cell that it uses; empty for none. */
  readonly cell: string;
  /** Whether an interrupt and what it interrupted both use that cell, and one of them writes it. */
  readonly shared: boolean;
  /** Whether interrupts are masked. */
  readonly masked: boolean;
  /** Which operation of the thread is under way, counted from 0. */
  readonly operation: number;
}

/** A move of the schedule. */
interface RaceMove {
  /** The point before which it is made. */
  readonly point: number;
  /** Its event, such as `c` or `w-`. */
  readonly choice: string;
  /** What it waits for, in words. */
  readonly words: string;
}

/** An event that can be waited for at the place of a move. */
export interface RaceChoice {
  /** Its letter and sign. */
  readonly choice: string;
  /** In words. */
  readonly words: string;
}

/** Something that is wrong in a run. */
export interface RaceViolation {
  /** What is violated, such as the law's id. */
  readonly what: string;
  /** What was seen, in a sentence. */
  readonly message: string;
}

/** A run, as it is shown. */
export interface RaceRun extends RaceRequest {
  /** What is drawn of it. */
  readonly timeline: Timeline;
  /** Every point. */
  readonly steps: readonly RaceStep[];
  /** The schedule's moves. */
  readonly moves: readonly RaceMove[];
  /** Which of the moves is moved, from 0; it is still to be made where there are no more. */
  readonly active: number;
  /** Points to which it can go. */
  readonly places: readonly number[];
  /** Events that it can wait for where it is. */
  readonly choices: readonly RaceChoice[];
  /** What is wrong; empty when every law holds. */
  readonly violations: readonly RaceViolation[];
  /** The step to look at first: the last move's point, or where the trouble was seen. */
  readonly focus: number;
  /** What is to be said about the way to this run, such as that a marker snapped; empty for nothing. */
  readonly notice: string;
}

/** What there is to play with. */
export interface RaceFacts {
  /** Whether the law is the one that owns the bug, on the bug's own counter. */
  readonly isOwn: boolean;
  /** Values of the program's sweep variable. */
  readonly values: readonly number[];
}

/** What comes of the interrupt at one of its places. */
export interface RaceOutcome {
  /** The place: before this point. */
  readonly point: number;
  /** The schedule that puts it there. */
  readonly schedule: string;
  /** Whether anything is violated then. */
  readonly violated: boolean;
}

/** How far a search has come. */
export interface RaceProgress {
  /** Cases done. */
  readonly done: number;
  /** Cases in all. */
  readonly cases: number;
  /** Runs so far. */
  readonly runs: number;
}

/** What a search came to. */
export interface RaceSearch {
  /** Whether it was completed; it ends early when it is cancelled. */
  readonly whole: boolean;
  /** Distinct schedules run. */
  readonly schedules: number;
  /** Of those that were run: how many break a law. */
  readonly failed: number;
  /** Schedules left out because one that was run is equivalent. */
  readonly pruned: number;
  /** Moves in a schedule, at the most. */
  readonly bound: number;
  /** Distinct violations. */
  readonly violations: number;
  /** The shortest example of one. */
  readonly shortest?: { readonly value: number; readonly schedule: string };
}

/** A request to the worker; the reply has the same number. */
export type RaceMessage = { readonly id: number } & (
  | { readonly ask: "open"; readonly setup: RaceSetup }
  | { readonly ask: "run"; readonly request: RaceRequest; readonly active?: number }
  | {
      readonly ask: "move";
      readonly request: RaceRequest;
      readonly active: number;
      readonly target: RaceTarget;
    }
  | {
      readonly ask: "carry";
      readonly request: RaceRequest;
      readonly to: { readonly bugOn: boolean; readonly value: number };
    }
  | { readonly ask: "outcomes"; readonly request: RaceRequest }
  | { readonly ask: "search"; readonly bugOn: boolean; readonly bound: number }
  | { readonly ask: "cancel" }
);

/** What the worker may return with. */
type RaceResult = RaceFacts | RaceRun | RaceSearch | readonly RaceOutcome[];

/** What was wrong with a request. */
export interface RaceFailure {
  /** The error's code. */
  readonly code: string;
  /** What was wrong. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** What the worker says. */
export type RaceReply = { readonly id: number } & (
  | { readonly say: "result"; readonly result: RaceResult }
  | { readonly say: "progress"; readonly progress: RaceProgress }
  | { readonly say: "failure"; readonly failure: RaceFailure }
);
