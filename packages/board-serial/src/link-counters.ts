/** What a line has seen since it was last opened; for hints and reports. */
export interface LinkCounters {
  /** Bytes received. */
  readonly bytes: number;
  /** Frames received whole. */
  readonly framesGood: number;
  /** Frames received damaged, or bytes between two zeros that are no frame. */
  readonly framesBad: number;
  /** Whole frames that no request waited for: late, repeated, or of another session. */
  readonly framesStale: number;
  /** Requests sent again because no reply came, or a damaged one. */
  readonly retries: number;
  /** The first bytes received, at most 16. */
  readonly firstBytes: Uint8Array;
}

/** The counters as the link keeps them. */
export type Counts = { -readonly [Name in keyof Omit<LinkCounters, "firstBytes">]: number } & {
  firstBytes: number[];
  /** Bytes above 0x7f among those received. */
  bytesHigh: number;
};

/** Nothing seen yet. */
export function emptyCounters(): Counts {
  return {
    bytes: 0,
    framesGood: 0,
    framesBad: 0,
    framesStale: 0,
    retries: 0,
    firstBytes: [],
    bytesHigh: 0,
  };
}
