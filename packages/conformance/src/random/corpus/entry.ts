import {
  type BoardDescription,
  type Capability,
  encodeProgram,
  hasCapability,
  type Op,
  type Program,
  schemaOf,
} from "@escapement/scenario";
import { listsOf } from "../bound.js";
import { Draws } from "../draws.js";
import { Times } from "../scale.js";

/** The times of a board that a kept program is written in, in ticks. */
export interface CorpusUnits {
  /** The time of an operation or of an entry, whichever is longer. */
  readonly unit: number;
  /** A lap of the counter; where that takes too long in real time, a second. */
  readonly lap: number;
  /** Timers that the board has. */
  readonly timers: number;
}

/** A program that once showed a fault, made as small as it could be. */
export interface CorpusEntry {
  /** Its name, such as `stop-in-dispatch-window`; never used again once given. */
  readonly name: string;
  /** What it showed. */
  readonly about: string;
  /** Where: a bug of the museum, a defect of a HAL. */
  readonly origin: string;
  /** The rule that was broken. */
  readonly rule: string;
  /** Builds it in a board's times. Pure. */
  readonly build: (units: CorpusUnits) => Program;
}

/** The program of an entry for a board; nothing where the board cannot run it. */
export function corpusProgram(
  entry: CorpusEntry,
  description: BoardDescription,
): Program | undefined {
  const { unitTicks, lapTicks } = new Times(new Draws(0), description, "operations", false);
  const program = entry.build({ unit: unitTicks, lap: lapTicks, timers: description.timers });
  return canRun(program, description) ? program : undefined;
}

/** Whether a board has all that a program uses, and room for it. */
function canRun(program: Program, description: BoardDescription): boolean {
  const { maxProgramBytes = Number.POSITIVE_INFINITY, maxDelayTicks, timers } = description;
  const can = (capability: Capability): boolean => hasCapability(description, capability);
  if (program.timers.length > timers || ![...needsOf(program)].every(can)) return false;
  if (program.timers.some(({ period }) => Number(period) > maxDelayTicks)) return false;
  return encodeProgram(program).length <= maxProgramBytes;
}

/** What a board has to be able to do for a program. */
function needsOf(program: Program): ReadonlySet<Capability> {
  const needs = new Set<Capability>();
  const released: readonly Op["op"][] = ["deinit", "deinitAll"];
  for (const op of listsOf(program)) {
    const { needs: own } = schemaOf(op.op) ?? {};
    if (own !== undefined) needs.add(own);
    if (released.includes(op.op)) needs.add("generations");
  }
  for (const { mode, dispatch, overrun } of program.timers) {
    if (mode === "periodic") needs.add("periodic");
    if (dispatch === "soft") needs.add("soft");
    if (mode === "periodic" && overrun !== "coalesce") needs.add("overrun-policy");
  }
  return needs;
}
