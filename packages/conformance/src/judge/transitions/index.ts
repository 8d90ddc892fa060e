import type { OpName } from "@escapement/scenario";
import { deinit, deinitAll, init } from "./life-cycle.js";
import { overruns, pending, remaining } from "./looking.js";
import { setPeriod } from "./periods.js";
import { start, startAt } from "./starting.js";
import { stop, stopSync } from "./stopping.js";
import type { Transition } from "./transition.js";

/** What each call on a timer does to it. `deinitAll` does it to every timer. */
export const transitions: Partial<Readonly<Record<OpName, Transition>>> = {
  init,
  start,
  startAt,
  stop,
  stopSync,
  shutdown: stop,
  deinit,
  deinitAll,
  setPeriod,
  remaining,
  pending,
  overruns,
};
