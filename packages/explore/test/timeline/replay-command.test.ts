import { describe, expect, test } from "vitest";
import { type ExploreFinding, replayCommand } from "../../src/index.js";
import { findLostEntry } from "./lost-entry.js";

const finding: ExploreFinding = {
  kind: "law",
  name: "STOP-04",
  value: 12,
  message: "",
  schedule: "e1:12c.40w-",
};

describe("replayCommand", () => {
  test("writes the line that the command line takes", () => {
    expect(replayCommand(finding, { profile: "avr16" })).toBe(
      "escapement explore --only STOP-04 --profile avr16 --value 12 --schedule e1:12c.40w-",
    );
  });

  test("names the module of a foreign HAL, quoted where a shell would read it otherwise", () => {
    expect(replayCommand(finding, { hal: "./my-hal.mjs" })).toBe(
      "escapement explore --only STOP-04 --hal ./my-hal.mjs --value 12 --schedule e1:12c.40w-",
    );
    expect(replayCommand(finding, { hal: "./it's mine.mjs" })).toContain(
      "--hal './it'\\''s mine.mjs' ",
    );
  });

  test("says the slack where the search had one of its own", () => {
    expect(replayCommand(finding, { slackTicks: 32 })).toBe(
      "escapement explore --only STOP-04 --value 12 --schedule e1:12c.40w- --slack 32",
    );
  });

  test("takes a replay's own target", () => {
    const { replay } = findLostEntry("law");
    expect(replayCommand(replay)).toContain("--only REG-08 --profile naive --value 0 ");
  });
});
