import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { checkOrigins } from "../../scripts/checks/origins.js";

describe("every law says where it comes from", () => {
  it("in the catalogue", () => {
    expect(laws.length).toBeGreaterThan(100);
    expect(checkOrigins(laws)).toEqual([]);
  });

  it("control: a law without an origin is named", () => {
    const [first] = laws;
    if (first === undefined) throw new Error("there are no laws");
    expect(checkOrigins([{ ...first, origin: [] }])).toEqual([`${first.id}: has no origin`]);
    expect(checkOrigins([{ ...first, origin: [" "] }])).toHaveLength(1);
    expect(checkOrigins([{ ...first, rules: [] }])).toEqual([`${first.id}: judges no rule`]);
  });
});
