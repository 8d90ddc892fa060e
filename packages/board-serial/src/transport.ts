/**
 * A line to a board: bytes out, bytes in, and the news that the line is gone.
 *
 * A transport may lose, damage and split bytes as a serial line does; it must not reorder them.
 * It can be opened again after it was closed or lost, which is how a session outlives its port.
 *
 * @example
 * ```ts
 * import type { Transport } from "@escapement/board-serial";
 *
 * // A line whose far end sends back what it gets.
 * const echo: Transport = {
 *   description: "an echo",
 *   onData: undefined,
 *   onClose: undefined,
 *   open: async () => {},
 *   write: async (bytes) => queueMicrotask(() => echo.onData?.(bytes)),
 *   close: async () => {},
 * };
 * console.log(echo.description);
 * ```
 */
export interface Transport {
  /** Names the line in messages, with its speed where it has one: `/dev/ttyACM0 at 115200 baud`. */
  readonly description: string;
  /** Called with received bytes, never from inside `write`; set by the session. The bytes belong to the receiver. */
  onData: ((bytes: Uint8Array) => void) | undefined;
  /** Called once when an open line goes away by itself, not after `close`; set by the session. */
  onClose: ((reason: string) => void) | undefined;
  /**
   * Opens the line. Rejects with a BoardError `port-not-found`, `port-busy` or `port-failed` and
   * is then closed.
   */
  open(): Promise<void>;
  /** Sends bytes. Resolves when the system has taken them, which is not yet when they arrived. */
  write(bytes: Uint8Array): Promise<void>;
  /** Closes the line. Twice is fine, before `open` too; never rejects for a line that is gone. */
  close(): Promise<void>;
}
