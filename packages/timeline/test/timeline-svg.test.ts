import type { TraceRecord } from "@escapement/scenario";
import { describe, expect, test } from "vitest";
import {
  drawingStyle,
  type TimelineSvgOptions,
  type TraceTimelineOptions,
  timelineSvg,
  traceTimeline,
} from "../src/index.js";
import { labelFaults } from "./boxes.js";
import { elementsOf, type MarkupElement, parseMarkup } from "./markup.js";
import { everyKind, periodic } from "./records.js";

const frequencyHz = 1_000_000;

function drawn(
  records: readonly TraceRecord[],
  options: Omit<TraceTimelineOptions, "records" | "frequencyHz"> & TimelineSvgOptions = {},
): string {
  return timelineSvg(traceTimeline({ ...options, records, frequencyHz }), options);
}

function parsed(markup: string): MarkupElement {
  const svg = parseMarkup(markup).children[0];
  if (svg === undefined) throw new Error("nothing was drawn");
  return svg;
}

function texts(svg: MarkupElement): readonly string[] {
  return elementsOf(svg, "text").map(({ text }) => text);
}

describe("timelineSvg", () => {
  const markup = drawn(everyKind, { title: "STOP-04", highlight: [5] });
  const svg = parsed(markup);

  test("is one accessible image that fetches nothing and holds no ids", () => {
    expect(svg.name).toBe("svg");
    expect(svg.attributes.role).toBe("img");
    expect(svg.children.slice(0, 2).map(({ name }) => name)).toEqual(["title", "desc"]);
    expect(svg.children[0]?.text).toBe("STOP-04");
    expect(svg.children[1]?.text).toBe(
      "13 records over 5 ms. Timer 0 fires once, at most 4 us late. Highlighted: timer 0 fires, due 504.0 us [in interrupt] at 508 us.",
    );
    expect(markup.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /http|url\(|@import/,
    );
    expect(markup).not.toMatch(/ id=|<script|href/);
  });

  test("has a row for each context and each timer", () => {
    const names = ["thread", "interrupt", "level 2", "timer 0"];
    expect(
      texts(svg).filter((text) => /^(thread|interrupt|level|timer)( \d)?$/.test(text)),
    ).toEqual(names);
    const two = parsed(drawn(everyKind, { timers: 2 }));
    expect(texts(two)).toContain("timer 1");
  });

  test("names each call with its result, and what else happened", () => {
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        ...["start 0: armed", "mask", "read = 13", "restore", "stop 0: in-flight", "sleep"],
        ...["second interrupt", "mark 3", "stats 2 / 1 / 0", "error callback-threw"],
      ]),
    );
  });

  test("joins the due time and the entry by the lateness, and shows the handler", () => {
    expect(elementsOf(svg, "circle", "e-entry")).toHaveLength(2); // the entry and its legend
    expect(elementsOf(svg, "path", "e-late")).toHaveLength(1);
    expect(texts(svg)).toContain("4 us late");
    const late = elementsOf(svg, "path", "e-late")[0]?.attributes.d ?? "";
    const [from = 0, , to = 0] = [...late.matchAll(/-?[\d.]+/g)].map(Number);
    const entry = Number(elementsOf(svg, "circle", "e-entry")[0]?.attributes.cx);
    expect(to).toBe(entry);
    expect(from).toBeLessThan(to);
  });

  test("has a row for what was masked", () => {
    const titles = elementsOf(svg, "rect", "e-mask").map(({ text }) => text);
    expect(titles).toEqual(["interrupts masked"]);
  });

  test("points at highlighted records, and only at them", () => {
    expect(elementsOf(svg, "path", "e-hl")).toHaveLength(1);
    expect(texts(svg)).toContain("named by a finding");
    const calm = drawn(everyKind);
    expect(elementsOf(parsed(calm), "path", "e-hl")).toHaveLength(0);
    expect(parsed(calm).children[1]?.text).not.toContain("Highlighted");
    const stray = drawn(everyKind, { highlight: [99, -1] });
    expect(stray).toBe(calm);
  });

  test("cuts the long gap short, says how long it is, and stays inside its width", () => {
    expect(texts(svg)).toContain("4.46 ms");
    const xs = [...markup.matchAll(/ (?:x|cx)="([-\d.]+)"/g)].map(([, x]) => Number(x));
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThanOrEqual(960);
  });

  test("is the same text for the same input, and carries its style once or not at all", () => {
    const again = drawn(everyKind, { title: "STOP-04", highlight: [5] });
    expect(again).toBe(markup);
    expect(markup.split(drawingStyle)).toHaveLength(2);
    const bare = drawn(everyKind, { style: false });
    expect(bare).not.toContain("<style>");
  });

  test("escapes what comes from outside", () => {
    const title = `<img src=x onerror="alert(1)"> & ]]>\u0000`;
    const hostile = drawn(everyKind, { title });
    expect(parsed(hostile).children[0]?.text).toBe(title.replace("\u0000", "\ufffd"));
    expect(hostile).not.toContain("<img");
  });

  test("draws at most as many records as it may, around the highlighted one", () => {
    const many = periodic(1_000, 100, 3);
    const cut = drawn(many, { highlight: [700] });
    expect(texts(parsed(cut))).toContain("751 more records are not drawn");
    expect(elementsOf(parsed(cut), "path", "e-hl")).toHaveLength(1);
    expect(cut.length).toBeLessThan(120_000);
  });

  test.each<[string, readonly TraceRecord[]]>([
    ["nothing", []],
    ["an empty iteration", [{ kind: "iteration", value: 0, at: 5 }]],
    [
      "an entry far too early",
      [{ kind: "expiry", timer: 31, context: 1, at: 4, scheduled: 65_540 }],
    ],
    ["everything at one tick", periodic(20, 0, 0)],
    [
      "a time beyond all bounds",
      [{ kind: "mark", id: 0, context: 0, at: Number.POSITIVE_INFINITY }],
    ],
  ])("stands %s", (_what, records) => {
    const text = drawn(records, { width: Number.NaN });
    expect(parsed(text).name).toBe("svg");
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(labelFaults(text)).toEqual([]);
  });
});
