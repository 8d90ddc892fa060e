import {
  levelName,
  type TimelineEvent,
  type TimelineLabel,
  type TimelineRow,
  type TimelineSpan,
} from "@escapement/timeline";
import type { Replay, ReplayStep } from "../replay.js";
import type { FocusStep, ReplayFocus } from "./focus.js";
import { type ActivitySpan, interruptionsOf, spansOf } from "./replay-spans.js";
import { stretches } from "./stretches.js";

/** Accesses of this rank and more are labelled. */
const labelRank = 60;

/** A context: where its code runs or is interrupted, its accesses, and what it does. */
export function contextRow(replay: Replay, focus: ReplayFocus, level: number): TimelineRow {
  const spans = spansOf(replay).filter(({ activity }) => activity.context === level);
  const runs = stretches(replay.steps, (step) => Math.sign(step.level - level));
  const look = level === 0 ? "active" : "run";
  return {
    kind: "context",
    name: levelName(level),
    signal: level === 0 ? "thread_operation" : `level_${level}_operation`,
    spans: [
      ...runs.flatMap(({ from, to, value }): TimelineSpan[] =>
        value < 0 ? [] : [{ from, to, look: value === 0 ? look : "interrupted" }],
      ),
      ...spans.map(({ from, last, activity }): TimelineSpan => {
        return { from, to: last + 1, look: "operation", name: operationName(activity.doing) };
      }),
    ],
    events: focus.steps.flatMap((step) => accessEvent(replay, step, level)),
    labels: [
      ...entryLabels(replay, level),
      ...activityLabels(spans, focus),
      ...accessLabels(replay, focus, level),
    ],
  };
}

function operationName(doing: ActivitySpan["activity"]["doing"]): string {
  if ("timer" in doing) return `${doing.op}(${doing.timer})`;
  return "interrupt" in doing ? `${doing.op}(${doing.interrupt})` : doing.op;
}

function entryLabels(replay: Replay, level: number): readonly TimelineLabel[] {
  return interruptionsOf(replay)
    .filter((each) => each.level === level)
    .map(({ from, name }) => ({ at: from, text: name, look: "late" }));
}

function activityLabels(
  spans: readonly ActivitySpan[],
  { findingStep }: ReplayFocus,
): readonly TimelineLabel[] {
  return spans
    .filter(({ activity: { doing } }) => doing.op !== "init" && doing.op !== "second-interrupt")
    .map(({ activity, from, last, name, result }) => {
      const isNamed = result !== undefined || activity.doing.op === "handler";
      return {
        at: from,
        text: result === undefined || result === "ok" ? name : `${name}: ${result}`,
        look: last === findingStep && isNamed ? "finding" : "plain",
      };
    });
}

function accessLabels(
  { steps }: Replay,
  focus: ReplayFocus,
  level: number,
): readonly TimelineLabel[] {
  return focus.steps
    .filter(({ index, rank, roles }) => {
      const isNamed = roles.includes("conflict") && rank >= labelRank;
      return (
        steps[index]?.level === level &&
        (isNamed || (roles.includes("finding") && roles.length === 1))
      );
    })
    .map(({ index, text }) => ({
      at: index + 0.5,
      text,
      look: "finding",
      leftwards: (steps[index + 1]?.moves.length ?? 0) > 0,
    }));
}

function accessEvent(
  { steps }: Replay,
  { index, roles, text, rank }: FocusStep,
  level: number,
): readonly TimelineEvent[] {
  const step = steps[index];
  if (step?.level !== level) return [];
  const at = { at: index + 0.5, text: `point ${step.point}: ${text}` };
  if (roles.includes("conflict") && rank >= labelRank) return [{ ...at, look: "conflict" }];
  const look = accessLook(step);
  return look === undefined ? [] : [{ ...at, look }];
}

function accessLook({ access }: ReplayStep): "load" | "store" | "access" | undefined {
  if (access === "record" || access === "pass time") return undefined;
  return access === "load" || access === "store" ? access : "access";
}
