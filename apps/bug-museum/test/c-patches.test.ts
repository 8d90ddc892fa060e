import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { unoImage } from "@escapement/firmware";
import { describe, expect, it, vi } from "vitest";
import { findFirmwareBug, firmwareBugs, firmwarePatch } from "../src/firmware-bugs.js";
import { patchedCSources, patchedFirmware } from "../src/patched-firmware.js";

const names = firmwareBugs.map(({ name }) => name);
const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const hasAvrGcc =
  process.env.ESCAPEMENT_REQUIRE_TOOLS === "1" || spawnSync("avr-gcc", ["--version"]).status === 0;
const needs = "(needs avr-gcc: apt-get install -y --no-install-recommends gcc-avr avr-libc)";

/** The bytes of an image. */
function bytesOf(hex: string): string {
  const records = hex.trimEnd().split("\n");
  return records.flatMap((it) => (it.slice(7, 9) === "00" ? it.slice(9, -2) : [])).join("");
}

describe("a patch of the C sources", () => {
  it("is there for every C bug, and for nothing else", () => {
    const files = readdirSync(new URL("../patches/c", import.meta.url)).sort();
    expect(files).toEqual(names.map((name) => `${name}.patch`).sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(names)("%s changes each file that it names", (name) => {
    const changed = patchedCSources(findFirmwareBug(name));
    expect(changed.size).toBeGreaterThan(0);
    for (const [file, text] of changed) expect(text).not.toBe(read(`packages/firmware/c/${file}`));
  });

  it("of no bug is that of another", () => {
    expect(new Set(firmwareBugs.map(firmwarePatch)).size).toBe(names.length);
  });
});

describe("the firmware with a C bug", () => {
  it("without avr-gcc is refused with no-compiler, and the line that installs it", () => {
    vi.stubEnv("PATH", "");
    const refusal = { code: "no-compiler", hint: expect.stringContaining("gcc-avr avr-libc") };
    expect(() => patchedFirmware("pico-1953")).toThrow(expect.objectContaining(refusal));
    vi.unstubAllEnvs();
  });

  it.skipIf(!hasAvrGcc)(`compiles, and is no other image ${needs}`, () => {
    const images = names.map((name) => patchedFirmware(name));
    expect(new Set([unoImage(), ...images].map(({ hex }) => bytesOf(hex))).size).toBe(
      names.length + 1,
    );
    for (const { hex, figures, symbols } of images) {
      expect(bytesOf(hex).length / 2).toBe(figures.flashBytes);
      // A bug may need a few bytes more than the shipped image, which leaves 450 for the stack.
      expect(figures.ramBytes).toBeLessThanOrEqual(2048 - 430);
      expect(symbols.esc_now).toBeGreaterThan(0);
    }
  });

  it.skipIf(!hasAvrGcc)(`is built once ${needs}`, () => {
    const built = new URL("../../../packages/firmware/build/patched/", import.meta.url);
    const times = () =>
      readdirSync(built)
        .filter((folder) => folder.startsWith("pico-1953-"))
        .map((folder) => [folder, statSync(new URL(folder, built)).mtimeMs]);
    const first = patchedFirmware("pico-1953");
    const before = times();
    expect(before).not.toEqual([]);
    expect(patchedFirmware("pico-1953")).toEqual(first);
    expect(times()).toEqual(before);
  });
});
