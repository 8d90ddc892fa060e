import { SweepError } from "./sweep-error.js";

/** What a move waits for: `w` the counter's wrap, `c` the compare match, `s` the match of the second interrupt. */
export type UnoMoveEvent = "w" | "c" | "s";

/**
 * One choice of a schedule: before this instruction the CPU is held up until the next event of that
 * kind has just happened, or until a tick before or after.
 */
export interface UnoMove {
  /** The instruction, counted from 0 over those of the iteration that are points; see {@link sweepUno}. */
  readonly point: number;
  /** Which event. */
  readonly event: UnoMoveEvent;
  /** Ticks added to the event's: −1, 0 or 1. */
  readonly offset: -1 | 0 | 1;
}

/** Where a run departs from the plain one: its moves, in the order of their points. */
export type UnoSchedule = readonly UnoMove[];

/** The version of the notation, which every schedule text begins with. */
export const UNO_SCHEDULE_VERSION = "u1";

const signs = { "-1": "-", "0": "", "1": "+" } as const;
const offsets = { "-": -1, "": 0, "+": 1 } as const;

/**
 * Writes a schedule as a short text: the version, then the moves. `u1:4213w` holds the CPU up before
 * instruction 4213 until the counter has wrapped, `u1:812c-.4213w` also before instruction 812 until
 * one tick before the compare match. The plain run is `u1:`.
 */
export function formatUnoSchedule(schedule: UnoSchedule): string {
  const moves = schedule.map(({ point, event, offset }) => `${point}${event}${signs[`${offset}`]}`);
  return `${UNO_SCHEDULE_VERSION}:${moves.join(".")}`;
}

/**
 * Reads what {@link formatUnoSchedule} wrote.
 *
 * @throws SweepError `schedule-version` for another version, `bad-schedule` for any other text.
 *
 * @example
 * ```ts
 * import { formatUnoSchedule, parseUnoSchedule } from "@escapement/board-uno";
 *
 * const schedule = parseUnoSchedule("u1:812c-.4213w");
 * console.log(schedule.length, formatUnoSchedule(schedule)); // 2 "u1:812c-.4213w"
 * ```
 */
export function parseUnoSchedule(text: string): UnoSchedule {
  const [, version, moves] = /^(u\d+):(.*)$/s.exec(text) ?? [];
  if (version === undefined || moves === undefined) {
    throw bad(text, `it does not begin with ${UNO_SCHEDULE_VERSION}:`);
  }
  if (version !== UNO_SCHEDULE_VERSION) {
    throw new SweepError(
      "schedule-version",
      `The schedule "${text}" is of version ${version}, this is version ${UNO_SCHEDULE_VERSION}`,
      "Replay it with the release that printed it, or sweep anew for one of this version.",
    );
  }
  if (moves === "") return [];
  let last = -1;
  return moves.split(".").map((part) => {
    const [, digits, event, sign] = /^(\d{1,9})([wcs])([+-]?)$/.exec(part) ?? [];
    if (digits === undefined) throw bad(text, `"${part}" is no move`);
    const point = Number(digits);
    if (point <= last) throw bad(text, `instruction ${point} does not come after ${last}`);
    last = point;
    return {
      point,
      event: event as UnoMoveEvent,
      offset: offsets[(sign ?? "") as keyof typeof offsets],
    };
  });
}

function bad(text: string, why: string): SweepError {
  return new SweepError(
    "bad-schedule",
    `"${text}" is no schedule: ${why}`,
    `A schedule looks like ${UNO_SCHEDULE_VERSION}:812c-.4213w (instruction, then w, c or s, then + or - or nothing); copy it whole from a report.`,
  );
}
