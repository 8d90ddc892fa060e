import type { Timeline, TimelineRow } from "../model/timeline.js";
import { type VcdChange, type VcdVariable, vcdText } from "./vcd-text.js";

/** What a context does that does nothing of its own; an empty text would end the line too early. */
const idle = "-";

interface Signal extends Omit<VcdVariable, "scope"> {
  /** The stretches in which it is not as at first, in order of their begins; the innermost last. */
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly value: number | string;
  }[];
}

/**
 * Writes a timeline as a Value Change Dump (IEEE 1364), which GTKWave and Surfer open.
 *
 * Of a trace, time is that of the board since the timeline began. In a replay accesses take no time, so that
 * each point has a nanosecond of its own: time is the number of the point, and the signal `ticks` has
 * the time on the board. Each row with a `signal` is one: flags and masks as wires, registers as
 * vectors, contexts as the operation under way (a string, `-` for none), timers while their handler
 * runs; `move`, `conflict` and `finding` mark their places. The same timeline gives the same text.
 *
 * @example
 * ```ts
 * import { type Timeline, timelineVcd } from "@escapement/timeline";
 *
 * export const dump = (timeline: Timeline): string => timelineVcd(timeline); // write this to a .vcd file
 * ```
 */
export function timelineVcd(timeline: Timeline): string {
  const { axis, title } = timeline;
  const signals = [
    ...ticksSignal(timeline),
    ...timeline.rows.flatMap((row) => rowSignal(row)),
    ...markSignals(timeline),
  ];
  const scope = axis.kind === "points" ? "replay" : "trace";
  const variables = signals.map((signal) => ({ ...signal, scope }));
  if (axis.kind === "points") {
    const time = (at: number): number => axis.steps[at]?.point ?? axis.steps.length;
    const comment = `${title}; time is the number of the point; the signal ticks has the time on the board`;
    return vcdText(variables, changesOf(signals, time, axis.steps.length), {
      comment,
      endNs: time(axis.steps.length),
    });
  }
  const time = (at: number): number =>
    Math.max(0, Math.floor(((at - axis.base) / axis.frequencyHz) * 1e9));
  const endNs = Math.max(0, ...axis.places.map(time));
  return vcdText(variables, changesOf(signals, time), { comment: title, endNs });
}

function ticksSignal({ axis }: Timeline): readonly Signal[] {
  if (axis.kind === "time") return [];
  const spans = axis.steps.map(({ ticks }, index) => ({
    from: index,
    to: index + 1,
    value: ticks,
  }));
  return [{ name: "ticks", bits: 53, initial: 0, spans }];
}

function rowSignal({ kind, signal, bits = 1, spans }: TimelineRow): readonly Signal[] {
  if (signal === undefined) return [];
  if (kind === "context") {
    const operations = spans.filter(({ name }) => name !== undefined);
    return [
      {
        name: signal,
        bits: "string",
        initial: idle,
        spans: operations.map(({ from, to, name = idle }) => ({ from, to, value: name })),
      },
    ];
  }
  const shown = kind === "timer" ? spans.filter(({ look }) => look === "run") : spans;
  const changes = shown.map(({ from, to, value = 1 }) => ({ from, to, value }));
  return [{ name: signal, bits, initial: 0, spans: changes }];
}

function markSignals({ axis, rows, pointers }: Timeline): readonly Signal[] {
  if (axis.kind === "time") return [];
  const conflicts = rows.flatMap(({ events }) => events.filter(({ look }) => look === "conflict"));
  const marks = {
    move: pointers.filter(({ look }) => look === "move"),
    conflict: conflicts,
    finding: pointers.filter(({ look }) => look === "finding"),
  };
  return Object.entries(marks).map(([name, places]) => ({
    name,
    bits: 1,
    initial: 0,
    spans: places
      .map(({ at }) => Math.floor(at))
      .sort((one, other) => one - other)
      .map((at) => ({ from: at, to: at + 1, value: 1 })),
  }));
}

/** Every change of every signal before the end, in order of time. */
function changesOf(
  signals: readonly Signal[],
  time: (at: number) => number,
  end = Number.POSITIVE_INFINITY,
): readonly VcdChange[] {
  const changes = signals.flatMap(({ spans, initial = 0 }, variable) => {
    const places = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
    let last = initial;
    return places.flatMap((at): VcdChange[] => {
      if (at >= end) return [];
      const value = spans.findLast(({ from, to }) => from <= at && to > at)?.value ?? initial;
      if (value === last) return [];
      last = value;
      return [{ timeNs: time(at), variable, value }];
    });
  });
  return changes.sort((one, other) => one.timeNs - other.timeNs || one.variable - other.variable);
}
