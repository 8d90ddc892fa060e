import { BoardError, boardErrors } from "./board-errors.js";
import { subjectOf } from "./perform.js";
import type { RunActivity } from "./run-activity.js";

/**
 * The error of a driver that does not give control back, with what was under way.
 *
 * @param context How deep in interrupts the processor was: deeper than what was under way is an
 * interrupt of the driver.
 */
export function notReturned(
  activities: readonly RunActivity[],
  context: number,
  why: string,
  cause: unknown,
): BoardError {
  const place = placeOf(activities, context);
  const error = boardErrors.neverReturned({ place, reason: why }, { cause });
  // Who found out knows more of it.
  return cause instanceof BoardError
    ? new BoardError(error.code, error.message, cause.hint, { cause })
    : error;
}

function placeOf(activities: readonly RunActivity[], context: number): string {
  const last = activities.at(-1);
  if (last === undefined) return "the clearing away after the iteration";
  const handlers = activities.filter(({ doing }) => doing.op === "handler");
  const outer = last.doing.op === "handler" ? handlers.at(-2) : handlers.at(-1);
  const inHandler = outer === undefined ? "" : `, in ${nameOf(outer)},`;
  const interrupt = context > last.context ? "an interrupt of the driver during " : "";
  return `${interrupt}${nameOf(last)}${inHandler}`;
}

function nameOf({ doing }: RunActivity): string {
  if (doing.op === "handler") return `the handler of timer ${doing.timer}`;
  if (doing.op === "second-interrupt") return `the second interrupt's list ${doing.interrupt}`;
  const hasSubject = "timer" in doing || "interrupt" in doing;
  return `${doing.op}(${hasSubject ? subjectOf(doing) : ""})`;
}
