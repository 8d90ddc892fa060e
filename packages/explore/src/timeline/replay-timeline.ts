import { FLAG_COMPARE, FLAG_OVERFLOW } from "@escapement/board-sim";
import {
  counted,
  type Timeline,
  type TimelinePointer,
  type TimelineRow,
  type TimelineStep,
} from "@escapement/timeline";
import type { ExploreFinding, FoundInRun } from "../finding.js";
import type { Replay, ReplayStep } from "../replay.js";
import { contextRow } from "./context-row.js";
import { focusOf, type ReplayFocus } from "./focus.js";
import { levelsOf } from "./replay-spans.js";
import { moveWords } from "./step-words.js";
import { stretches } from "./stretches.js";

/**
 * What happened in a replay, point by point: a row for the thread and each interrupt level in use,
 * with operations, accesses and the cells that both sides use; the mask, the flags, the counter, the
 * compare register, and the shared state in words. Places are points, since time stands still
 * between moves.
 *
 * `finding` is what the timeline shows; default the replay's first finding. A race is no part of a
 * replay. Pure.
 *
 * @example
 * ```ts
 * import { laws } from "@escapement/conformance";
 * import {
 *   halTarget, lawCases, parseSchedule, replay, replayTimeline, World,
 * } from "@escapement/explore";
 * import { timelineText } from "@escapement/timeline";
 *
 * const target = halTarget({ profile: "avr16" });
 * const [law] = laws;
 * const [subject] = law === undefined ? [] : lawCases(law, target);
 * if (subject !== undefined) {
 *   const run = replay(new World(target, 1_000_000), subject, parseSchedule("e1:"));
 *   console.log(timelineText(replayTimeline(run)).join("\n"));
 * }
 * ```
 */
export function replayTimeline(
  replay: Replay,
  finding: FoundInRun | ExploreFinding | undefined = replay.findings[0],
): Timeline {
  const focus = focusOf(replay, finding);
  const levels = Array.from({ length: levelsOf(replay) + 1 }, (_, level) => level);
  const { name, value, target, schedule } = replay;
  return {
    title: `${name} with value ${value} on ${target}, schedule ${schedule}`,
    words: wordsOf(replay, focus),
    axis: { kind: "points", steps: stepsOf(replay, focus) },
    rows: [
      ...levels.map((level) => contextRow(replay, focus, level)),
      ...waveRows(replay),
      ...timerRows(replay),
      ...stateRows(replay),
    ],
    pointers: pointersOf(replay, focus),
    ...(finding !== undefined && { message: `${finding.kind}: ${finding.message}` }),
  };
}

function wordsOf({ steps }: Replay, { finding, conflicts }: ReplayFocus): string {
  const message = finding === undefined ? "No finding." : `${finding.message}.`;
  const cells = [...new Set(conflicts.map(({ cell }) => cell))];
  const shared = cells.length === 0 ? "" : ` Used by both sides: ${cells.join(", ")}.`;
  return `${counted(steps.length, "point")}. ${message}${shared}`;
}

function stepsOf({ steps }: Replay, focus: ReplayFocus): readonly TimelineStep[] {
  const base = steps[0]?.at ?? 0;
  return focus.steps.flatMap(({ index, rank, roles, text }) => {
    const step = steps[index];
    if (step === undefined) return [];
    const state = (steps[index + 1] ?? step).state;
    return [
      {
        point: step.point,
        ticks: step.at - base,
        level: step.level,
        rank,
        roles,
        text,
        moves: moveWords(step),
        counter: step.counter,
        flags: flagsText(step),
        ...(state !== undefined && { state }),
      },
    ];
  });
}

function flagsText({ flags, masked }: ReplayStep): string {
  return [
    ...((flags & FLAG_OVERFLOW) !== 0 ? ["ovf"] : []),
    ...((flags & FLAG_COMPARE) !== 0 ? ["cmp"] : []),
    ...(masked ? ["M"] : []),
  ].join(" ");
}

function waveRows({ steps, counterBits }: Replay): readonly TimelineRow[] {
  const bit =
    (kind: "flag" | "mask") =>
    (name: string, signal: string, isSet: (step: ReplayStep) => boolean): TimelineRow => {
      const look = kind === "mask" ? "mask" : "set";
      const spans = stretches(steps, isSet).filter(({ value }) => value);
      return {
        kind,
        name,
        signal,
        events: [],
        labels: [],
        spans: spans.map(({ from, to }) => ({ from, to, look })),
      };
    };
  const bus = (name: string, bits: number, pick: (step: ReplayStep) => number): TimelineRow => ({
    kind: "value",
    name,
    signal: name,
    bits,
    events: [],
    labels: [],
    spans: stretches(steps, pick).map((each) => ({ ...each, look: "value" })),
  });
  const flag = bit("flag");
  return [
    bit("mask")("masked", "masked", ({ masked }) => masked),
    flag("ovf flag", "overflow_flag", ({ flags }) => (flags & FLAG_OVERFLOW) !== 0),
    flag("cmp flag", "compare_flag", ({ flags }) => (flags & FLAG_COMPARE) !== 0),
    bus("counter", counterBits, ({ counter }) => counter),
    bus("compare", bitsOf(steps, counterBits), ({ compare }) => compare),
    ...[
      flag("ovf on", "overflow_enabled", ({ enabled }) => (enabled & FLAG_OVERFLOW) !== 0),
      flag("cmp on", "compare_enabled", ({ enabled }) => (enabled & FLAG_COMPARE) !== 0),
      bus("interrupt_depth", 6, ({ level }) => level),
    ].map((row) => ({ ...row, detail: true })),
  ];
}

/** How many bits the compare register takes: it may be wider than the counter. */
function bitsOf(steps: readonly ReplayStep[], least: number): number {
  return steps.reduce((most, { compare }) => Math.max(most, compare.toString(2).length), least);
}

/** The shared state in words, where the target gives it. */
function stateRows({ steps }: Replay): readonly TimelineRow[] {
  const spans = stretches(steps, ({ state }) => state).flatMap(({ from, to, value }) =>
    value === undefined ? [] : [{ from, to, look: "value", text: value } as const],
  );
  if (spans.length === 0) return [];
  return [{ kind: "state", name: "state", spans, events: [], labels: [] }];
}

/** The timers whose handlers run; in a drawing they are labels of the contexts. */
function timerRows({ steps }: Replay): readonly TimelineRow[] {
  const running = steps.map(({ activities }) =>
    activities.flatMap(({ doing }) => (doing.op === "handler" ? [doing.timer] : [])),
  );
  const timers = [...new Set(running.flat())].sort((a, b) => a - b);
  return timers.map((timer) => ({
    kind: "timer",
    name: `timer ${timer}`,
    signal: `timer_${timer}`,
    detail: true,
    spans: stretches(running, (own) => own.includes(timer))
      .filter(({ value }) => value)
      .map(({ from, to }) => ({ from, to, look: "run" })),
    events: [],
    labels: [],
  }));
}

function pointersOf({ steps }: Replay, { findingStep }: ReplayFocus): readonly TimelinePointer[] {
  const moves = steps.flatMap((step, at) =>
    moveWords(step).map((text) => ({ at, look: "move", text }) as const),
  );
  if (findingStep === undefined) return moves;
  return [...moves, { at: findingStep + 0.5, look: "finding", text: "named by a finding" }];
}
