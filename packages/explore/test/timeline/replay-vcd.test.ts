import { timelineVcd } from "@escapement/timeline";
import { describe, expect, test } from "vitest";
import { parseVcd } from "../../../board-sim/test/vcd-parser.js";
import { replayTimeline } from "../../src/index.js";
import { findLostEntry } from "./lost-entry.js";

const { replay, finding } = findLostEntry("law");

describe("the waveform of a lost list entry", () => {
  const text = timelineVcd(replayTimeline(replay));
  const { timescale, widths, types, changes } = parseVcd(text);
  /** A signal's value at each point. */
  const wave = (name: string): readonly (number | string | undefined)[] => {
    const own = changes.filter((change) => change.name === `replay.${name}`);
    return replay.steps.map(({ point }) => own.findLast(({ timeNs }) => timeNs <= point)?.value);
  };

  test("is well-formed, a nanosecond a point", () => {
    expect(timescale).toBe("1 ns");
    expect(widths.get("replay.counter")).toBe(16);
    expect(text).toMatch(new RegExp(`#${replay.steps.length}\n$`));
    expect(changes.every(({ value }) => value !== undefined)).toBe(true);
  });

  test("every wave is what the replay says, at every point", () => {
    expect(wave("counter")).toEqual(replay.steps.map(({ counter }) => counter));
    expect(wave("compare")).toEqual(replay.steps.map(({ compare }) => compare));
    expect(wave("ticks")).toEqual(replay.steps.map(({ at }) => at - (replay.steps[0]?.at ?? 0)));
    expect(wave("interrupt_depth")).toEqual(replay.steps.map(({ level }) => level));
    expect(wave("masked")).toEqual(replay.steps.map(({ masked }) => Number(masked)));
    expect(wave("compare_enabled")).toEqual(replay.steps.map(({ enabled }) => (enabled >> 1) & 1));
    expect(wave("move")).toEqual(replay.steps.map(({ moves }) => Number(moves.length > 0)));
    expect(wave("compare_flag")).toEqual(replay.steps.map(({ flags }) => (flags >> 1) & 1));
  });

  test("names the operations by name, the handlers, the conflicts and the finding", () => {
    expect(types.get("replay.thread_operation")).toBe("string");
    const thread = wave("thread_operation");
    const moved = replay.steps.findIndex(({ moves }) => moves.length > 0);
    expect(thread[moved]).toBe("start(1)");
    const handler = wave("timer_0").indexOf(1);
    expect(handler).toBeGreaterThan(moved);
    expect(wave("level_1_operation")[handler]).toBe("handler(0)");
    expect(wave("conflict").filter((value) => value === 1).length).toBeGreaterThanOrEqual(3);
    expect(wave("finding").at(-1)).toBe(1);
  });

  test("is the same twice, and follows the finding that it is given", () => {
    expect(timelineVcd(replayTimeline(replay))).toBe(text);
    const elsewhere = parseVcd(
      timelineVcd(replayTimeline(replay, { ...finding, point: 5 })),
    ).changes;
    const marks = elsewhere.filter(({ name, value }) => name === "replay.finding" && value === 1);
    expect(marks.map(({ timeNs }) => timeNs)).toEqual([5]);
  });
});
