import { timelineSvg } from "@escapement/timeline";
import { describe, expect, test } from "vitest";
import { labelFaults } from "../../../timeline/test/boxes.js";
import { elementsOf, type MarkupElement, parseMarkup } from "../../../timeline/test/markup.js";
import { type ExploreReport, replayHtml, replayTimeline } from "../../src/index.js";
import { findLostEntry } from "./lost-entry.js";

const lost = findLostEntry("law");
const race = findLostEntry("race");
const timeline = replayTimeline(lost.replay);

function texts(root: MarkupElement, cls?: string): readonly string[] {
  return elementsOf(root, "text", cls).map(({ text }) => text);
}

describe("the drawing of a lost list entry", () => {
  const markup = timelineSvg(timeline);
  const root = parseMarkup(markup);

  test("is one well-formed element with name and description, and no number that is none", () => {
    const [svg] = root.children;
    expect(svg?.name).toBe("svg");
    expect(svg?.children[0]?.text).toBe(
      `REG-08 with value 0 on naive, schedule ${lost.finding.schedule}`,
    );
    expect(svg?.children[1]?.text).toMatch(
      /timer 2 fired 0 times\. Used by both sides: list\.head/,
    );
    expect(markup).not.toMatch(/NaN|Infinity|undefined|<script| id=/);
  });

  test("has the contexts, the registers and the state by name", () => {
    expect(texts(root, "e-end")).toEqual(
      expect.arrayContaining([
        ...["thread", "interrupt", "masked", "ovf flag", "cmp flag", "counter", "compare"],
        ...["state", "point", "ticks"],
      ]),
    );
  });

  test("marks the move, what both sides did to the cell, and the finding", () => {
    expect(texts(root, "e-latetext")).toEqual(
      expect.arrayContaining(["held up 4 ticks, until the compare matched", "compare interrupt"]),
    );
    expect(texts(root, "e-hltext")).toEqual(
      expect.arrayContaining([
        "load list.head is 1",
        "store list.head := 3",
        "store list.head := 2; a lost update",
        "✗ law: timer 2 fired 0 times",
      ]),
    );
    expect(elementsOf(root, "path", "e-move")).toHaveLength(1);
    expect(elementsOf(root, "path", "e-hl")).toHaveLength(1);
    expect(texts(root)).toContain("list [2 1]");
    expect(elementsOf(root, "rect", "e-mask").length).toBeGreaterThan(0);
  });

  test("everything lies within its frame, at any width", () => {
    for (const width of [480, 960, 2000]) {
      const drawn = timelineSvg(timeline, { width });
      expect(labelFaults(drawn)).toEqual([]);
      const parsed = parseMarkup(drawn);
      const [, , right, bottom] = (parsed.children[0]?.attributes.viewBox ?? "")
        .split(" ")
        .map(Number);
      expect(right).toBe(width);
      for (const { attributes } of elementsOf(parsed, "rect")) {
        expect(Number(attributes.x)).toBeGreaterThanOrEqual(0);
        expect(Number(attributes.y)).toBeLessThan(bottom ?? 0);
        expect(Number(attributes.width)).toBeGreaterThan(0);
      }
    }
  });

  test("is the same twice, and without its style where the page has it", () => {
    expect(timelineSvg(timeline)).toBe(markup);
    expect(timelineSvg(timeline, { style: false })).not.toContain("<style>");
  });

  test("escapes what others wrote", () => {
    const finding = { ...lost.finding, message: 'a <b> & "c"\u0000' };
    const parsed = parseMarkup(
      timelineSvg({ ...replayTimeline(lost.replay, finding), title: "<&>" }),
    );
    expect(parsed.children[0]?.children[0]?.text).toBe("<&>");
    expect(texts(parsed, "e-hltext")).toContain('✗ law: a <b> & "c"\ufffd');
  });
});

describe("replayHtml", () => {
  const coverage = {
    points: 76,
    schedules: 1200,
    pruned: 40,
    runs: 1300,
    byMoves: [1, 1199],
    bound: 1,
    maskedPoints: 30,
    atomic: [],
  };
  const report: ExploreReport = {
    version: 1,
    search: "0",
    limits: {
      bound: 1,
      length: 100,
      pointsMax: 100,
      maskedMax: 100,
      findingsMax: 8,
      prune: true,
      stopAtFirst: false,
    },
    planned: ["naive REG-08 @0"],
    units: [
      {
        id: "naive REG-08 @0",
        target: "naive",
        name: "REG-08",
        value: 0,
        coverage,
        findings: [lost.finding, race.finding],
      },
    ],
    seconds: 1,
  };
  const command = "escapement explore --only REG-08 --hal ./naive.mjs";
  const page = replayHtml(
    [
      { finding: lost.finding, replay: lost.replay, command },
      { finding: race.finding, replay: race.replay },
    ],
    { title: "Naive & slow", report },
  );
  const root = parseMarkup(page, true);

  test("is a whole page that needs nothing from elsewhere", () => {
    expect(elementsOf(root, "title")[0]?.text).toBe("Naive & slow");
    expect(page).not.toMatch(/<link|<img|@import|\ssrc=|url\(/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain("default-src 'none'");
  });

  test("has each finding with its message, schedule, drawing, timeline and command", () => {
    const pres = elementsOf(root, "pre").map(({ text }) => text);
    expect(elementsOf(root, "svg")).toHaveLength(2);
    expect(elementsOf(root, "span", "message").map(({ text }) => text)).toEqual([
      "law: timer 2 fired 0 times",
      `race: ${race.finding.message}`,
    ]);
    const again = `escapement explore --only REG-08 --profile naive --value 0 --schedule ${race.finding.schedule}`;
    expect(elementsOf(root, "code").map(({ text }) => text)).toEqual([
      ...["REG-08", lost.finding.schedule, lost.replay.fingerprint, command],
      ...["REG-08", race.finding.schedule, race.replay.fingerprint, again],
      "REG-08",
    ]);
    expect(pres[0]).toContain("a lost update");
    expect(pres).toHaveLength(2);
  });

  test("has the table of coverage, and counts", () => {
    const cells = elementsOf(root, "td").map(({ text }) => text);
    expect(cells).toEqual(["1", "76", "1\u202f200", "40", "1\u202f300", "1", "2", "0"]);
    expect(elementsOf(root, "p", "headline")[0]?.text).toBe("2 findings in 1\u202f200 schedules.");
  });

  test("takes a single replay", () => {
    const single = parseMarkup(replayHtml(lost.replay), true);
    expect(elementsOf(single, "svg")).toHaveLength(1);
    expect(elementsOf(single, "table")).toHaveLength(0);
  });
});
