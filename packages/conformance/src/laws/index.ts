import type { Law } from "../law.js";
import { armAnywhere } from "./arm/anywhere.js";
import { armDelays } from "./arm/delays.js";
import { armHeld } from "./arm/held.js";
import { armOverload } from "./arm/overload.js";
import { armQueue } from "./arm/queue.js";
import { armReference } from "./arm/reference.js";
import { callContext } from "./call/context.js";
import { callHandlers } from "./call/handlers.js";
import { callsSideBySide } from "./call/side-by-side.js";
import { lifecycleLaws } from "./life/lifecycle.js";
import { releasedTimers } from "./life/release.js";
import { overrunLaws } from "./per/overruns.js";
import { periodChanges } from "./per/period.js";
import { periodicSchedules } from "./per/schedule.js";
import { softPeriods } from "./per/soft.js";
import { calmReads } from "./read/calm.js";
import { interruptReads } from "./read/interrupts.js";
import { overloadReads } from "./read/overload.js";
import { wrapReads } from "./read/wrap.js";
import { capacityLaws } from "./reg/capacity.js";
import { releaseLaws } from "./reg/release.js";
import { stopsAgain } from "./stop/again-and-again.js";
import { latchedStops } from "./stop/latched.js";
import { stopsInHandlers } from "./stop/own-handler.js";
import { plainStops } from "./stop/plain.js";
import { stopRaces } from "./stop/races.js";
import { siblingStops } from "./stop/siblings.js";

/** The contract's groups in its order. */
const groups = ["READ", "ARM", "STOP", "REG", "PER", "CALL", "LIFE"];

function place(law: Law): number {
  const [group = "", number = ""] = law.id.split("-");
  return groups.indexOf(group) * 1000 + Number(number);
}

/**
 * The catalogue: one law for each rule of the contract that a board can be asked about, in the
 * contract's order.
 *
 * @example
 * ```ts
 * import { laws } from "@escapement/conformance";
 *
 * for (const { id, statement } of laws) console.log(id, statement);
 * ```
 */
export const laws: readonly Law[] = [
  ...[...calmReads, ...wrapReads, ...interruptReads, ...overloadReads],
  ...[...armDelays, ...armReference, ...armQueue, ...armHeld, ...armAnywhere, ...armOverload],
  ...[
    ...plainStops,
    ...stopsInHandlers,
    ...stopRaces,
    ...latchedStops,
    ...siblingStops,
    ...stopsAgain,
  ],
  ...[...capacityLaws, ...releaseLaws],
  ...[...periodicSchedules, ...periodChanges, ...overrunLaws, ...softPeriods],
  ...[...callContext, ...callHandlers, ...callsSideBySide],
  ...[...lifecycleLaws, ...releasedTimers],
].sort((one, other) => place(one) - place(other));
