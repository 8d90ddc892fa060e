import { counted } from "@escapement/timeline";
import type { Replay, ReplayStep } from "../replay.js";

const events = {
  w: "the counter wrapped",
  c: "the compare matched",
  s: "the second interrupt was requested",
};
/** Points that are no accesses. */
const plainWords: Readonly<Record<string, string>> = {
  record: "look at the clock",
  "pass time": "time passes",
};
const valueLengthMax = 18;

/** Each step's access in words, with the cell's value where it is known from a store before. */
export function accessWords({ steps }: Replay): readonly string[] {
  const values = new Map<string, string>();
  return steps.map(({ access, cell, value, place }) => {
    const at = place === undefined ? "" : `  ${place}`;
    if (cell === undefined) return plainWords[access] ?? access + at;
    if (access === "store") values.set(cell, value ?? "?");
    const known = shown(access === "store" ? (value ?? "") : (values.get(cell) ?? ""));
    const verb = access === "store" ? "store" : "load";
    return `${verb} ${cell}${known === "" ? "" : `${access === "store" ? " := " : " is "}${known}`}${at}`;
  });
}

/** The moves made before a step, in words. */
export function moveWords({ moves, heldTicks }: ReplayStep): readonly string[] {
  return moves.map(({ event, offset }, place) => {
    // Only the last of several moves at one place knows when all is over.
    const long = place === moves.length - 1 ? ` ${counted(heldTicks, "tick")}` : "";
    const side = offset === 0 ? "" : `a tick ${offset < 0 ? "before" : "after"} `;
    return `held up${long}, until ${side}${events[event]}`;
  });
}

/** Objects have no text of their own. */
function shown(value: string): string {
  if (value === "" || value.startsWith("[object") || value.includes("=>")) return "";
  return value.length > valueLengthMax ? `${value.slice(0, valueLengthMax - 1)}…` : value;
}
