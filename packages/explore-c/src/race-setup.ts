import type { CProgram, Device as Peripheral } from "@escapement/board-c";
import type { SimProfile } from "@escapement/board-sim";
import type { MaskEffect } from "./mask-names.js";

/** An interrupt handler of the program. */
export interface Handler {
  /** The function. */
  readonly name: string;
  /** Its number, as the masks name it; −2 for none. */
  readonly number: number;
  /** It interrupts what has a lower priority; the main program has 0. */
  readonly priority: number;
  /** A function that returns whether it is requested; always when absent. */
  readonly predicate?: string;
  /** What it is called with, where the program registered it with an argument. */
  readonly argument?: number;
  /** It comes only after the program has registered it by a call. */
  readonly isRegistered?: boolean;
}

/** A register, or several: reads give one of the values, writes go nowhere. */
export interface Device {
  /** The first address. */
  readonly address: number;
  /** How many bytes; 4 when absent. */
  readonly length?: number;
  /** What reads may give, the usual value first. */
  readonly values: readonly number[];
}

/** What is said of a program besides its files; what is left out is found by names. */
export interface RaceSetupOptions {
  /** The main program. */
  readonly main?: string;
  /** The handlers. */
  readonly handlers?: readonly Handler[];
  /** Functions that enable the handler of a number (−1 for all), besides the usual ones. */
  readonly enable?: readonly string[];
  /** Functions that disable one, besides the usual ones. */
  readonly disable?: readonly string[];
  /** Functions that return an input, with the values, the usual one first; functions that are undefined. */
  readonly inputs?: readonly {
    /** The function. */
    readonly name: string;
    /** What it may return, the usual value first. */
    readonly values: readonly number[];
  }[];
  /** Registers. */
  readonly devices?: readonly Device[];
  /** Registers with a model; the program is prepared with `wordBytes` 0, whatever the processor's word is. */
  readonly peripherals?: readonly Peripheral[];
  /** The chip under those models; that of the profile `stm32` when absent. Its interrupts come from nowhere else but the search. */
  readonly profile?: SimProfile;
  /** Variables of a chip model: no points there, and no findings. */
  readonly models?: readonly string[];
}

/** What an undefined function is taken for. */
export type Assumption =
  | {
      /** It works on the masks. */
      readonly kind: "mask";
      /** What it does to them. */
      readonly effect: MaskEffect;
    }
  | {
      /** Its result comes from outside. */
      readonly kind: "input";
      /** What it may return, the usual value first. */
      readonly values: readonly number[];
    }
  | {
      /** It registers a handler, which may come from then on; one that also enables it is as good as both. */
      readonly kind: "registers";
      /** Whether the handler is then enabled, too. */
      readonly enables: boolean;
    }
  | {
      /** It ends the program, it is a failed assertion, one of both where its argument is 0, or it does nothing. */
      readonly kind: "ends" | "fails" | "ends with 0" | "fails with 0" | "nothing";
    };

/** A variable that nobody defines: what it holds comes from outside. */
export interface UndefinedVariable {
  /** Its first byte. */
  readonly start: number;
  /** The byte behind it. */
  readonly end: number;
  /** Whether a header that is nowhere would have declared it: it is taken for a register. */
  readonly isAssumed: boolean;
}

/** A program with all that a search has to know of it. */
export interface RaceSetup {
  /** The program. */
  readonly program: CProgram;
  /** The main program, as the module exports it. */
  readonly main: string;
  /** The main program, as the source names it. */
  readonly mainName: string;
  /** The handlers, in the order of their numbers in schedules. */
  readonly handlers: readonly Handler[];
  /** What undefined functions are taken for; and what functions of the program do to the masks by their names. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
  /** Registers. */
  readonly devices: readonly Device[];
  /** Registers with a model. */
  readonly peripherals: readonly Peripheral[];
  /** The chip under those models. */
  readonly profile: SimProfile;
  /** Addresses of a chip model's own variables: first byte, and the byte behind. */
  readonly models: readonly (readonly [start: number, end: number])[];
  /** The variables that nobody defines. */
  readonly undefinedData: readonly UndefinedVariable[];
  /** What comes from outside may be one of these, the usual value first. */
  readonly pool: readonly number[];
}
