import type { Activity, Step } from "./trace-tree.js";

/** A pass of `service()`, while it goes on. */
export interface ServicePass {
  readonly step: Step;
  /** Distinguishes it from other passes; above 0. */
  readonly id: number;
  /** When it was called. */
  readonly at: number;
  /** When it had begun at the latest: its first callback was entered, or it returned. */
  readonly begunBy: number;
  /** Its first callback; absent where it ran none. */
  readonly first: Activity | undefined;
  /** The first callback's place in the order of all that was done; infinite before it. */
  firstOrder: number;
  /** How many callbacks it ran. */
  ran: number;
  /** The pass that it began in, where one is refused inside another. */
  readonly outer: ServicePass | undefined;
}

/** A `service()` begins. */
export function passOf(step: Step, outer: ServicePass | undefined): ServicePass {
  const isOwn = (each: Activity) => each.kind === "handler" && each.context === step.context;
  const first = step.nested.find(isOwn);
  return {
    step,
    id: step.index + 1,
    at: step.at,
    begunBy: first === undefined ? step.until : first.at,
    first,
    firstOrder: Number.POSITIVE_INFINITY,
    ran: 0,
    outer,
  };
}
