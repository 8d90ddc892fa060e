import { type BoardError, thrownText } from "@escapement/scenario";
import { lineErrors } from "./line-errors.js";

/**
 * The typed error for what the operating system said when a serial port was opened. serialport
 * gives text only, so the text is what distinguishes them (Linux, macOS, Windows).
 */
export function openError(path: string, baudRate: number, cause: unknown): BoardError {
  const reason = thrownText(cause);
  if (/no such (file|device)|file not found|enoent/i.test(reason)) {
    return lineErrors.noSuchPort({ path }, { cause });
  }
  // Windows says "Access denied" of a port that another program has open; Linux locks it.
  if (/cannot lock|temporarily unavailable|resource busy|access denied|ebusy/i.test(reason)) {
    return lineErrors.portBusy({ path }, { cause });
  }
  if (/permission denied|eacces|operation not permitted/i.test(reason)) {
    return lineErrors.notAllowed({ path }, { cause });
  }
  return lineErrors.cannotOpen({ path, baudRate, reason }, { cause });
}
