import type { Reason } from "./reasons.js";

/** Why mutants of the C HAL survive laws and random programs. */
export const reasonsC: readonly Reason[] = [];
