import { exploreErrors } from "./explore-errors.js";

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

/** How one machine's schedules are written: `version:` and the moves, with `@hold/` between where it has holds. */
export interface ScheduleNotation {
  /** What every text begins with. */
  readonly version: string;
  /** The longest hold before the first point, in ticks; 0 where the machine has none. */
  readonly holdTicksMax: number;
  /** What a schedule looks like, for a hint. */
  readonly example: string;
}

/** A schedule with what precedes it. */
export interface HeldSchedule {
  /** Ticks for which the processor is held up before the first point; 0 for none. */
  readonly holdTicks: number;
  /** The moves, in the order of their points. */
  readonly moves: Schedule;
}

const notation: ScheduleNotation = {
  version: SCHEDULE_VERSION,
  holdTicksMax: 0,
  example: `${SCHEDULE_VERSION}:12c.40w-`,
};

const signs = { "-1": "-", "0": "", "1": "+" } as const;
const offsets = { "-": -1, "": 0, "+": 1 } as const;

/** Writes a schedule in the notation of any machine. */
export function writeSchedule(
  { version }: ScheduleNotation,
  { holdTicks, moves }: HeldSchedule,
): string {
  const hold = holdTicks === 0 ? "" : `@${holdTicks}/`;
  const texts = moves.map(({ point, event, offset }) => `${point}${event}${signs[`${offset}`]}`);
  return `${version}:${hold}${texts.join(".")}`;
}

/**
 * Reads what {@link writeSchedule} wrote in that notation.
 *
 * @throws {@link ExploreError} `schedule-version` for another version, `bad-schedule` for any other text.
 */
export function readSchedule(
  { version, holdTicksMax, example }: ScheduleNotation,
  text: string,
): HeldSchedule {
  const bad = (why: string): Error => exploreErrors.badSchedule({ text, why, example });
  const [, found = "", rest] = /^([a-z]\d+):(.*)$/s.exec(text) ?? [];
  if (found[0] !== version[0] || rest === undefined)
    throw bad(`it does not begin with ${version}:`);
  if (found !== version) throw exploreErrors.otherVersion({ text, found, version });
  const [, hold, moves = rest] = (holdTicksMax > 0 && /^@([^/]*)\/(.*)$/s.exec(rest)) || [];
  const holdTicks = hold === undefined ? 0 : Number(/^[1-9]\d{0,8}$/.exec(hold)?.[0]);
  if (!(holdTicks <= holdTicksMax)) throw bad(`"@${hold}" is no hold from 1 to ${holdTicksMax}`);
  let last = 0;
  const parse = (part: string): Move => {
    const [, digits, event, sign = ""] = /^(\d{1,9})([wcs])([+-]?)$/.exec(part) ?? [];
    if (digits === undefined) throw bad(`"${part}" is no move`);
    const point = Number(digits);
    if (point < last) throw bad(`point ${point} comes after point ${last}`);
    last = point;
    // The pattern lets nothing else through.
    return { point, event: event as MoveEvent, offset: offsets[sign as keyof typeof offsets] };
  };
  return { holdTicks, moves: moves === "" ? [] : moves.split(".").map(parse) };
}

/**
 * Writes a schedule as a short text: the version, then the moves. `e1:12c.40w-` holds the
 * processor up before point 12 until the compare matched, and before point 40 until one tick before
 * the wrap. The plain run is `e1:`.
 */
export function formatSchedule(schedule: Schedule): string {
  return writeSchedule(notation, { holdTicks: 0, moves: schedule });
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
  return readSchedule(notation, text).moves;
}
