/** Where the members of the state in `esc_driver_guard.c` are, in bytes from its begin. */
export const guardLayout = {
  /** Rounds of loops until the host is asked: 32 bits. */
  fuel: 0,
  /** Whether the host is called when a store ends: 32 bits. */
  stored: 4,
  /** Room for values on their way: 16 bytes for each level of interrupts. */
  scratch: 8,
} as const;
