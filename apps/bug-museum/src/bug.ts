import type { SimChip, SimChipOptions, SimProfileName } from "@escapement/board-sim";
import type { LawId } from "@escapement/conformance";
import type { TimerPort } from "@escapement/core";

/** One replacement in the text of a source file of `@escapement/core`. */
export interface SourcePatch {
  /** The file, as it is called in `packages/core/src`. */
  readonly file: string;
  /** Text that occurs in the file exactly once. */
  readonly find: string;
  /** What stands there instead. */
  readonly replace: string;
}

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

/** How a bug is brought back: a patch of the HAL's sources, or a change of the port or the chip. */
export type BugChange = readonly SourcePatch[] | PortChange | BoardChange;

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
  /** The smallest change that brings it back. */
  readonly change: BugChange;
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

/** A bug whose change is a patch of the HAL's sources. */
export interface HalBug extends BugStory {
  /** Always `hal`. */
  readonly part: "hal";
  /** The patches, each of them once. */
  readonly change: readonly SourcePatch[];
}

/** Whether a bug is a patch of the HAL's sources. */
export function isHalBug(bug: BugStory): bug is HalBug {
  return bug.part === "hal" && isPatches(bug.change);
}

/** Whether a change is a patch of the HAL's sources. */
export function isPatches(change: BugChange): change is readonly SourcePatch[] {
  return Array.isArray(change);
}

/**
 * The text of a source file with patches applied, all of them to the text as it was.
 *
 * @throws RangeError when a `find` does not occur exactly once, or two patches overlap.
 */
export function applyPatches(source: string, patches: readonly SourcePatch[]): string {
  const places = patches
    .map((patch) => ({ patch, at: placeOf(source, patch) }))
    .sort((one, other) => one.at - other.at);
  let text = "";
  let done = 0;
  for (const { patch, at } of places) {
    if (at < done) throw new RangeError(`${patch.file}: two patches overlap at: ${patch.find}`);
    text += source.slice(done, at) + patch.replace;
    done = at + patch.find.length;
  }
  return text + source.slice(done);
}

function placeOf(source: string, { file, find }: SourcePatch): number {
  const at = source.indexOf(find);
  if (at < 0) throw new RangeError(`${file} does not contain: ${find}`);
  if (source.indexOf(find, at + 1) >= 0) throw new RangeError(`${file} contains twice: ${find}`);
  return at;
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
