import type { Timeline, TimelineLabel, TimelineRow } from "../../model/timeline.js";
import { stateChange } from "../../text/state-change.js";
import type { Scale } from "./scale.js";

/** The shared state in words, where it changes between two steps that are drawn. */
export function stateRow({ axis }: Timeline, row: TimelineRow, scale: Scale): TimelineRow {
  if (axis.kind === "time") return row;
  const labels: TimelineLabel[] = [];
  let shown: string | undefined;
  for (const [index, { state }] of axis.steps.entries()) {
    if (state === undefined || !scale.has(index)) continue;
    const text = stateChange(shown, state);
    if (text !== "") labels.push({ at: index + 0.5, text, look: "plain" });
    shown = state;
  }
  return { ...row, labels };
}
