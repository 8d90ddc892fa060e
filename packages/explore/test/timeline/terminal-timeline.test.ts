import { program } from "@escapement/scenario";
import { type TimelineTextOptions, timelineText } from "@escapement/timeline";
import { describe, expect, test } from "vitest";
import {
  focusOf,
  halTarget,
  parseSchedule,
  programCases,
  type Replay,
  replay,
  replayTimeline,
  World,
} from "../../src/index.js";
import { testLimits } from "../fixtures/small-targets.js";
import { findLostEntry } from "./lost-entry.js";

const lost = findLostEntry("law");

function linesOf(options?: TimelineTextOptions, finding = lost.replay.findings[0]) {
  return timelineText(replayTimeline(lost.replay, finding), options);
}

/** What a replay of the same schedule on a new world gives. */
function again(): Replay {
  const { subject, finding } = lost;
  return replay(new World(lost.world.target, 20_000), subject, parseSchedule(finding.schedule));
}

function lineWith(lines: readonly string[], text: string): number {
  const index = lines.findIndex((line) => line.includes(text));
  expect(index, `no line with "${text}" in\n${lines.join("\n")}`).toBeGreaterThanOrEqual(0);
  return index;
}

describe("the lines of a lost list entry", () => {
  const lines = linesOf();

  test("shows it in order: the load, the move, the interrupt's store, the lost update, the finding", () => {
    const places = [
      lineWith(lines, lost.finding.schedule),
      lineWith(lines, "start(1) begins"),
      lineWith(lines, "load list.head is 1"),
      lineWith(lines, "held up 4 ticks, until the compare matched"),
      lineWith(lines, "compare interrupt"),
      lineWith(lines, "timer 0's handler"),
      lineWith(lines, "store list.head := 3  {list [3]}"),
      lineWith(lines, "store list.head := 2; a lost update  {list [2 1]}"),
      lineWith(lines, "start(1) returns armed"),
      lineWith(lines, "✗ law: timer 2 fired 0 times"),
    ];
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("shows who runs: the thread is interrupted and comes back", () => {
    const entry = lines[lineWith(lines, "compare interrupt")] ?? "";
    expect(entry).toMatch(/├─+▶●/);
    expect(lines[lineWith(lines, "store list.head := 3")]).toMatch(/│ +◆/);
    expect(lines[lineWith(lines, "store timer 2.next")]).toMatch(/●◀─+┘/);
    expect(lines[lineWith(lines, "a lost update")]).toMatch(/^ *40 +65 {2}◆/);
  });

  test.each([8, 10, 15, 40])("has at most %i lines, and the move is among them", (linesMax) => {
    const short = linesOf({ linesMax });
    expect(short.length).toBeLessThanOrEqual(linesMax);
    lineWith(short, "held up 4 ticks");
    lineWith(short, "✗ law:");
  });

  test.each([36, 38, 60, 80, 100, 120])("fits %i columns", (width) => {
    for (const line of linesOf({ width })) {
      expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  test("a narrow terminal has times, contexts and words, without counter and flags", () => {
    const narrow = linesOf({ width: 40 });
    expect(narrow).toContain("time  thread irq    what happens");
    lineWith(narrow, "✗ law:");
    expect(narrow.join("\n")).toMatch(/^ *\d+ {2}├─+▶● +compare/m);
  });

  test("is the same for the same schedule on a new world, and so is the fingerprint", () => {
    expect(timelineText(replayTimeline(again()))).toEqual(lines);
    expect(again().fingerprint).toBe(lost.replay.fingerprint);
  });

  test("looks change nothing but looks", () => {
    const looks = new Set<string>();
    const styled = linesOf({
      styler: (look, text) => {
        looks.add(look);
        return `<${text}>`;
      },
    });
    expect([...looks].sort()).toEqual(["fail", "move", "plain", "quiet", "title"]);
    expect(styled.map((line) => line.slice(1, -1))).toEqual(lines);
  });

  test("counts all points: shown and left out", () => {
    const last = lines.findLast((line) => /^ *\d+ +\d+ {2}/.test(line)) ?? "";
    const rows = lines.filter((line) => /^ *\d+ +\d+ {2}/.test(line));
    const skipped = rows.reduce((sum, row) => sum + Number(/… (\d+)$/.exec(row)?.[1] ?? 0), 0);
    const first = Number(/^ *\d+ +(\d+)/.exec(rows[0] ?? "")?.[1]);
    const end = Number(/^ *\d+ +(\d+)/.exec(last)?.[1]);
    expect(rows.length + skipped + first).toBe(lost.replay.steps.length);
    expect(end).toBeLessThan(lost.replay.steps.length);
  });
});

describe("the lines", () => {
  test("shows a race at the access that an interrupt came before", () => {
    const { finding, replay: run } = findLostEntry("race");
    const lines = timelineText(replayTimeline(run, finding));
    expect(lines[lineWith(lines, "✗ load list.head")]).toMatch(/◆◀─+┘/);
    lineWith(lines, "✗ race: the thread reads list.head");
  });

  test("takes control characters out of what others wrote", () => {
    const finding = { ...lost.finding, message: "clear\u001b[2J the screen\r\nnow" };
    const lines = linesOf({}, finding);
    expect(lines.join("\n")).toContain("clear\ufffd[2J the screen");
    expect(lines.join("")).not.toMatch(/\p{Cc}/u);
  });

  test("cuts a message that is too long, and says so", () => {
    const finding = { ...lost.finding, message: "word ".repeat(200) };
    const lines = linesOf({ width: 80 }, finding);
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(lines.at(-1)).toMatch(/ …$/);
  });

  test("shows a second level of interrupt, and a run in which nothing is wrong", () => {
    const [subject] = programCases({
      name: "nested",
      program: program(({ main, timer, interrupt }) => {
        const outer = timer({ mode: "one-shot", period: 20 });
        const inner = interrupt();
        outer.handler.interrupt(inner, 1).spin(4);
        inner.handler.read();
        main.start(outer).sleep(100);
      }),
    });
    if (subject === undefined) throw new Error("the program has no case");
    const world = new World(halTarget({ profile: "rp2040" }), testLimits.pointsMax);
    const run = replay(world, subject, parseSchedule("e1:"));
    expect(run.findings).toEqual([]);
    const lines = timelineText(replayTimeline(run), { linesMax: 30 });
    expect(lines[1]).toMatch(/thread +irq +irq 2/);
    expect(lines[lineWith(lines, "read begins")]).toMatch(/│ +[│├]/);
    expect(lines.join("\n")).not.toContain("✗");
  });
});

describe("focusOf", () => {
  const focus = focusOf(lost.replay);

  test("ranks every step, the finding's place first", () => {
    expect(focus.steps).toHaveLength(lost.replay.steps.length);
    for (const { rank } of focus.steps) expect(rank >= 0 && rank <= 100).toBe(true);
    const best = focus.steps.toSorted((a, b) => b.rank - a.rank)[0];
    expect(best?.index).toBe(focus.findingStep);
    expect(best?.roles).toContain("finding");
  });

  test("names the cell that is lost first, with the three places of the lost update", () => {
    const [worst] = focus.conflicts;
    expect(worst).toMatchObject({ cell: "list.head", weight: 3, open: true });
    const accesses = [worst?.before, worst?.during, worst?.after].map((index) => {
      const step = lost.replay.steps[index ?? -1];
      return `${step?.level} ${step?.access} ${step?.cell}`;
    });
    expect(accesses).toEqual(["0 load list.head", "1 store list.head", "0 store list.head"]);
  });

  test("control: the plain run has no conflict, because no move let an interrupt in", () => {
    const plain = replay(lost.world, lost.subject, parseSchedule("e1:"));
    expect(plain.findings).toEqual([]);
    expect(focusOf(plain).conflicts).toEqual([]);
    expect(timelineText(replayTimeline(plain)).join("\n")).not.toMatch(/held up|◆|lost update/);
  });
});
