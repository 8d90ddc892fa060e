import type { SimChip, SimProfileName } from "@escapement/board-sim";
import type { LawId } from "@escapement/conformance";
import type { TimerPort } from "@escapement/core";

/**
 * Which part of a timer system a bug is in:
 * - `hal`: the HAL in TypeScript, by `patches/hal/<name>.patch`;
 * - `c`: the C firmware alone, by `patches/c/<name>.patch`;
 * - `port`: the port, by a function in `src/ports/<name>.ts`;
 * - `chip`: the simulated chip, by a function in `src/chips/<name>.ts`;
 * - `link`: the line between host and board; there is no such bug yet.
 */
export type BugPlace = "hal" | "c" | "port" | "chip" | "link";

/** Returns a port with a bug in it; called at each boot, with that boot's chip. */
export type PortChange = (port: TimerPort, chip: SimChip) => TimerPort;

/** Gives a freshly powered chip its bug; called at each boot, before the port is made. */
export type ChipChange = (chip: SimChip) => void;

/** Where to read about a bug. */
export interface BugReference {
  /** Project and commit, issue or paper. */
  readonly label: string;
  /** Present where the address is certain. */
  readonly url?: string;
}

/** The same bug in the C firmware, by `patches/c/<name>.patch`. */
export interface BugInC {
  /** The law that rejects the image with the bug; may be another than in TypeScript. */
  readonly owner: LawId;
  /** What is wrong, and what shows it, in a sentence or two. */
  readonly note: string;
}

/** What every row of the table has. */
export interface BugFacts {
  /** Its name, such as `pico-1953`; never used again once given. */
  readonly name: string;
  /** A few words for a table row. */
  readonly title: string;
  /** The timer system that had it, and the part of it. */
  readonly system: string;
  /** What happened, in one to three sentences. */
  readonly happened: string;
  /** Where to read about it. */
  readonly reference: BugReference;
  /** The part that is changed to bring it back. */
  readonly where: BugPlace;
  /** The law that has to reject it. */
  readonly owner: LawId;
  /** The counter on which it shows. */
  readonly profile: SimProfileName;
  /** Present where the C firmware can have it. */
  readonly c?: BugInC;
}

/** A bug of the HAL or the line. */
export interface HalBug extends BugFacts {
  /** The part that is changed. */
  readonly where: "hal" | "link";
}

/** A bug of the C firmware alone. */
export interface CBug extends BugFacts {
  /** The part that is changed. */
  readonly where: "c";
  /** The bug in C. */
  readonly c: BugInC;
}

/** A bug of a port. */
export interface PortBug extends BugFacts {
  /** The part that is changed. */
  readonly where: "port";
  /** What brings it back. */
  readonly change: PortChange;
}

/** A bug of a chip. */
export interface ChipBug extends BugFacts {
  /** The part that is changed. */
  readonly where: "chip";
  /** What brings it back. */
  readonly change: ChipChange;
}

/** A bug that a timer system really had: one row of the museum's table. */
export type Bug = HalBug | CBug | PortBug | ChipBug;

/** How the search shows a bug. */
export interface BugSchedule {
  /**
   * The shortest schedule by which the search under its owner shows it, in the notation of
   * `@escapement/explore`; empty where only a plain conformance run does.
   */
  readonly schedule: string;
  /** The value of the law's sweep variable with which that schedule goes. */
  readonly value: number;
}

/** A bug of the museum: its row, and how it shows. */
export type MuseumBug = Bug & BugSchedule;

/** An issue or pull request on GitHub as a reference. */
export function issue(repository: string, number: number, more = ""): BugReference {
  const [, name = repository] = repository.split("/");
  return {
    label: `${name} #${number}${more}`,
    url: `https://github.com/${repository}/issues/${number}`,
  };
}

/** A commit on GitHub as a reference. */
export function commit(repository: string, hash: string, more = ""): BugReference {
  const [, name = repository] = repository.split("/");
  return {
    label: `${name} ${hash.slice(0, 9)}${more}`,
    url: `https://github.com/${repository}/commit/${hash}`,
  };
}
