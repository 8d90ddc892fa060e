/** A register whose bits enable or disable the interrupts of their numbers. */
export interface MaskRegister {
  /** What a bit that is written as 1 does. */
  readonly effect: "enable one" | "disable one";
  /** The number of the interrupt of its lowest bit. */
  readonly first: number;
}

/** Where the interrupt controller of every Cortex-M has them: 16 words each. */
const controllers = [
  { start: 0xe000_e100, effect: "enable one" },
  { start: 0xe000_e180, effect: "disable one" },
] as const;

/** The register of masks at an address; undefined for any other one. */
export function maskRegister(address: number): MaskRegister | undefined {
  const found = controllers.find(({ start }) => address >= start && address < start + 64);
  if (found === undefined) return undefined;
  return { effect: found.effect, first: ((address - found.start) >> 2) * 32 };
}
