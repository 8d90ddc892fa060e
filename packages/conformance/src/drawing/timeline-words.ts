import { durationText, recordText } from "@escapement/timeline";
import { type DrawnRecord, handlerRuns } from "./lanes.js";
import type { PickedIteration } from "./pick-iteration.js";

/** Highlighted records told in words; the rest are counted. */
const toldMax = 3;

/** Says in words what a timeline shows, for those who do not see it. */
export function timelineDescription(
  picked: PickedIteration,
  records: readonly DrawnRecord[],
  frequencyHz: number,
): string {
  const base = records[0]?.record.at ?? 0;
  const ends = records.map(({ record }) => (record.kind === "call" ? record.until : record.at));
  const span = durationText(Math.max(0, ...ends.map((end) => end - base)), frequencyHz);
  const which =
    picked.count === 1
      ? ""
      : `Iteration ${picked.number} of ${picked.count}, variable ${picked.value}. `;
  const rest = picked.omitted === 0 ? "" : `, ${picked.omitted} more are not drawn`;
  return [
    `${which}${counted(records.length, "record")} over ${span}${rest}.`,
    ...timerSentences(records, frequencyHz),
    ...highlightSentence(records, base, frequencyHz),
  ].join(" ");
}

function timerSentences(records: readonly DrawnRecord[], frequencyHz: number): readonly string[] {
  const runs = handlerRuns(records);
  const timers = [...new Set(runs.map(({ timer }) => timer))].sort((a, b) => a - b);
  return timers.map((timer) => {
    const own = runs.filter((run) => run.timer === timer);
    const latest = Math.max(...own.map(({ entered, scheduled }) => entered - scheduled));
    const times = own.length === 1 ? "once" : `${own.length} times`;
    const late = latest > 0 ? `at most ${durationText(latest, frequencyHz)} late` : "never late";
    return `Timer ${timer} fires ${times}, ${late}.`;
  });
}

function highlightSentence(
  records: readonly DrawnRecord[],
  base: number,
  frequencyHz: number,
): readonly string[] {
  const marked = records.filter(({ highlighted }) => highlighted);
  if (marked.length === 0) return [];
  const told = marked.slice(0, toldMax).map(({ record }) => {
    return `${recordText(record, base, frequencyHz)} at ${durationText(record.at - base, frequencyHz)}`;
  });
  const rest = marked.length > told.length ? `; and ${marked.length - told.length} more` : "";
  return [`Highlighted: ${told.join("; ")}${rest}.`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
