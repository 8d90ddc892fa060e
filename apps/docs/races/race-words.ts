import type { Move, ReplayStep } from "@escapement/explore";
import type { RunActivity } from "@escapement/scenario";
import type { RaceChoice } from "./race-types.js";

const events = {
  w: "the counter's wrap",
  c: "the compare match",
  s: "the second interrupt's request",
} as const;

/** A move's event and offset as it stands in a schedule, such as `w-`. */
export function choiceOf({ event, offset }: Move): string {
  return `${event}${offset < 0 ? "-" : offset > 0 ? "+" : ""}`;
}

/** What a move waits for. */
export function moveWords({ event, offset }: Move): string {
  if (offset === 0) return events[event];
  return `a tick ${offset < 0 ? "before" : "after"} ${events[event]}`;
}

const happening = {
  w: "the counter wraps",
  c: "the compare matches",
  s: "2nd interrupt requested",
} as const;

/** What happens when a move's event comes, from its letter and sign, such as `w-`. */
export function eventWords(choice: string): string {
  const [letter = "", sign = ""] = choice;
  const words = happening[letter as keyof typeof happening] ?? "";
  return sign === "" ? words : `a tick ${sign === "-" ? "before" : "after"}: ${words}`;
}

/** The moves as choices of a list. */
export function choicesOf(moves: readonly Move[]): RaceChoice[] {
  return moves.map((move) => ({ choice: choiceOf(move), words: moveWords(move) }));
}

/** What the innermost context has under way: an operation, a handler, or the interrupt around it. */
export function doingWords({ level, activities }: ReplayStep): string {
  const innermost = activities.at(-1);
  if (innermost === undefined) return "";
  // Between the interrupt's entry and the handler's, only the HAL itself is at work.
  if (innermost.context < level) return "the timer interrupt";
  return activityWords(innermost);
}

function activityWords({ doing }: RunActivity): string {
  switch (doing.op) {
    case "handler":
      return `timer ${doing.timer}'s handler`;
    case "second-interrupt":
      return "the second interrupt";
    default:
      return "timer" in doing ? `${doing.op}(${doing.timer})` : doing.op;
  }
}

const contexts = ["in the thread", "in an interrupt", "in an interrupt of an interrupt"];

/** One step in a sentence or two, with what happens there as every timeline says it, for those who do not see the drawing. */
export function stepWords(
  step: ReplayStep,
  happens: string,
  count: number,
  shared: boolean,
): string {
  const doing = doingWords(step);
  const parts = [
    `Point ${step.point} of ${count}`,
    contexts[step.level] ?? `at level ${step.level}`,
    ...(doing === "" ? [] : [`within ${doing}`]),
    ...(step.masked ? ["interrupts masked"] : []),
  ];
  const held = step.moves.map((move) => `Held up until ${moveWords(move)}. `).join("");
  const both = shared ? " The interrupt and what it interrupted both use it." : "";
  const at = step.place === undefined ? "" : `, ${step.place}`;
  return `${held}${parts.join(", ")}: ${happens}${at}.${both}`;
}
