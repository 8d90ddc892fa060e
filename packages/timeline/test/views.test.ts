import { describe, expect, test } from "vitest";
import { parseVcd } from "../../board-sim/test/vcd-parser.js";
import { timelineText, timelineVcd, traceTimeline } from "../src/index.js";
import { everyKind } from "./records.js";

const timeline = traceTimeline({
  records: everyKind,
  frequencyHz: 1_000_000,
  title: "One of each",
  highlight: [5],
});

describe("the lines of a trace", () => {
  test("each call, read, mark and entry with its time and its context, in order", () => {
    expect(timelineText(timeline, { linesMax: 20 })).toEqual([
      "One of each",
      "    1.0 us  thread     start 0: armed",
      "    5.0 us  thread     sleep",
      "   10.0 us  thread     mask",
      "   13.0 us  thread     read = 13",
      "   20.0 us  thread     restore",
      "✗ 508.0 us  timer 0    due 504.0 us, entered 508.0 us, 4 us late",
      "  509.0 us  level 2    second interrupt",
      "  510.0 us  interrupt  stop 0: in-flight",
      "  520.0 us  thread     mark 3",
      "  530.0 us  thread     stats 2 / 1 / 0",
      "  540.0 us  thread     error callback-threw",
    ]);
  });

  test("of too many lines those around the one that a finding names, and how many are left out", () => {
    expect(timelineText(timeline, { linesMax: 8 })).toEqual([
      "One of each",
      "… 2 lines left out",
      "   10.0 us  thread   mask",
      "   13.0 us  thread   read = 13",
      "   20.0 us  thread   restore",
      "✗ 508.0 us  timer 0  due 504.0 us, entered 508.0 us, 4 us late",
      "  509.0 us  level 2  second interrupt",
      "… 4 lines left out",
    ]);
    const plain = traceTimeline({ records: everyKind, frequencyHz: 1_000_000 });
    for (let linesMax = 8; linesMax < 14; linesMax += 1) {
      for (const drawn of [plain, timeline]) {
        const [, ...lines] = timelineText(drawn, { linesMax });
        expect(lines.length).toBeLessThanOrEqual(linesMax - 1);
        const left = lines.map((line) => Number(/^… (\d+) line/.exec(line)?.[1] ?? 0));
        const shown = left.filter((count) => count === 0).length;
        expect(shown + left.reduce((sum, count) => sum + count, 0)).toBe(11);
      }
    }
  });

  test("within a number of lines and columns", () => {
    const lines = timelineText({ ...timeline, message: "wrong ".repeat(40) }, { width: 60 });
    expect(lines.length).toBeLessThanOrEqual(15);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(lines.at(-1)).toMatch(/…$/);
  });
});

test("the waveform of a trace has its contexts, its masks and its handlers at their times", () => {
  const { changes, types, timescale } = parseVcd(timelineVcd(timeline));
  expect(timescale).toBe("1 ns");
  expect(types.get("trace.thread_operation")).toBe("string");
  const of = (name: string) =>
    changes
      .filter((each) => each.name === `trace.${name}`)
      .map(({ timeNs, value }) => [timeNs, value]);
  expect(of("thread_operation").slice(0, 3)).toEqual([
    [0, "-"],
    [1_000, "start(0)"],
    [4_000, "-"],
  ]);
  expect(of("masked")).toEqual([
    [0, 0],
    [11_000, 1],
    [20_000, 0],
  ]);
  expect(of("timer_0")).toEqual([
    [0, 0],
    [508_000, 1],
    [514_000, 0],
  ]);
});
