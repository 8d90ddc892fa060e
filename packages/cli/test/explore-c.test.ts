import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runBuilt } from "./child.js";

const drivers = "../../explore-c/test/drivers/";
const slots = fileURLToPath(new URL(`${drivers}slots.c`, import.meta.url));
const law = ["--law", "STOP-06", "--profile", "avr16"];

describe("escapement explore of a driver in C", () => {
  it("shows a race with the lines between which the interrupt lands, and how to see it again", async () => {
    const { code, out } = await runBuilt(["explore", slots, "--define", "RACY", ...law]);
    expect(code, out).toBe(1);
    expect(out).toMatch(/load slots\[0\]\.pending is \? {2}slots\.c:50/);
    expect(out).toMatch(/store slots\[0\]\.pending {2}slots\.c:51; a lost update/);
    const again = /again: escapement (explore .*)$/m.exec(out)?.[1] ?? "";
    expect(again).toContain("--define RACY --law STOP-06 --profile avr16 --value ");
    const replay = await runBuilt(again.split(" "));
    expect([replay.code, replay.out.includes("slots.c:51")], replay.out).toEqual([1, true]);
  });

  it("that is right ends with 0, at any word size", async () => {
    for (const word of ["1", "4"]) {
      const { code, out } = await runBuilt(["explore", slots, "--word", word, ...law]);
      expect(code, out).toBe(0);
      expect(out).toContain("0 findings, 0 unprotected conflicting accesses");
    }
  });

  it("that does not compile ends with 2 and the compiler's words", async () => {
    const { code, err } = await runBuilt([
      "explore",
      slots,
      "--define",
      "volatile=nothing",
      ...law,
    ]);
    expect(code, err).toBe(2);
    expect(err).toMatch(/slots\.c:\d+:\d+: error: /);
  });
});
