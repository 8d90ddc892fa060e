import { type SimProfileName, simProfiles } from "@escapement/board-sim";
import { program, type TraceRecord } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import { makeListBoard } from "../../../apps/bug-museum/src/second-hal/boards.js";
import { labelFaults } from "../../timeline/test/boxes.js";
import { elementsOf, parseMarkup } from "../../timeline/test/markup.js";
import { call, periodic } from "../../timeline/test/records.js";
import { latenessOf, latenessSvg, mergeLateness, runConformance } from "../src/index.js";

const latencies = { lateTicks: 4, minDeltaTicks: 1, opTicks: 2 };
const plain = program(({ timer }) => {
  timer({ mode: "periodic", period: 100 });
});

describe("latenessOf", () => {
  test("counts entries by how late they came", () => {
    const { free, held } = latenessOf(
      [...periodic(3, 100, 2), ...periodic(1, 100, 5)],
      plain,
      latencies,
    );
    expect(free).toEqual([
      [2, 3],
      [5, 1],
    ]);
    expect(held).toEqual({ count: 0, mostTicks: 0 });
  });

  const start: TraceRecord = { kind: "iteration", value: 0, at: 0 };
  const entry: TraceRecord = { kind: "expiry", timer: 0, context: 1, at: 150, scheduled: 100 };
  test.each<[string, readonly TraceRecord[]]>([
    ["masked", [call("mask", 0, "ok", 90, 91), call("restore", 0, "ok", 149, 149), entry]],
    [
      "behind the second interrupt",
      [{ kind: "interrupt", interrupt: 0, context: 1, at: 120 }, entry],
    ],
    ["behind a handler's call", [{ ...call("spin", 1, "ok", 90, 140), context: 1 }, entry]],
    ["armed late", [call("start", 0, "armed", 120, 140), entry]],
    ["moved to the past", [call("setPeriod", 0, "ok", 130, 140), entry]],
    ["inside a call, which may mask", [entry, call("stop", 1, "removed", 90, 160)]],
  ])("an entry that was held back is set apart: %s", (_why, records) => {
    const lateness = latenessOf([start, ...records], plain, latencies);
    expect(lateness).toEqual({ free: [], held: { count: 1, mostTicks: 50 } });
  });

  test("a wait holds nothing back", () => {
    const waiting = [start, entry, call("sleep", 0, "ok", 90, 160)];
    expect(latenessOf(waiting, plain, latencies).free).toEqual([[50, 1]]);
  });

  test("soft callbacks and work without a record hold back too", () => {
    const soft = program(({ timer }) => {
      timer({ mode: "one-shot", period: 100, dispatch: "soft" });
    });
    const hidden = program(({ main, timer }) => {
      timer({ mode: "one-shot", period: 100 });
      main.repeat(1, (list) => list.mask().spin(40).restore());
    });
    expect(latenessOf([start, entry], soft, latencies).held.count).toBe(1);
    expect(latenessOf([start, entry], hidden, latencies).held.count).toBe(1);
    expect(latenessOf([start, entry], plain, latencies).free).toEqual([[50, 1]]);
  });
});

test.each(Object.keys(simProfiles) as SimProfileName[])(
  "ARM-03 on a good board (%s) no free entry of any law is early or beyond the stated bound",
  async (profile) => {
    const board = makeListBoard(profile);
    const { laws } = await runConformance(board, { keepTraces: "all" });
    const { free } = mergeLateness(laws.flatMap(({ lateness }) => lateness ?? []));
    expect(free.length).toBeGreaterThan(0);
    expect(free[0]?.[0]).toBeGreaterThanOrEqual(0);
    expect(free.at(-1)?.[0]).toBeLessThanOrEqual(board.describe().latencies.lateTicks);
  },
);

describe("latenessSvg", () => {
  const options = { title: "Lateness on <a>", frequencyHz: 1_000_000, boundTicks: 4 };
  const held = { count: 0, mostTicks: 0 };

  test("a bar for each lateness, the bound marked, in words too", () => {
    const svg = parseMarkup(
      latenessSvg(
        {
          free: [
            [1, 9],
            [4, 1],
          ],
          held,
        },
        options,
      ),
    ).children[0];
    if (svg === undefined) throw new Error("nothing was drawn");
    expect(svg.children.slice(0, 2).map(({ text }) => text)).toEqual([
      "Lateness on <a>",
      "10 entries, at most 4 ticks (4 us) late, within the stated 4 ticks (4 us)",
    ]);
    expect(elementsOf(svg, "rect", "e-bar").map(({ text }) => text)).toEqual([
      "1 tick (1 us) late: 9 entries",
      "4 ticks (4 us) late: 1 entry",
    ]);
    expect(elementsOf(svg, "path", "e-bound")).toHaveLength(1);
    expect(elementsOf(svg, "rect", "e-over")).toHaveLength(0);
  });

  test("early entries and those beyond the bound stand out, however far they are", () => {
    const markup = latenessSvg(
      {
        free: [
          [-2, 1],
          [0, 5],
          [5, 2],
          [65_536, 1],
        ],
        held,
      },
      options,
    );
    const over = elementsOf(parseMarkup(markup), "rect", "e-over").map(({ text }) => text);
    expect(over).toEqual([
      "-2 to -1 ticks (-1 us) late: 1 entry",
      "5 ticks (5 us) late: 2 entries",
      "8 ticks (8 us) late or more: 1 entry",
    ]);
    expect(markup).toContain("3 beyond the stated 4 ticks (4 us), 1 early");
  });

  test.each([1, 4, 23, 24, 99, 1_000, 65_535])(
    "with a bound of %i ticks no label meets another",
    (boundTicks) => {
      const free = Array.from(
        { length: boundTicks + 3 },
        (_, late) => [late, 10 ** (late % 6)] as const,
      );
      const markup = latenessSvg({ free: [[-1, 12], ...free], held }, { ...options, boundTicks });
      expect(labelFaults(markup)).toEqual([]);
    },
  );

  test("no entry, no bar", () => {
    const markup = latenessSvg({ free: [], held }, options);
    expect(elementsOf(parseMarkup(markup), "rect", "e-bar")).toHaveLength(0);
    expect(markup).toContain("No handler entry was free to come on time.");
  });
});
