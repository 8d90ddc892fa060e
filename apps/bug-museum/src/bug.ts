import type { SimChip, SimChipOptions, SimProfileName } from "@escapement/board-sim";
import type { LawId } from "@escapement/conformance";
import type { TimerPort } from "@escapement/core";

/** A bug of a port: the profile's own port, with some members changed. */
export interface PortChange {
  /** Returns the port with the bug in it; called at each boot, with that boot's chip. */
  readonly breakPort: (port: TimerPort, chip: SimChip) => TimerPort;
}

/** A bug of the simulated chip itself. */
export interface BoardChange {
  /** Members of the profile's chip that are otherwise. */
  readonly chip?: Partial<SimChipOptions>;
  /** Gives a freshly powered chip its bug; called at each boot, before the port is made. */
  readonly breakChip?: (chip: SimChip) => void;
}

/** How a bug of a port or a chip is brought back. */
export type BugChange = PortChange | BoardChange;

/** Which part of a timer system a bug is in. */
export type BugPart = "hal" | "port" | "board";

/** Where to read about a bug. */
export interface BugReference {
  /** Project and commit, issue or paper. */
  readonly label: string;
  /** Present where the address is certain. */
  readonly url?: string;
}

/** What is told of a bug that a timer system really had. */
export interface BugStory {
  /** Its name, such as `pico-1953`; never used again once given. */
  readonly name: string;
  /** A few words for a table row. */
  readonly title: string;
  /** The system, and the part of it. */
  readonly where: string;
  /** What happened, in one to three sentences. */
  readonly happened: string;
  /** Where to read about it. */
  readonly reference: BugReference;
  /** Which part of a timer system it is in. */
  readonly part: BugPart;
  /** The smallest change that brings it back; for a bug of the HAL it is `patches/hal/<name>.patch`. */
  readonly change?: BugChange;
  /** The law that kills it. */
  readonly owner: LawId;
  /** The counter on which it is shown. */
  readonly profile: SimProfileName;
  /** The name of the firmware image that has the same bug, where there is one. */
  readonly firmware?: string;
}

/** A bug of the museum: its story, and how it shows. */
export interface MuseumBug extends BugStory {
  /**
   * The shortest schedule by which the search under its owner shows it, in the notation of
   * `@escapement/explore`; empty where only a plain conformance run does.
   */
  readonly schedule: string;
  /** The value of the law's sweep variable with which that schedule goes. */
  readonly value: number;
}

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
