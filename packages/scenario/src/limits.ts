/** The limits of the program format; a board may have tighter ones. */
export const limits = {
  /** Version of the program and trace format. */
  format: 1,
  /** Version of the link's protocol. */
  protocol: 1,
  /** Timers in a program. */
  timers: 32,
  /** Lists for the second interrupt in a program. */
  interrupts: 4,
  /** Registers, numbered from 0. */
  registers: 4,
  /** How deep `mask` nests in one list. */
  maskDepth: 4,
  /** Largest number of any operand. */
  operand: Number.MAX_SAFE_INTEGER,
  /** Largest mark. */
  mark: 255,
  /** Longest varint, in bytes. */
  varintBytes: 8,
  /** Longest frame towards the agent before COBS, header and CRC included, in bytes. */
  frameToAgentBytes: 96,
  /** Longest frame towards the host before COBS, header and CRC included, in bytes. */
  frameToHostBytes: 224,
  /** Most program bytes in one `load`. */
  loadBytes: 64,
  /** Most trace bytes in one `fetch`. */
  fetchBytes: 200,
} as const;
