import { ExploreError } from "@escapement/explore";

/** What a move waits for: `w` the counter's wrap, `c` the compare match, `s` the match of the second interrupt. */
export type MoveEvent = "w" | "c" | "s";

/**
 * One choice of a schedule: before this instruction the CPU is held up until the next event of that
 * kind has just happened, or until a tick before or after.
 */
export interface Move {
  /** The instruction, counted from 0 over those of the iteration that are points; see {@link exploreUno}. */
  readonly point: number;
  /** Which event. */
  readonly event: MoveEvent;
  /** Ticks added to the event's: −1, 0 or 1. */
  readonly offset: -1 | 0 | 1;
}

/** Where a run departs from the plain one. */
export interface UnoSchedule {
  /**
   * Ticks for which the CPU is held up before the iteration begins, 0 to 65535: they choose the
   * counter's phase in it.
   */
  readonly holdTicks: number;
  /** Its moves, in the order of their points. */
  readonly moves: readonly Move[];
}

/** The version of the notation, which every schedule text begins with. */
export const UNO_SCHEDULE_VERSION = "u1";

/** One lap of the counter; a longer hold would choose a phase that a shorter one chooses too. */
export const LAP_TICKS = 0x10000;

const signs = { "-1": "-", "0": "", "1": "+" } as const;
const offsets = { "-": -1, "": 0, "+": 1 } as const;

/**
 * Writes a schedule as a short text: the version, the hold before the iteration if there is one,
 * then the moves. `u1:4213w` holds the CPU up before instruction 4213 until the counter has wrapped,
 * `u1:812c-.4213w` also before instruction 812 until one tick before the compare match;
 * `u1:@12345/4213w` has the iteration begin 12345 ticks later. The plain run is `u1:`.
 */
export function formatUnoSchedule({ holdTicks, moves }: UnoSchedule): string {
  const hold = holdTicks === 0 ? "" : `@${holdTicks}/`;
  const texts = moves.map(({ point, event, offset }) => `${point}${event}${signs[`${offset}`]}`);
  return `${UNO_SCHEDULE_VERSION}:${hold}${texts.join(".")}`;
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
export function parseUnoSchedule(text: string): UnoSchedule {
  const [, version, rest] = /^(u\d+):(.*)$/s.exec(text) ?? [];
  if (version === undefined || rest === undefined) {
    throw bad(text, `it does not begin with ${UNO_SCHEDULE_VERSION}:`);
  }
  if (version !== UNO_SCHEDULE_VERSION) {
    throw new ExploreError(
      "schedule-version",
      `The schedule "${text}" is of version ${version}, this is version ${UNO_SCHEDULE_VERSION}`,
      "Replay it with the release that printed it, or sweep anew for one of this version.",
    );
  }
  const [, hold, moves = rest] = /^@([^/]*)\/(.*)$/s.exec(rest) ?? [];
  const holdTicks = hold === undefined ? 0 : Number(/^[1-9]\d{0,4}$/.exec(hold)?.[0]);
  if (!(holdTicks < LAP_TICKS)) throw bad(text, `"@${hold}" is no hold from 1 to ${LAP_TICKS - 1}`);
  return { holdTicks, moves: moves === "" ? [] : parseMoves(text, moves) };
}

function parseMoves(text: string, moves: string): readonly Move[] {
  let last = -1;
  return moves.split(".").map((part) => {
    const [, digits, event, sign] = /^(\d{1,9})([wcs])([+-]?)$/.exec(part) ?? [];
    if (digits === undefined) throw bad(text, `"${part}" is no move`);
    const point = Number(digits);
    if (point <= last) throw bad(text, `instruction ${point} does not come after ${last}`);
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
    `A schedule looks like ${UNO_SCHEDULE_VERSION}:812c-.4213w (instruction, then w, c or s, then + or - or nothing) or ${UNO_SCHEDULE_VERSION}:@12345/4213w (a hold first); copy it whole from a report.`,
  );
}
