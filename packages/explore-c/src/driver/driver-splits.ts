import type { PlacedSite } from "@escapement/board-c";
import type { FindingAccess, SplitAccesses, SplitListener } from "@escapement/explore";
import { AccessMemory, type SplitAccess } from "../detector.js";
import { joined, mix } from "../hash.js";

/** What describes a split in words. */
export interface SplitNames {
  /** The instruction of that number. */
  readonly site: (site: number) => PlacedSite | undefined;
  /** The variable of that cell. */
  readonly cell: (cell: number) => string;
}

const nowhere = { file: "?", line: 0, column: 0 };

/** Every interrupt of a driver's chip is enabled before its first call: no split is of the start-up. */
const ALL_ENABLED = -1;

/**
 * Accesses of a driver to one cell that an interrupt came between, by the detector of `race`. A context is a call
 * of the driver from without, in the thread or in an interrupt: what two calls of the thread do to a cell, one after
 * the other, does not belong together.
 */
export class DriverSplits {
  readonly #names: SplitNames;
  /** What the call remembers that runs, or is interrupted, at each level. */
  readonly #memories: AccessMemory[] = [];
  /** Calls of the driver under way at each level: a handler may call it again. */
  readonly #calls: number[] = [];
  #listener: SplitListener = () => {};

  /** Names cells and instructions of one program. */
  constructor(names: SplitNames) {
    this.#names = names;
  }

  /** A run begins. */
  restart(listener: SplitListener): void {
    this.#listener = listener;
    this.#calls.length = 0;
  }

  /** The driver is called at a level. */
  enter(level: number): void {
    const calls = this.#calls[level] ?? 0;
    this.#calls[level] = calls + 1;
    if (calls === 0) this.#memoryOf(level).begin(level);
  }

  /** It returns. */
  leave(level: number): void {
    this.#calls[level] = (this.#calls[level] ?? 1) - 1;
  }

  /** It accesses a cell. */
  access(level: number, cell: number, site: number, write: boolean, updates: boolean): void {
    const own = { site, path: 0, write, updates, enabled: ALL_ENABLED };
    this.#memoryOf(level).access(cell, cell, own, (split) => this.#found(split));
    for (let under = 0; under < level; under += 1) {
      if ((this.#calls[under] ?? 0) > 0) this.#memories[under]?.other(cell, site, write, level);
    }
  }

  /** A later piece of an access comes, after one of that cell. */
  piece(level: number, cell: number, site: number, write: boolean): void {
    this.#memoryOf(level).tears(cell, cell, site, write, (split) => this.#found(split));
  }

  #memoryOf(level: number): AccessMemory {
    const known = this.#memories[level];
    if (known !== undefined) return known;
    const made = new AccessMemory();
    made.begin(level);
    this.#memories[level] = made;
    return made;
  }

  #found(split: SplitAccess): void {
    const { sites, address, pattern, victim, intruder } = split;
    const kinds = pattern.charCodeAt(0) * 4 + pattern.charCodeAt(1) * 2 + pattern.charCodeAt(2);
    const places = mix(mix(mix(sites[0], sites[1]), sites[2]), kinds);
    const key = joined(places, mix(mix(address, sites[1]), 64 * victim + intruder));
    this.#listener(key, () => this.#described(split));
  }

  #described({ pattern, address, sites, victim, intruder, note }: SplitAccess): SplitAccesses {
    const levels = [victim, intruder, victim];
    const accesses = sites.map((number, at): FindingAccess => {
      const { place = nowhere, function: name = "code" } = this.#names.site(number) ?? {};
      const where = levels[at] === 0 ? "in the thread" : "in an interrupt";
      return { place, write: pattern[at] === "W", context: `${name} ${where}` };
    });
    return {
      pattern: [...pattern].join("·"),
      variable: this.#names.cell(address),
      accesses,
      ...(note === "repeated" && { repeated: true }),
    };
  }
}
