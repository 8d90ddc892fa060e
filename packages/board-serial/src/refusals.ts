import { type BoardError, limits } from "@escapement/scenario";
import { lineErrors } from "./line-errors.js";
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
  const refused = (): BoardError =>
    lineErrors.refused({ line, name: name ?? `the unknown error ${code}`, detail });
  switch (name) {
    case "no-session":
    case "no-program":
      return lineErrors.restarted({ line, name });
    case "unknown-request":
      return otherProtocol(line, `no request of type ${detail}`);
    case "version-mismatch":
      return otherProtocol(line, protocolRange(detail & 0xff, detail >> 8));
    case "bad-payload":
      return isTroubled ? outOfStepError(line, "refused a request", true) : refused();
    case "program-too-large":
      return lineErrors.refusedBytes({ line, detail });
    case "too-many-timers":
      return lineErrors.refusedTimers({ line, detail });
    case "program-invalid":
      return lineErrors.refusedProgram({ line, detail });
    case "trace-too-large":
      return lineErrors.traceTooLarge({ line, detail });
    case "program-crc":
      return lineErrors.damagedProgram({ line });
    case "step-limit":
      return lineErrors.stepLimit({ line });
    case "never-ends":
      return lineErrors.neverEnds({ line });
    default:
      return refused();
  }
}

function otherProtocol(line: string, theirs: string): BoardError {
  return lineErrors.otherProtocol({ line, theirs, ours: limits.protocol });
}

function protocolRange(lowest: number, highest: number): string {
  return lowest === highest ? `protocol ${lowest}` : `protocols ${lowest} to ${highest}`;
}
