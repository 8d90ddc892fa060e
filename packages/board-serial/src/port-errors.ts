import { BoardError, thrownText } from "@escapement/scenario";

/**
 * The typed error for what the operating system said when a serial port was opened. serialport
 * gives text only, so the text is what tells them apart (Linux, macOS, Windows).
 */
export function openError(path: string, baudRate: number, cause: unknown): BoardError {
  const text = thrownText(cause);
  const options = { cause };
  if (/no such (file|device)|file not found|enoent/i.test(text)) {
    return new BoardError(
      "port-not-found",
      `There is no port ${path}`,
      "Is the board plugged in, with a cable that carries data? `escapement devs` lists the ports there are.",
      options,
    );
  }
  // Windows says "Access denied" of a port that another program has open; Linux locks it.
  if (/cannot lock|temporarily unavailable|resource busy|access denied|ebusy/i.test(text)) {
    return new BoardError(
      "port-busy",
      `The port ${path} is in use by another program`,
      "Close the serial monitor, the other terminal or the debugger that holds it, then try again.",
      options,
    );
  }
  if (/permission denied|eacces|operation not permitted/i.test(text)) {
    return new BoardError(
      "port-failed",
      `You may not open the port ${path}`,
      "On Linux add yourself to the group that owns it (dialout or uucp), then log in again.",
      options,
    );
  }
  return new BoardError(
    "port-failed",
    `The port ${path} cannot be opened at ${baudRate} baud: ${text}`,
    "Is it a serial port, and does its driver know this baud rate?",
    options,
  );
}

/** The typed error for a pseudo-terminal that hung up: what has its number now is another's. */
export function goneError(path: string): BoardError {
  return new BoardError(
    "port-not-found",
    `The pseudo-terminal ${path} is gone`,
    "The program behind it ended. Start it again, and open the path that it prints then.",
  );
}

/** The typed error for a missing or broken serialport package. */
export function packageError(cause: unknown): BoardError {
  return new BoardError(
    "port-failed",
    "The package serialport cannot be loaded",
    "Install it beside this one: npm install serialport@13. Boards behind TCP need no such package.",
    { cause },
  );
}
