/**
 * Watches each shared byte for accesses that a handler split from each other.
 *
 * Each context that runs, or is interrupted, remembers its last access of a byte and what others did to the
 * byte since. When it comes back to the byte, the three accesses are one of four patterns that no order
 * without the interrupt has:
 *
 *   R·W·R  two reads that were to see one value
 *   W·W·R  a read that was to see its own write
 *   R·W·W  a write made from a value that is gone: lost update
 *   W·R·W  a read of what was not finished: dirty read
 *
 * (Lu, Tucek, Qin, Zhou, "AVIO", ASPLOS 2006.)
 */
import { mix } from "./hash.js";

/** The four patterns, by the kinds of the three accesses. */
export type Pattern = "RWR" | "WWR" | "RWW" | "WRW";

/** Why accesses that were split need not belong together. */
export type SplitNote =
  /** The first access was before the intruder had ever been enabled. */
  | "start-up"
  /** One instruction in two rounds of a loop: a variable that is polled, or kept up to date. */
  | "repeated";

/** Three accesses of one byte: of one context, of another that interrupted it, of the first again. */
export interface SplitAccess {
  /** The kinds of the three accesses. */
  readonly pattern: Pattern;
  /** The byte. */
  readonly address: number;
  /** The sites of the three accesses. */
  readonly sites: readonly [first: number, between: number, last: number];
  /** The context that was split. */
  readonly victim: number;
  /** The context that came between. */
  readonly intruder: number;
  /** Why it is no finding, if so. */
  readonly note: SplitNote | undefined;
}

/** How a context accesses a byte itself. */
export interface OwnAccess {
  /** The instruction. */
  readonly site: number;
  /** A hash of the calls that lead there. */
  readonly path: number;
  /** Whether it writes. */
  readonly write: boolean;
  /** Whether it reads and writes with nothing in between. */
  readonly updates: boolean;
  /** Which handlers had ever been enabled, a bit for each. */
  readonly enabled: number;
}

interface Foreign {
  readonly site: number;
  readonly write: boolean;
  readonly context: number;
}

interface Last {
  /** The run of the context that it is of: older ones count no more. */
  epoch: number;
  site: number;
  /** The calls that led there. */
  path: number;
  write: boolean;
  /** Which handlers had ever been enabled. */
  enabled: number;
  readonly foreign: Foreign[];
  hash: number;
}

/**
 * What one running or interrupted context remembers, by the units of shared memory: bytes that every access takes
 * together are one. It is used again for one context after the other, as a search makes some ten thousand a second.
 */
export class AccessMemory {
  readonly #last: Last[] = [];
  #epoch = 0;
  /** Which context it is of. */
  context = 0;
  /** A hash of all that is remembered, whatever the order. */
  hash = 0;

  /** A context begins. */
  begin(context: number): void {
    this.context = context;
    this.#epoch += 1;
    this.hash = 0;
  }

  #known(unit: number): Last | undefined {
    const last = this.#last[unit];
    return last?.epoch === this.#epoch ? last : undefined;
  }

  /** Remembers an access of its own. */
  own(unit: number, site: number, path: number, write: boolean, enabled: number): void {
    const hash = mix(mix(mix(unit, site * 2 + (write ? 1 : 0)), enabled), path);
    const old = this.#last[unit];
    if (old === undefined) {
      const epoch = this.#epoch;
      this.#last[unit] = { epoch, site, path, write, enabled, foreign: [], hash };
    } else {
      if (old.epoch === this.#epoch) this.hash = (this.hash - old.hash) | 0;
      old.epoch = this.#epoch;
      old.site = site;
      old.path = path;
      old.write = write;
      old.enabled = enabled;
      if (old.foreign.length > 0) old.foreign.length = 0;
      old.hash = hash;
    }
    this.hash = (this.hash + hash) | 0;
  }

  /** An access of its own: the patterns that it completes, and what is remembered of it. */
  access(
    unit: number,
    address: number,
    { site, path, write, updates, enabled }: OwnAccess,
    found: (split: SplitAccess) => void,
  ): void {
    if (updates) {
      this.completes(unit, address, site, path, false, found);
      this.own(unit, site, path, false, enabled);
    } else this.completes(unit, address, site, path, write, found);
    this.own(unit, site, path, write, enabled);
  }

  /** Remembers an access of another context in between. */
  other(unit: number, site: number, write: boolean, context: number): void {
    const last = this.#known(unit);
    if (last === undefined) return;
    last.foreign.push({ site, write, context });
    this.hash = (this.hash - last.hash) | 0;
    last.hash = mix(last.hash, site * 2 + (write ? 1 : 0));
    this.hash = (this.hash + last.hash) | 0;
  }

  /**
   * A later piece of a torn access: whether a byte of an earlier piece was written meanwhile, or read
   * while it was only half stored; returns whether it was.
   */
  tears(
    unit: number,
    address: number,
    site: number,
    write: boolean,
    found: (split: SplitAccess) => void,
  ): boolean {
    const between = this.#known(unit)?.foreign.find((each) => each.write !== write);
    if (between === undefined) return false;
    found({
      pattern: write ? "WRW" : "RWR",
      address,
      sites: [site, between.site, site],
      victim: this.context,
      intruder: between.context,
      note: undefined,
    });
    return true;
  }

  /** The patterns that an access of its own completes. */
  completes(
    unit: number,
    address: number,
    site: number,
    path: number,
    write: boolean,
    found: (split: SplitAccess) => void,
  ): void {
    const last = this.#known(unit);
    if (last === undefined || last.foreign.length === 0) return;
    const report = (pattern: Pattern, between: Foreign): void =>
      found({
        pattern,
        address,
        sites: [last.site, between.site, site],
        victim: this.context,
        intruder: between.context,
        note: noteOf(last, between, site, path),
      });
    if (last.write && write) {
      // Reads before the first foreign write saw what this context wrote.
      for (const between of last.foreign) {
        if (between.write) return;
        report("WRW", between);
      }
      return;
    }
    const between = last.foreign.findLast((foreign) => foreign.write);
    if (between === undefined) return;
    if (last.write) report("WWR", between);
    else report(write ? "RWW" : "RWR", between);
  }
}

function noteOf(last: Last, between: Foreign, site: number, path: number): SplitNote | undefined {
  if (((last.enabled >> (between.context - 1)) & 1) === 0) return "start-up";
  return last.site === site && last.path === path ? "repeated" : undefined;
}
