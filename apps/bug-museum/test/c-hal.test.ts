import { selectLaws } from "@escapement/conformance";
import { explore, lawCases } from "@escapement/explore";
import { describe, expect, it } from "vitest";
import { cHalTargets, searchInC } from "../src/c-hal/index.js";

const sample = ["READ-01", "ARM-06", "STOP-06", "STOP-10", "PER-01", "REG-02"];

describe("the HAL's C sources under the search", () => {
  it.each(["avr16", "systick24", "stm32"])(
    "keep a sample of the laws on %s, with the interrupt at every access to memory",
    async (profile) => {
      for (const target of await cHalTargets(profile)) {
        const cases = selectLaws({ only: sample }).flatMap((law) => lawCases(law, target));
        expect(new Set(cases.map(({ name }) => name)).size).toBeGreaterThanOrEqual(5);
        const { units } = await explore([{ target, cases }], { limits: { bound: 1 } });
        expect(units.flatMap(({ findings }) => findings)).toEqual([]);
        expect(units.flatMap(({ error }) => error ?? [])).toEqual([]);
      }
    },
    120_000,
  );

  it.each([
    ["ganssle-high-word", /^e1:\d+w$/],
    ["pico-1953", /^e1:\d+[cs]/],
    ["rtic-1-1-0", /^e1:$/],
    ["riot-dea2543", /^e1:\d+w/],
  ])(
    "with the bug %s break the law that owns it",
    async (name, schedule) => {
      const { finding } = await searchInC(name);
      expect(finding?.kind).toBe("law");
      expect(finding?.schedule).toMatch(schedule);
    },
    120_000,
  );

  it("cannot be put on a chip whose counter they do not take", async () => {
    await expect(cHalTargets("rp2040")).rejects.toMatchObject({ code: "not-in-c" });
  });
});
