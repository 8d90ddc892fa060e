import type { RunActivity } from "./run-activity.js";

/** Operations that last for as long as the program says, or that run soft callbacks. */
const LASTING: ReadonlySet<string> = new Set(["spin", "phase", "readMany", "service"]);

/** How much later than it should a `sleep` may end, in ticks, before something keeps it. */
const GRACE_TICKS = 2 ** 20;

/**
 * Whether it is the driver that never lets the program end: handlers follow each other, and the main
 * list's operation, which should long be over, does not return. Else the program itself is too long.
 *
 * @param sinceTicks how long the main list's operation has been under way
 * @param sleepTicks how long that was to last, where it is a `sleep`
 */
export function isKeptByDriver(
  activities: readonly RunActivity[],
  sinceTicks: number,
  sleepTicks: number,
): boolean {
  const main = activities[0]?.doing.op;
  if (main === undefined || !activities.some(({ doing }) => doing.op === "handler")) return false;
  if (main === "sleep") return sinceTicks > sleepTicks + GRACE_TICKS;
  return main !== "handler" && main !== "second-interrupt" && !LASTING.has(main);
}
