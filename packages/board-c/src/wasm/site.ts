/** What an instruction that the rewriter marked does. */
export type SiteKind =
  /** Reads memory. */
  | "load"
  /** Writes memory. */
  | "store"
  /** Calls a function. */
  | "call"
  /** Begins a round of a loop that nothing leaves. */
  | "loop";

/** An instruction that the rewriter marked, by its place in `Rewritten`. */
export interface Site {
  /** The function's name, as far as it is known. */
  readonly function: string;
  /** What it does. */
  readonly kind: SiteKind;
  /** Bytes of an access; 0 for a call. */
  readonly size: number;
  /** Where it was in the payload of the code section, before rewriting; DWARF counts from there. */
  readonly at: number;
  /** Whether it is inside a loop of its function. */
  readonly inLoop: boolean;
}

/** Bits of what the hook is given besides the size of an access. */
export const access = {
  /** It is a store. */
  write: 256,
  /** Its address is a constant below the program's data: a register, not a variable. */
  register: 512,
  /** It is atomic: whole, however wide it is. */
  whole: 1024,
  /** It is a store that reads first, with nothing in between. */
  update: 2048,
  /** It writes only if what it reads is what it expects, which a global says. */
  ifEqual: 4096,
  /** The bits with the size. */
  sizeMask: 255,
  /** It is a load whose value goes back to its place at once, with some bits changed. */
  modifies: 8192,
} as const;
