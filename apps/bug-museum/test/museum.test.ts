import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { findBug, MuseumError, museum } from "../src/index.js";

describe("the museum", () => {
  it("has each name once, in kebab case", () => {
    const names = museum.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("says of each what happened, in which system, and where to read about it", () => {
    for (const { title, system, happened, reference } of museum) {
      expect(title.length).toBeLessThanOrEqual(70);
      expect(system).toMatch(/\S/);
      expect(happened).toMatch(/\.$/);
      expect(reference.label).toMatch(/\S/);
      if (reference.url === undefined) continue;
      expect(reference.url).toMatch(
        /^https:\/\/(github\.com\/[\w.-]+\/[\w.-]+\/(issues\/\d+|commit\/[0-9a-f]{7,40})|reviews\.freebsd\.org\/D\d+)$/,
      );
    }
  });

  it("gives each bug to a law of the catalogue, and every group of the contract a bug", () => {
    const ids = laws.map(({ id }) => id);
    for (const { owner } of museum) expect(ids).toContain(owner);
    const groups = new Set(museum.map(({ owner }) => owner.split("-")[0]));
    expect([...groups].sort()).toEqual(["ARM", "CALL", "LIFE", "PER", "READ", "REG", "STOP"]);
  });

  it("keeps schedules in the notation of the explorer, or none", () => {
    for (const { schedule } of museum) expect(schedule).toMatch(/^(e1:.*)?$/);
  });
});

describe("findBug", () => {
  it("finds by name, whatever its case", () => {
    expect(findBug(" Pico-1953 ").owner).toBe("ARM-16");
  });

  it.each([
    ["pico-1954", "pico-1953"],
    ["zephyr-18782", "zephyr-18728"],
    ["ganssle", "ganssle-high-word"],
  ])("names what comes nearest to %s", (wrong, near) => {
    expect(() => findBug(wrong)).toThrow(MuseumError);
    try {
      findBug(wrong);
    } catch (error) {
      expect(error).toMatchObject({ code: "unknown-bug" });
      expect((error as MuseumError).hint).toContain(near);
    }
  });

  it("says how many there are where nothing is near", () => {
    expect(() => findBug("xxxxxxxxxxxxxxxxxxxx")).toThrow('There is no bug "xxxxxxxxxxxxxxxxxxxx"');
  });
});
