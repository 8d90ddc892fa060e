import { describe, expect, it } from "vitest";
import { raceQuery, readRaceQuery } from "../../races/race-url.js";

describe("the address of a race", () => {
  it.each([
    [{ bugOn: true, value: 12, schedule: "e1:53c", step: 57 }, "?bug=on&v=12&s=e1:53c&step=57"],
    [{ bugOn: false, value: 0, schedule: "e1:", step: 0 }, "?bug=off&v=0&s=e1:&step=0"],
    [
      { bugOn: true, value: 65529, schedule: "e1:12c+.40w-", step: 3 },
      "?bug=on&v=65529&s=e1:12c%2B.40w-&step=3",
    ],
  ])("%j is %s, there and back", (address, query) => {
    expect(raceQuery(address)).toBe(query);
    expect(readRaceQuery(query)).toEqual(address);
  });

  it("leaves out what is not there", () => {
    expect(readRaceQuery("")).toEqual({});
    expect(readRaceQuery("?step=x&v=&other=1")).toEqual({});
  });

  it("hands a schedule on as it is, for the parser to refuse", () => {
    expect(readRaceQuery("?s=hello%20there")).toEqual({ schedule: "hello there" });
  });
});
