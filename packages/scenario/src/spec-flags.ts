import type { OverrunPolicy } from "@escapement/core";

/** Bits of a timer's flags byte in an encoded program. */
export const specFlags = {
  periodic: 0x01,
  soft: 0x02,
  overrunShift: 2,
  overrunMask: 0x0c,
  refuseLate: 0x10,
  quiet: 0x20,
  variablePeriod: 0x40,
  unused: 0x80,
} as const;

/** Overrun policies by the number that the flags byte has for them. */
export const overrunPolicies: readonly OverrunPolicy[] = ["coalesce", "burst", "skip"];
