import { raceErrors } from "./race-errors.js";

/** The version of the notation, which every schedule text begins with. */
export const RACE_SCHEDULE_VERSION = "c1";

/** Before a point, a handler is entered. */
export interface HandlerMove {
  /** The point: accesses that the run made before, handlers' own included. */
  readonly point: number;
  /** Which piece of a torn access it comes before, from 0. */
  readonly piece: number;
  /** Which handler, from 1, as the report numbers them. */
  readonly handler: number;
}

/** An input is another value than its usual one. */
export interface InputMove {
  /** Which input of the run, from 0. */
  readonly input: number;
  /** Its value. */
  readonly value: number;
}

/** Where a run departs from the plain one, in order. */
export type RaceMove = HandlerMove | InputMove;

/** All moves of a run. */
export type RaceSchedule = readonly RaceMove[];

/**
 * Writes a schedule as a short text: `c1:12h1.40/2h2.i3=7` enters handler 1 before access 12, handler 2
 * before the third piece of access 40, and gives the fourth input the value 7.
 */
export function formatRaceSchedule(schedule: RaceSchedule): string {
  const texts = schedule.map((move) => {
    if ("input" in move) return `i${move.input}=${move.value}`;
    return `${move.point}${move.piece > 0 ? `/${move.piece}` : ""}h${move.handler}`;
  });
  return `${RACE_SCHEDULE_VERSION}:${texts.join(".")}`;
}

/**
 * Reads what {@link formatRaceSchedule} wrote.
 *
 * @throws ExploreError `schedule-version` for another version, `bad-schedule` for any other text.
 */
export function parseRaceSchedule(text: string): RaceSchedule {
  const example = `${RACE_SCHEDULE_VERSION}:12h1.i0=7`;
  const [, found = "", rest] = /^(c\d+):(.*)$/s.exec(text) ?? [];
  if (rest === undefined) {
    throw raceErrors.badSchedule({ text, why: `it does not begin with c1:`, example });
  }
  if (found !== RACE_SCHEDULE_VERSION) {
    throw raceErrors.otherVersion({ text, found, version: RACE_SCHEDULE_VERSION });
  }
  if (rest === "") return [];
  return rest.split(".").map((part) => {
    const [, input, value] = /^i(\d{1,9})=(-?\d{1,10})$/.exec(part) ?? [];
    if (input !== undefined) return { input: Number(input), value: Number(value) };
    const [, point, piece = "0", handler] = /^(\d{1,10})(?:\/(\d))?h([1-9]\d?)$/.exec(part) ?? [];
    if (point === undefined) {
      throw raceErrors.badSchedule({ text, why: `"${part}" is no move`, example });
    }
    return { point: Number(point), piece: Number(piece), handler: Number(handler) };
  });
}
