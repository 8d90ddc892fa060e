import { type BoardDescription, type BoardSemantics, semanticsOf } from "@escapement/scenario";

/** The board, as far as a judgement asks it again and again. */
export interface Bounds {
  readonly description: BoardDescription;
  readonly semantics: BoardSemantics;
  readonly lateTicks: number;
  readonly opTicks: number;
  /** From the HAL's look at the clock to the handler's entry. */
  readonly dispatchTicks: number;
  /** A lap, or infinity where the counter has no need of one. */
  readonly lapTicks: number;
  readonly maxDelayTicks: number;
  readonly capacity: number;
  /** Whether an interrupt can interrupt a handler of the timer interrupt. */
  readonly canNest: boolean;
  readonly hasExceptions: boolean;
}

/** Takes what is needed from a description. */
export function boundsOf(description: BoardDescription): Bounds {
  const { latencies, capabilities, counterBits } = description;
  return {
    description,
    semantics: semanticsOf(description),
    lateTicks: latencies.lateTicks,
    opTicks: latencies.opTicks,
    dispatchTicks: (latencies.dispatchTicks ?? latencies.opTicks) + 1,
    lapTicks: counterBits > 32 ? Number.POSITIVE_INFINITY : 2 ** counterBits,
    maxDelayTicks: description.maxDelayTicks,
    capacity: description.timers,
    canNest: capabilities.includes("nesting"),
    hasExceptions: capabilities.includes("exceptions"),
  };
}
