import { ExploreError } from "./explore-error.js";

/**
 * What a move waits for: `w` the counter's wrap, `c` the compare match, `s` the request of the
 * second interrupt.
 */
export type MoveEvent = "w" | "c" | "s";

/**
 * One choice of a schedule: before this point the processor is held up until the next event of that
 * kind has just happened, or until a tick before or after.
 */
export interface Move {
  /** The point, counted from 0 over all contexts in the order in which they come. */
  readonly point: number;
  /** Which event. */
  readonly event: MoveEvent;
  /** Ticks added to the event's: −1, 0 or 1. */
  readonly offset: -1 | 0 | 1;
}

/** Where and how a run departs from the plain one: its moves, in the order of their points. */
export type Schedule = readonly Move[];

/** The version of the notation, which every schedule text begins with. */
export const SCHEDULE_VERSION = "e1";

const offsets = { "-": -1, "": 0, "+": 1 } as const;

/**
 * Writes a schedule as a short text: the version, then the moves. `e1:12c.40w-` holds the
 * processor up before point 12 until the compare matched, and before point 40 until one tick before
 * the wrap. The plain run is `e1:`.
 */
export function formatSchedule(schedule: Schedule): string {
  const moves = schedule.map(({ point, event, offset }) => {
    const sign = offset < 0 ? "-" : offset > 0 ? "+" : "";
    return `${point}${event}${sign}`;
  });
  return `${SCHEDULE_VERSION}:${moves.join(".")}`;
}

/**
 * Reads what {@link formatSchedule} wrote.
 *
 * @throws {@link ExploreError} `schedule-version` for another version, `bad-schedule` for any other text.
 *
 * @example
 * ```ts
 * import { formatSchedule, parseSchedule } from "@escapement/explore";
 *
 * const schedule = parseSchedule("e1:12c.40w-");
 * console.log(schedule.length, formatSchedule(schedule)); // 2 "e1:12c.40w-"
 * ```
 */
export function parseSchedule(text: string): Schedule {
  const [, version, moves] = /^(e\d+):(.*)$/s.exec(text) ?? [];
  if (version === undefined || moves === undefined) {
    throw bad(text, `it does not begin with ${SCHEDULE_VERSION}:`);
  }
  if (version !== SCHEDULE_VERSION) {
    throw new ExploreError(
      "schedule-version",
      `The schedule "${text}" is of version ${version}, this is version ${SCHEDULE_VERSION}`,
      "Replay it with the release that printed it, or search anew for one of this version.",
    );
  }
  if (moves === "") return [];
  let last = 0;
  return moves.split(".").map((part) => {
    const [, digits, event, sign] = /^(\d{1,9})([wcs])([+-]?)$/.exec(part) ?? [];
    if (digits === undefined) throw bad(text, `"${part}" is no move`);
    const point = Number(digits);
    if (point < last) throw bad(text, `point ${point} comes after point ${last}`);
    last = point;
    return {
      point,
      event: event as MoveEvent,
      offset: offsets[(sign ?? "") as keyof typeof offsets],
    };
  });
}

function bad(text: string, why: string): ExploreError {
  return new ExploreError(
    "bad-schedule",
    `"${text}" is no schedule: ${why}`,
    `A schedule looks like ${SCHEDULE_VERSION}:12c.40w- (point, then w, c or s, then + or - or nothing); copy it whole from a report.`,
  );
}
