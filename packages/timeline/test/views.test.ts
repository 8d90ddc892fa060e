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

  test.each([100, 60, 36])(
    "within %i columns every word is there, under its own column",
    (width) => {
      const message = "wrong in several ways, ".repeat(8).trim();
      const title = "One of each, with a name that no narrow terminal has the room for";
      const lines = timelineText({ ...timeline, title, message }, { width, linesMax: 20 });
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      const words = (text: string) => text.replaceAll(/\s+/g, " ");
      const whole = words(lines.join("\n"));
      for (const text of [title, message, "due 504.0 us, entered 508.0 us, 4 us late"]) {
        expect(whole).toContain(text);
      }
      // The words of a label go on below its own column.
      const label = lines.findIndex((line) => line.includes("due 504.0 us"));
      const isWhole = lines[label]?.includes("4 us late");
      expect(isWhole).toBe(width === 100);
      if (!isWhole) expect(lines[label + 1]?.search(/\S/)).toBe(lines[label]?.indexOf("due"));
    },
  );

  test("a message beyond reason is cut, and says so", () => {
    const lines = timelineText({ ...timeline, message: "wrong ".repeat(400) }, { width: 60 });
    expect(lines.at(-1)).toMatch(/ …$/);
    expect(lines.length).toBeLessThan(25);
  });
});

test("a step's words go on under themselves, beside what is interrupted; so do those of a move", () => {
  const step = (point: number, level: number, text: string, moves: readonly string[] = []) => {
    const rest = { rank: 50, roles: [], counter: 7, flags: "", state: "queue [0]" };
    return { ...rest, point, ticks: point, level, text, moves };
  };
  const steps = [
    step(0, 0, "reads 0 of count"),
    step(1, 1, "writes count by a long word: abcdefghijklmnopqrstuvwxyz", [
      "held up 3 ticks, until the compare matched",
    ]),
    step(2, 0, "stop(0) returns removed"),
  ];
  const axis = { kind: "points", steps } as const;
  expect(timelineText({ ...timeline, title: "t", axis, pointers: [] }, { width: 40 })).toEqual([
    "t",
    "time  thread irq    what happens",
    "   0  ●             reads 0 of count",
    "──  held up 3 ticks, until the compare",
    "    matched",
    "   1  ├─────▶●      writes count by a",
    "      │             long word:",
    "      │             abcdefghijklmnopqrst",
    "      │             uvwxyz",
    "   2  ●◀─────┘      stop(0) returns",
    "                    removed",
  ]);
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
