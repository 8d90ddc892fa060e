import { counted, durationText } from "../text/numbers.js";
import { recordText } from "../text/record-text.js";
import type { PickedIteration } from "./pick-iteration.js";
import type { TraceView } from "./trace-rows.js";

/** Highlighted records that are named; the rest are counted. */
const namedMax = 3;

/** Says in words what a trace's timeline shows, for those who do not see it. */
export function traceWords(picked: PickedIteration, view: TraceView): string {
  const { records, base, frequencyHz } = view;
  const ends = records.map(({ record }) => (record.kind === "call" ? record.until : record.at));
  const span = durationText(Math.max(0, ...ends.map((end) => end - base)), frequencyHz);
  const which =
    picked.count === 1
      ? ""
      : `Iteration ${picked.number} of ${picked.count}, variable ${picked.value}. `;
  const rest = picked.omitted === 0 ? "" : `, ${picked.omitted} more are not drawn`;
  return [
    `${which}${counted(records.length, "record")} over ${span}${rest}.`,
    ...timerSentences(view),
    ...highlightSentence(view),
  ].join(" ");
}

function timerSentences({ runs, frequencyHz }: TraceView): readonly string[] {
  const timers = [...new Set(runs.map(({ timer }) => timer))].sort((a, b) => a - b);
  return timers.map((timer) => {
    const own = runs.filter((run) => run.timer === timer);
    const latest = Math.max(...own.map(({ entered, due }) => entered - due));
    const times = own.length === 1 ? "once" : `${own.length} times`;
    const late = latest > 0 ? `at most ${durationText(latest, frequencyHz)} late` : "never late";
    return `Timer ${timer} fires ${times}, ${late}.`;
  });
}

function highlightSentence({ records, base, frequencyHz }: TraceView): readonly string[] {
  const marked = records.filter(({ highlighted }) => highlighted);
  if (marked.length === 0) return [];
  const named = marked.slice(0, namedMax).map(({ record }) => {
    return `${recordText(record, base, frequencyHz)} at ${durationText(record.at - base, frequencyHz)}`;
  });
  const rest = marked.length > named.length ? `; and ${marked.length - named.length} more` : "";
  return [`Highlighted: ${named.join("; ")}${rest}.`];
}
