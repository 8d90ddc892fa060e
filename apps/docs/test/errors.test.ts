import { describe, expect, it } from "vitest";
import { collectErrors } from "../scripts/errors/collect-errors.js";
import { errorsPage } from "../scripts/errors/errors-page.js";

const errors = collectErrors();
const byCode = new Map(errors.map((entry) => [entry.code, entry]));

describe("the errors page comes from the code", () => {
  it("has every code once, with what it means", () => {
    expect(errors.length).toBe(byCode.size);
    expect(errors.length).toBeGreaterThan(35);
    for (const { code, meanings } of errors) {
      expect(
        meanings.every(({ text }) => text.length > 10),
        code,
      ).toBe(true);
    }
  });

  it("keeps both meanings of a word that two packages use", () => {
    const classes = byCode.get("invalid-option")?.meanings.map(({ thrownAs }) => thrownAs);
    expect(classes).toEqual(["ConformanceError", "CliError"]);
  });

  it("has the hints that the packages give", () => {
    expect(byCode.get("port-busy")?.hints.join(" ")).toContain("serial monitor");
    expect(byCode.get("invalid-argument")?.hints.join(" ")).toContain("Give");
  });

  it("has a hint for nearly every code", () => {
    const without = errors.filter(({ hints }) => hints.length === 0).map(({ code }) => code);
    expect(without.length, without.join(", ")).toBeLessThanOrEqual(8);
  });

  it("names the error of C that says the same", () => {
    expect(byCode.get("stale-handle")?.inC).toMatchObject({
      name: "ESC_STALE_HANDLE",
      value: "-3",
    });
  });

  it("has an anchor that is the code", () => {
    const { text } = errorsPage(errors);
    for (const { code } of errors) expect(text).toContain(`{#${code}}`);
  });
});
