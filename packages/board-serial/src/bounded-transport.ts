import { type Clock, withLimit } from "./clock.js";
import { lineErrors } from "./line-errors.js";
import type { Transport } from "./transport.js";

/** Opens a line; rejects with `port-failed` where that takes longer than `limitMs`. */
export function openWithin(transport: Transport, clock: Clock, limitMs: number): Promise<void> {
  return withLimit(clock, limitMs, transport.open(), () => {
    return lineErrors.openHangs({ name: transport.description, limitMs });
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
