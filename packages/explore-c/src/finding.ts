import type { SourcePlace } from "@escapement/board-c";
import type { FindingAccess } from "@escapement/explore";
import type { Pattern, SplitAccess, SplitNote } from "./detector.js";
import { joined, mix } from "./hash.js";
import type { Fault, FaultKind } from "./run-end.js";
import { formatRaceSchedule, type RaceSchedule } from "./schedule.js";
import type { World } from "./world.js";

/** What a search of a C program can find. */
export type RaceFindingKind = "atomicity" | FaultKind;

/** One thing that is wrong, with a shortest schedule that shows it. */
export interface RaceFinding {
  /** What sort of thing. */
  readonly kind: RaceFindingKind;
  /** What was seen, in one sentence. */
  readonly message: string;
  /** Where; of a split access, where the second half of it is. */
  readonly place: SourcePlace;
  /** The schedule's text, which a replay takes. */
  readonly schedule: string;
  /** Of a split access: the kinds of the three accesses, as `R·W·R`. */
  readonly pattern?: string;
  /** Of a split access: the variable. */
  readonly variable?: string;
  /** Of a split access: the three accesses, in order. */
  readonly accesses?: readonly FindingAccess[];
  /** The calls that led there, innermost first, as `function file:line`. */
  readonly stack?: readonly string[];
  /** Why it is only a note: `start-up`, before that interrupt was ever enabled, or `repeated`, one access in two rounds of a loop. */
  readonly note?: SplitNote;
}

const meaning: Readonly<Record<Pattern, string>> = {
  RWR: "two reads with a write in between",
  WWR: "a read that is not of its own write",
  RWW: "an update that is lost",
  WRW: "a read of what is not finished",
};

/** What three accesses of that pattern, `R·W·W`, mean. */
export function meaningOf(pattern: string): string {
  return meaning[pattern.replaceAll("·", "") as Pattern] ?? "three accesses";
}

const patterns = Object.keys(meaning) as Pattern[];
const noted: readonly (SplitNote | undefined)[] = [undefined, "start-up", "repeated"];

const nowhere: SourcePlace = { file: "?", line: 0, column: 0 };

/** Keeps one finding for each thing that is wrong: the first, which has a shortest schedule. */
export class RaceFindings {
  readonly #world: World;
  readonly #kept = new Map<string, RaceFinding>();
  readonly #seen = new Set<number>();

  /** Of runs of that world. */
  constructor(world: World) {
    this.#world = world;
  }

  /** All of them, in the order in which they were found. */
  list(): readonly RaceFinding[] {
    return [...this.#kept.values()];
  }

  /** Adds three accesses that were split in a run by that schedule. */
  split(found: SplitAccess, schedule: () => RaceSchedule): void {
    const { pattern, sites, victim, intruder, note, address } = found;
    // Most are those of a run before.
    const who = 64 * victim + intruder;
    const how = 4 * patterns.indexOf(pattern) + noted.indexOf(note);
    const high = mix(mix(mix(sites[0], sites[1]), sites[2]), who);
    const quick = joined(high, mix(mix(mix(high, address), sites[1]), how));
    if (this.#seen.has(quick)) return;
    this.#seen.add(quick);
    const variable = this.#world.nameAt(address);
    const places = sites.map((site) => this.#world.setup.program.sites[site]?.place ?? nowhere);
    const key = `${baseOf(variable)} ${places.map(({ file, line }) => `${file}:${line}`).join()}`;
    const known = this.#kept.get(key);
    if (known !== undefined && (known.note === undefined || note !== undefined)) return;
    const names = [victim, intruder, victim].map((context) => this.#world.contextName(context));
    const accesses = places.map((place, at) => ({
      place,
      write: pattern[at] === "W",
      context: names[at] ?? "",
    }));
    const [first, between, last] = places as [SourcePlace, SourcePlace, SourcePlace];
    this.#kept.set(key, {
      kind: "atomicity",
      message: `${variable} in ${names[0]}, lines ${first.line} and ${last.line}: ${names[1]} comes in between, line ${between.line}: ${meaning[pattern]}`,
      place: last,
      schedule: formatRaceSchedule(schedule()),
      pattern: [...pattern].join("·"),
      variable,
      accesses,
      ...(note !== undefined && { note }),
    });
  }

  /** Adds what ended a run by that schedule; returns whether it was anything wrong. */
  fault(error: Fault, stack: string, schedule: RaceSchedule): void {
    const { program } = this.#world.setup;
    const sites = program.sitesIn(stack).flatMap((site) => program.sites[site] ?? []);
    const place = sites.find((site) => site.place !== undefined)?.place ?? nowhere;
    // The same with another address or another number is the same.
    const what = error.message.replace(/0x[\da-f]+|\d+/g, "0");
    const key = `${error.kind} ${what} ${place.file}:${place.line}`;
    if (this.#kept.has(key)) return;
    this.#kept.set(key, {
      kind: error.kind,
      message: error.message,
      place,
      schedule: formatRaceSchedule(schedule),
      stack: sites.map((site) => `${site.function} ${site.place?.file}:${site.place?.line}`),
    });
  }
}

/** The variable without indices, so that a loop over an array is one finding. */
function baseOf(variable: string): string {
  return variable.replace(/\[\d+\]/g, "[]");
}
