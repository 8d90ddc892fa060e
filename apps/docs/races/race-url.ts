/** What the address of a race page says. Absent is what the page begins with. */
export interface RaceAddress {
  /** Whether the bug is in. */
  readonly bugOn?: boolean;
  /** Value of the sweep variable. */
  readonly value?: number;
  /** The schedule's text, as it stands there: it may be anything. */
  readonly schedule?: string;
  /** The step that is looked at. */
  readonly step?: number;
}

/** Reads the query of an address, such as `?bug=on&v=12&s=e1:53c&step=57`. */
export function readRaceQuery(query: string): RaceAddress {
  const given = new URLSearchParams(query);
  const bug = given.get("bug");
  const schedule = given.get("s");
  const value = wholeNumber(given.get("v"));
  const step = wholeNumber(given.get("step"));
  return {
    ...(bug !== null && { bugOn: bug !== "off" }),
    ...(value !== undefined && { value }),
    ...(schedule !== null && { schedule }),
    ...(step !== undefined && { step }),
  };
}

/** Writes the query for a run; what a schedule is made of may stand there as it is, but for `+`. */
export function raceQuery(address: Required<RaceAddress>): string {
  const { bugOn, value, schedule, step } = address;
  const text = schedule.replaceAll("+", "%2B");
  return `?bug=${bugOn ? "on" : "off"}&v=${value}&s=${text}&step=${step}`;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
