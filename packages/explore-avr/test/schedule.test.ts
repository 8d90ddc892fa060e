import { ExploreError } from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { formatUnoSchedule, parseUnoSchedule } from "../src/index.js";

function codeOf(text: string): string {
  try {
    parseUnoSchedule(text);
  } catch (error) {
    if (error instanceof ExploreError)
      return `${error.code}: ${error.hint === "" ? "no hint" : "hint"}`;
    throw error;
  }
  return "parsed";
}

describe("a schedule's text", () => {
  it.each([
    "u1:",
    "u1:0w",
    "u1:4213w",
    "u1:812c-.4213w+",
    "u1:5s.5c",
    "u1:@1/",
    "u1:@12345/4213w",
    "u1:@65535/812c-.4213w+",
  ])("%s comes back", (text) => {
    expect(formatUnoSchedule(parseUnoSchedule(text))).toBe(text);
  });

  it("names instruction, event and offset", () => {
    const moves = [
      { point: 812, event: "c", offset: -1 },
      { point: 4213, event: "w", offset: 0 },
    ];
    expect(parseUnoSchedule("u1:812c-.4213w")).toEqual({ holdTicks: 0, moves });
    expect(parseUnoSchedule("u1:@12345/812c-.4213w")).toEqual({ holdTicks: 12_345, moves });
  });

  it.each([
    "",
    "hello",
    "u1",
    "u1:x",
    "u1:12",
    "u1:12q",
    "u1:12w.",
    "u1:12w++",
    "u1:-1w",
    "e1:12w",
    "u1:@/12w",
    "u1:@0/12w",
    "u1:@012/12w",
    "u1:@65536/12w",
    "u1:@x/12w",
    "u1:@12w",
    "u1:12w/@5",
    "u1:9w.8c",
  ])("%j is refused as no schedule", (text) => {
    expect(codeOf(text)).toBe("bad-schedule: hint");
  });

  it("another version is refused by name", () => {
    expect(codeOf("u2:12w")).toBe("schedule-version: hint");
  });
});
