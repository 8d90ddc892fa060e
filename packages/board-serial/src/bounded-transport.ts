import { BoardError } from "@escapement/scenario";
import { type Clock, withLimit } from "./clock.js";
import type { Transport } from "./transport.js";

/** Opens a line; rejects with `port-failed` where that takes longer than `limitMs`. */
export function openWithin(transport: Transport, clock: Clock, limitMs: number): Promise<void> {
  return withLimit(clock, limitMs, transport.open(), () => {
    return new BoardError(
      "port-failed",
      `${transport.description} did not open within ${limitMs} ms`,
      "The driver or the far end hangs: unplug the board and plug it in again.",
    );
  });
}

/** Closes a line, which is a courtesy to one that may be gone: nothing about it is an error. */
export async function closeWithin(
  transport: Transport,
  clock: Clock,
  limitMs: number,
): Promise<void> {
  const hung = () => new Error("close did not return");
  await withLimit(clock, limitMs, transport.close(), hung).catch(() => {});
}
