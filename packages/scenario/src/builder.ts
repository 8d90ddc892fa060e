import type { Dispatch, LatePolicy, OverrunPolicy, TimerMode } from "@escapement/core";
import { HandlerList, type InterruptRef, MainList, OpList, type TimerRef } from "./lists.js";
import type { Operand, Program, Sweep } from "./program.js";
import { validateProgram } from "./validate.js";

/** How a timer of a program behaves. */
export interface ProgramTimerOptions {
  /** One-shot or periodic. */
  readonly mode: TimerMode;
  /** Period, or the one-shot's delay, in ticks. */
  readonly period: Operand;
  /** Default `hard`. */
  readonly dispatch?: Dispatch;
  /** Default `coalesce`. */
  readonly overrun?: OverrunPolicy;
  /** Default `fire`. */
  readonly late?: LatePolicy;
  /** Its expiries are counted but not recorded; default false. */
  readonly quiet?: boolean;
}

/** What the function that describes a program is given. */
export interface ProgramTools {
  /** What the thread runs. */
  readonly main: MainList;
  /** Adds a timer; its handler's list is empty at first. */
  readonly timer: (options: ProgramTimerOptions) => TimerRef;
  /** Adds a list for the second interrupt, empty at first. */
  readonly interrupt: () => InterruptRef;
  /** Runs the program once for each value of the variable. The last call counts. */
  readonly sweep: (sweep: Sweep) => void;
  /** The sweep variable plus an offset (default 0), for use wherever a number of ticks goes. */
  readonly variable: (offset?: number) => Operand;
}

/**
 * Builds a program and checks it.
 *
 * Throws a {@link BoardError} `invalid-program` where a rule of the format is broken.
 *
 * @example
 * ```ts
 * import { program } from "@escapement/scenario";
 *
 * export const stopsItself = program(({ main, timer }) => {
 *   const t = timer({ mode: "periodic", period: 500 });
 *   t.handler.stop(t);
 *   main.start(t).sleep(5_000);
 * });
 * ```
 */
export function program(build: (tools: ProgramTools) => void): Program {
  const main = new MainList();
  const timers: { readonly options: ProgramTimerOptions; readonly handler: HandlerList }[] = [];
  const interrupts: OpList[] = [];
  let swept: Sweep | undefined;
  build({
    main,
    timer: (options) => {
      const handler = new HandlerList();
      timers.push({ options, handler });
      return { index: timers.length - 1, handler };
    },
    interrupt: () => {
      const handler = new OpList();
      interrupts.push(handler);
      return { index: interrupts.length - 1, handler };
    },
    sweep: (sweep) => {
      swept = sweep;
    },
    variable: (offset = 0) => ({ variable: true, offset }),
  });
  const built: Program = {
    timers: timers.map(({ options, handler }) => ({
      mode: options.mode,
      period: options.period,
      dispatch: options.dispatch ?? "hard",
      overrun: options.overrun ?? "coalesce",
      late: options.late ?? "fire",
      quiet: options.quiet ?? false,
      handler: handler.ops,
    })),
    interrupts: interrupts.map((list) => list.ops),
    main: main.ops,
    ...(swept === undefined ? {} : { sweep: { ...swept } }),
  };
  validateProgram(built);
  return built;
}
