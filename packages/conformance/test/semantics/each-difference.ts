import type { Does } from "./varied-hal.js";

/** Each member of the semantics with each of its values but the contract's. */
export const eachDifference: readonly Does[] = [
  { partialTick: "given-away" },
  { equalDeadlines: "lifo" },
  { overdue: "by-deadline" },
  { relativeStart: "armed-or-late" },
  { stopResult: "no-fired" },
  { stopResult: "no-in-flight" },
  { stopResult: "boolean" },
  { stopResult: "nothing" },
  { startInHandler: "from-scheduled" },
  { pastDeadline: "fires" },
  { pastDeadline: "clamped" },
  { pastDeadline: "refused" },
  { missedPeriods: "coalesce" },
  { missedPeriods: "burst" },
  { missedPeriods: "skip" },
  { queuedOnStop: "delivered" },
  { setPeriod: "next" },
  { setPeriod: "restarts" },
  { makingInInterrupt: "allowed" },
  { softRearm: "at-expiry" },
  { callbackThrows: "stops-timer" },
  { startOfRunning: "refused" },
  { unreferenced: "collected" },
  { granularityTicks: 10 },
  { maxOverruns: 2 },
  { maxReferenceAgeTicks: 500 },
];

/** Systems as they are: several differences at once, by the name of the one they are like. */
export const systems: Readonly<Record<string, Does>> = {
  "ChibiOS virtual timers": { partialTick: "given-away", equalDeadlines: "lifo" },
  "FreeRTOS timers": {
    partialTick: "given-away",
    granularityTicks: 10,
    missedPeriods: "burst",
    overdue: "by-deadline",
    stopResult: "nothing",
    setPeriod: "restarts",
  },
  "Zephyr k_timer": {
    startInHandler: "from-scheduled",
    pastDeadline: "clamped",
    missedPeriods: "burst",
    overdue: "by-deadline",
    stopResult: "nothing",
  },
  "ESP-IDF esp_timer": { startOfRunning: "refused", stopResult: "boolean", setPeriod: "restarts" },
  "RIOT ztimer": { partialTick: "given-away", overdue: "by-deadline", stopResult: "boolean" },
  "MicroPython Timer": {
    partialTick: "given-away",
    missedPeriods: "burst",
    queuedOnStop: "delivered",
    softRearm: "at-expiry",
    callbackThrows: "stops-timer",
    stopResult: "nothing",
  },
};
