import { BoardError, type LinkErrorName } from "@escapement/scenario";
import { versionMismatch } from "./description.js";
import { linkErrorName } from "./link.js";
import { outOfStepError } from "./link-errors.js";

/**
 * The agent replied with an error frame. `line` names the port; on one that `isTroubled` the
 * agent may have got another request than was sent.
 */
export function refusedError(
  line: string,
  code: number,
  detail: number,
  isTroubled = false,
): BoardError {
  const name = linkErrorName(code);
  switch (name) {
    case "no-session":
    case "no-program":
      return new BoardError(
        "board-reset",
        `The board on ${line} forgot the session (${name})`,
        "It restarted: check its supply, its watchdog and its stack; or another program talked to it: close that one. Then run again.",
      );
    case "unknown-request":
      return versionMismatch(line, `no request of type ${detail}`);
    case "version-mismatch": {
      const lowest = detail & 0xff;
      const highest = detail >> 8;
      const range = lowest === highest ? `protocol ${lowest}` : `protocols ${lowest} to ${highest}`;
      return versionMismatch(line, range);
    }
    case "bad-payload":
      if (isTroubled) return outOfStepError(line, "refused a request", true);
      break;
    default:
      break;
  }
  return (
    programRefusal(line, name, detail) ??
    new BoardError(
      "board-fault",
      `The board on ${line} reports ${name ?? `the unknown error ${code}`} (detail ${detail})`,
      "Host and firmware do not agree about the protocol; flash the firmware that belongs to this version.",
    )
  );
}

/** What is wrong with a program, or with how it ran; undefined for every other refusal. */
function programRefusal(
  line: string,
  name: LinkErrorName | undefined,
  detail: number,
): BoardError | undefined {
  switch (name) {
    case "program-too-large":
      return new BoardError(
        "program-too-large",
        `The board on ${line} has room for programs of ${detail} bytes`,
        "Use a shorter program, or build the firmware with a larger program buffer.",
      );
    case "too-many-timers":
      return new BoardError(
        "program-too-large",
        `The board on ${line} has ${detail} timers, the program uses more`,
        "Use fewer timers, or build the firmware with more.",
      );
    case "program-invalid":
      return new BoardError(
        "invalid-program",
        `The board on ${line} does not take the program: byte ${detail} is wrong`,
        "An operation or a number is beyond what this board's firmware knows; a 32-bit agent takes numbers up to 4294967295.",
      );
    case "trace-too-large":
      return new BoardError(
        "trace-too-large",
        `One iteration made more records than the ${detail} bytes that the board on ${line} has for them`,
        "Record less in one iteration: make timers quiet, or put more into a repeat or a sweep.",
      );
    case "program-crc":
      return new BoardError(
        "link-unreliable",
        `The program arrived damaged at the board on ${line}`,
        "Check the cable and the baud rate, then run again.",
      );
    case "step-limit":
      return new BoardError(
        "board-fault",
        `The board on ${line} stopped the program: a list of operations ran longer than its agent allows`,
        "Look for a timer that its own handler starts again with no delay.",
      );
    case "never-ends":
      return new BoardError(
        "never-ends",
        `The driver of the board on ${line} never lets the program end: expiries follow each other and the thread gets no further`,
        "Look for a timer that is due again before its interrupt has returned: a minDeltaTicks that does not cover the way out of the interrupt, or a flag that is not acknowledged.",
      );
    default:
      return undefined;
  }
}
