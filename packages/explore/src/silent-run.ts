import { type CallNotReturned, notReturned, type RunActivity } from "@escapement/scenario";
import type { ExploreFinding } from "./finding.js";
import { formatSchedule, type Schedule } from "./schedule.js";

/** Thrown for a run that was ended because it did not return, with all that is known of it. */
export class SilentRun extends Error {
  override name = "SilentRun";
  /** The run's schedule. */
  readonly schedule: Schedule;
  /** The points that it came to. */
  readonly points: number;

  /**
   * @param activities what the program had under way; undefined while the target was being put up
   * @param context how deep in interrupts the processor was
   */
  constructor(
    schedule: Schedule,
    points: number,
    activities: readonly RunActivity[] | undefined,
    context: number,
    cause: CallNotReturned,
  ) {
    const why = "it touches neither the chip nor a shared cell";
    super(
      activities === undefined
        ? `the target's boot did not return: ${why}`
        : notReturned(activities, context, why, cause).message,
      { cause },
    );
    this.schedule = schedule;
    this.points = points;
  }

  /** The finding that it is in a case. */
  finding({ name, value }: Pick<ExploreFinding, "name" | "value">): ExploreFinding {
    const { message, points } = this;
    const schedule = formatSchedule(this.schedule);
    return { kind: "livelock", name, value, message, schedule, point: points };
  }
}
