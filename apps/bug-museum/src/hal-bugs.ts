import type { BugStory } from "./bug.js";
import { armingBugs } from "./bugs/arming.js";
import { callbackBugs } from "./bugs/callbacks.js";
import { compareBugs } from "./bugs/compare.js";
import { dispatchBugs } from "./bugs/dispatch.js";
import { flagBugs } from "./bugs/flags.js";
import { lifecycleBugs } from "./bugs/lifecycle.js";
import { periodicBugs } from "./bugs/periodic.js";
import { raceBugs } from "./bugs/races.js";
import { readingBugs } from "./bugs/reading.js";
import { registryBugs } from "./bugs/registry.js";
import { softBugs } from "./bugs/soft.js";
import { stoppingBugs } from "./bugs/stopping.js";

/** The bugs of the HAL, in the order of the contract's groups. */
export const halBugs: readonly BugStory[] = [
  ...readingBugs,
  ...compareBugs,
  ...flagBugs,
  ...armingBugs,
  ...stoppingBugs,
  ...raceBugs,
  ...registryBugs,
  ...periodicBugs,
  ...dispatchBugs,
  ...callbackBugs,
  ...softBugs,
  ...lifecycleBugs,
];
