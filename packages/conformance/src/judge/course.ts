import type { Model } from "./model.js";
import type { Registry } from "./registry.js";
import type { SecondInterrupt } from "./second-interrupt.js";

/** What the rules of an iteration share: the timers, and the parts of the world around them. */
export interface Course {
  readonly model: Model;
  readonly registry: Registry;
  readonly second: SecondInterrupt;
}
