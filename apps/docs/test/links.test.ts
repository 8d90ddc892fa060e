import { describe, expect, it } from "vitest";
import { changeLinks, linkNames } from "../scripts/site/links.js";

const targets = {
  rule: (id: string) => (id === "STOP-04" ? "/laws/STOP-04" : undefined),
  symbol: (name: string) => (name === "TimerHal" ? "/api/TimerHal" : undefined),
};

describe("names become links", () => {
  it.each([
    ["rule STOP-04 holds", "rule [STOP-04](/laws/STOP-04) holds"],
    ["STOP-99 is unknown", "STOP-99 is unknown"],
    ["see [STOP-04](x.md)", "see [STOP-04](x.md)"],
    ["# STOP-04 in a heading", "# STOP-04 in a heading"],
    ["`STOP-04` in code", "`STOP-04` in code"],
    [
      "a `TimerHal` and `TimerHal()`",
      "a [`TimerHal`](/api/TimerHal) and [`TimerHal()`](/api/TimerHal)",
    ],
    ["[`TimerHal`](x.md)", "[`TimerHal`](x.md)"],
    ["```ts\nSTOP-04 `TimerHal`\n```", "```ts\nSTOP-04 `TimerHal`\n```"],
    ['<a id="STOP-04"></a>', '<a id="STOP-04"></a>'],
    ["docs/STOP-04 and xSTOP-04", "docs/STOP-04 and xSTOP-04"],
  ])("%s", (from, to) => {
    expect(linkNames(from, targets)).toBe(to);
  });

  it("changes links and leaves code alone", () => {
    const change = (address: string) => `/new/${address}`;
    expect(changeLinks('[a `b` c](d.md "t") `[x](y)` ![i](j.png)', change)).toBe(
      '[a `b` c](/new/d.md "t") `[x](y)` ![i](/new/j.png)',
    );
  });

  it("reads a page of brackets and back quotes in no time", () => {
    const text = `[${"`a`".repeat(200)}${"[ `".repeat(200)}`;
    expect(changeLinks(text, (address) => address)).toBe(text);
  });
});
