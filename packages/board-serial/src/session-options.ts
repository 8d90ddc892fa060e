import type { RunSignal } from "@escapement/scenario";
import type { Clock } from "./clock.js";

/** Where a session stands. `lost`: the line went away; `reopen` may bring it back. */
export type SessionState = "closed" | "opening" | "ready" | "lost";

/** Every wait of a session, in milliseconds. */
export interface SessionTimeouts {
  /** For the transport to open, and to close; 5000. */
  readonly openMs: number;
  /** For a first reply to the handshake; 5000, which outlasts an Arduino's boot loader. */
  readonly connectMs: number;
  /** For the handshake in all, however long a board says that it still runs something; 20 000. */
  readonly handshakeMs: number;
  /** Between two attempts at the handshake; 250. */
  readonly helloMs: number;
  /** Before a request is sent again; 500. Less on a line that lost something and was quick before. */
  readonly replyMs: number;
  /** Without any sign of life before a request is given up; 3000. */
  readonly silenceMs: number;
  /** For one run in all, whatever the board says of its own speed; 600 000, ten minutes. */
  readonly runMs: number;
  /** For `reopen`, all attempts together; 5000. */
  readonly reopenMs: number;
}

/** Options of a session. */
export interface SessionOptions {
  /** Waits other than the usual ones. */
  readonly timeouts?: Partial<SessionTimeouts>;
  /** Another clock than the computer's, for tests. */
  readonly clock?: Clock;
  /** Where the first session number comes from: at least 0, below 1. `Math.random` when absent. */
  readonly random?: () => number;
}

/** How fast a line is and how much of it arrives; a session learns it as it goes. */
export interface LinePace {
  /** Bytes of a program or trace in one frame: fewer where frames get damaged. */
  pieceBytes: number;
  /** The slowest reply to a request that gets its reply at once, of the last few; undefined before the first. */
  replyMs: number | undefined;
}

/** Options of one request. */
export interface RequestOptions {
  /** Without any sign of life before it is given up. */
  readonly silenceMs?: number | undefined;
  /** Longest wait in any case; a minute when absent. */
  readonly limitMs?: number | undefined;
  /** Ends the wait early. */
  readonly signal?: RunSignal | undefined;
}

/** The waits when nothing else is said. */
export const usualTimeouts: SessionTimeouts = {
  openMs: 5000,
  connectMs: 5000,
  handshakeMs: 20_000,
  helloMs: 250,
  replyMs: 500,
  silenceMs: 3000,
  runMs: 600_000,
  reopenMs: 5000,
};
