import type {
  BoardDescription,
  BoardSemantics,
  Capability,
  Program,
  Refusal,
  SemanticsMember,
  Trace,
} from "@escapement/scenario";

/** The groups of the contract; a law's id begins with its group. */
export type LawGroup = "READ" | "ARM" | "STOP" | "REG" | "PER" | "CALL" | "LIFE" | "ANY";

/** A law's id: its group and a number, such as `STOP-04`; never used again once given. */
export type LawId = `${LawGroup}-${string}`;

/** Board-dependent units, so that one law fits a 32 768 Hz counter and a 125 MHz one. All in ticks. */
export interface LawEnv {
  /** The board that the program is for. */
  readonly board: BoardDescription;
  /** How its timer system behaves: what it states, and the contract for the rest. */
  readonly semantics: BoardSemantics;
  /** Microseconds in ticks, rounded up, at least 1. */
  us(microseconds: number): number;
  /**
   * A comfortable unit of time on this board: at least 500 us, and long enough for a handler with
   * a few operations to run well inside it.
   */
  readonly beat: number;
  /** Ticks in one lap of the counter. */
  readonly lap: number;
  /** How late a handler may come on this board when nothing masks or precedes it. */
  readonly late: number;
  /** Most ticks that one operation takes. */
  readonly op: number;
  /**
   * Whether a search places the interrupts and tries all places, so that a law need not
   * repeat for the sake of chance. Absent on a board.
   */
  readonly systematic?: boolean;
}

/** One way in which a trace breaks a law. */
export interface Finding {
  /** What was seen and what was expected, in one sentence, with the numbers. */
  readonly message: string;
  /** Where in the trace, as an index into its records, when there is such a place. */
  readonly record?: number;
  /** How many further findings this one counts; absent on every other. */
  readonly more?: number;
}

/** Where a program comes from: a seed of the generator, or the kept programs, by its name. */
export type ProgramOrigin =
  | {
      /** The seed. */
      readonly seed: number;
    }
  | {
      /** Its name among the kept programs. */
      readonly corpus: string;
    };

/** One of the programs of a law that has several. */
export interface LawProgram {
  /** Where it comes from. */
  readonly origin: ProgramOrigin;
  /** What the board runs. */
  readonly program: Program;
}

/** A timer law: a program and a pure check of the trace it leaves. */
export interface Law {
  /** For instance `STOP-04`. */
  readonly id: LawId;
  /** A few words for a table row. */
  readonly title: string;
  /** What holds on a good board, in one sentence. */
  readonly statement: string;
  /** Where it comes from: systems, issues, papers. At least one. */
  readonly origin: readonly string[];
  /** The contract's rules that it judges. At least one. */
  readonly rules: readonly string[];
  /** Without these the law is skipped, by their names. */
  readonly needs: readonly Capability[];
  /** Where a board states a difference in one of these the law is skipped, and the difference is the reason. */
  readonly restsOn?: readonly SemanticsMember[];
  /** Refusals that its program provokes on purpose; one that provokes none is never asked for more than a board has. */
  readonly provokes?: readonly Refusal[];
  /**
   * A board that breaks it may never come back by itself, as from an interrupt without end: on a board in
   * real time it is run after the others, so that what was judged stays.
   */
  readonly mayHang?: true;
  /** Builds the program for a board; of a law with several, the first of them. Pure. */
  program(env: LawEnv): Program;
  /**
   * For a law of several programs: all that a board is asked, each judged by itself, the first broken
   * one made smaller. None where the board can run none of them. Absent of a law of one program. Pure.
   */
  programs?(env: LawEnv): readonly LawProgram[];
  /**
   * Judges a trace of that program: no finding, the law holds. Pure. Where only one iteration of its
   * sweep was run, `part` is the program of that iteration; what the sweep has to show as a whole
   * is not asked then. Of a law with several programs, `part` is the one that was run.
   */
  check(trace: Trace, env: LawEnv, part?: Program): readonly Finding[];
}

/** What happened to a law on a board. */
export type Verdict =
  /** The law holds. */
  | "pass"
  /** The trace breaks the law. */
  | "fail"
  /** The board lacks a capability that the law needs. */
  | "skip"
  /** The board or the line failed, so nothing is known. */
  | "error";
