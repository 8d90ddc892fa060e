import {
  type HeldSchedule,
  readSchedule,
  type ScheduleNotation,
  writeSchedule,
} from "@escapement/explore";

/** The version of the notation, which every schedule text begins with. */
export const UNO_SCHEDULE_VERSION = "u1";

/** One lap of the counter; a longer hold would bring it to a place that a shorter one brings it to as well. */
export const LAP_TICKS = 0x10000;

const notation: ScheduleNotation = {
  version: UNO_SCHEDULE_VERSION,
  holdTicksMax: LAP_TICKS - 1,
  example: `${UNO_SCHEDULE_VERSION}:812c-.4213w, or ${UNO_SCHEDULE_VERSION}:@12345/4213w with a hold first`,
};

/**
 * Writes a schedule as a short text: the version, the hold before the iteration if there is one,
 * then the moves. `u1:4213w` holds the CPU up before point 4213 until the counter has wrapped,
 * `u1:812c-.4213w` also before point 812 until one tick before the compare match;
 * `u1:@12345/4213w` has the iteration begin 12345 ticks later. The plain run is `u1:`.
 */
export function formatUnoSchedule(schedule: HeldSchedule): string {
  return writeSchedule(notation, schedule);
}

/**
 * Reads what {@link formatUnoSchedule} wrote.
 *
 * @throws ExploreError `schedule-version` for another version, `bad-schedule` for any other text.
 *
 * @example
 * ```ts
 * import { formatUnoSchedule, parseUnoSchedule } from "@escapement/explore-avr";
 *
 * const schedule = parseUnoSchedule("u1:@12345/812c-.4213w");
 * console.log(schedule.holdTicks, schedule.moves.length); // 12345 2
 * console.log(formatUnoSchedule(schedule)); // "u1:@12345/812c-.4213w"
 * ```
 */
export function parseUnoSchedule(text: string): HeldSchedule {
  return readSchedule(notation, text);
}
