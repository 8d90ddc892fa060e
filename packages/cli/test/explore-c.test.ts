import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runBuilt } from "./child.js";

const drivers = "../../explore-c/test/drivers/";
const alarms = fileURLToPath(new URL(`${drivers}alarms.c`, import.meta.url));
const law = ["--only", "STOP-06", "--profile", "avr16"];

describe("escapement explore of a driver in C", () => {
  it("shows a race with the lines between which the interrupt lands, and how to see it again", async () => {
    const { code, out } = await runBuilt(["explore", alarms, "--define", "RACY", ...law]);
    expect(code, out).toBe(1);
    expect(out).toMatch(/load alarms\[0\]\.pending is \? {2}alarms\.c:50/);
    expect(out).toMatch(/store alarms\[0\]\.pending {2}alarms\.c:51; a lost update/);
    const again = /again: escapement (explore .*)$/m.exec(out)?.[1] ?? "";
    expect(again).toContain("--define RACY --only STOP-06 --profile avr16 --value ");
    const replay = await runBuilt(again.split(" "));
    expect([replay.code, replay.out.includes("alarms.c:51")], replay.out).toEqual([1, true]);
  });

  it("that is right ends with 0, at any word size", async () => {
    for (const word of ["1", "4"]) {
      const { code, out } = await runBuilt(["explore", alarms, "--word", word, ...law]);
      expect(code, out).toBe(0);
      expect(out).toContain("0 findings, 0 unprotected conflicting accesses");
    }
  });

  it("that does not compile ends with 2 and the compiler's words", async () => {
    const { code, err } = await runBuilt([
      "explore",
      alarms,
      "--define",
      "volatile=nothing",
      ...law,
    ]);
    expect(code, err).toBe(2);
    expect(err).toMatch(/alarms\.c:\d+:\d+: error: /);
  });
});
