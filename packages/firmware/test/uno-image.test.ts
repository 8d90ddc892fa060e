import { describe, expect, it } from "vitest";
import { unoImage } from "../src/index.js";
import { hasTool, runScript } from "./support/tools.js";

const hasAvrGcc = hasTool("avr-gcc");
const needs = "(needs avr-gcc: apt-get install -y --no-install-recommends gcc-avr avr-libc)";

describe("the Uno's image", () => {
  it("is Intel HEX: every record's checksum holds, and the last one ends it", () => {
    const records = unoImage().hex.trimEnd().split("\n");
    for (const record of records) {
      expect(record).toMatch(/^:([0-9A-F]{2})+$/);
      const bytes = Buffer.from(record.slice(1), "hex");
      expect(bytes.reduce((sum, byte) => sum + byte, 0) & 0xff).toBe(0);
    }
    expect(records.at(-1)).toBe(":00000001FF");
  });

  it("has the functions that others measure, within flash", () => {
    const { symbols, sizes, figures } = unoImage();
    const names = [
      "esc_now",
      "esc_stop",
      "esc_start",
      "esc_on_compare",
      "__vector_11",
      "__vector_13",
    ];
    for (const name of names) {
      expect(symbols[name], name).toBeGreaterThan(0);
      expect((symbols[name] ?? 0) + (sizes[name] ?? 0)).toBeLessThanOrEqual(
        figures.flashBytes ?? 0,
      );
    }
  });

  it("says which source line an address comes from", () => {
    const { lines, symbols, sizes } = unoImage();
    const from = symbols.esc_now ?? 0;
    const until = from + (sizes.esc_now ?? 0);
    const inside = (lines["hal/esc_timer_hal.c"] ?? []).filter(([at]) => at >= from && at < until);
    expect(inside.length).toBeGreaterThan(0);
  });

  it("leaves 450 bytes of the chip's 2048 for the stack", () => {
    expect(unoImage().figures.ramBytes).toBeLessThanOrEqual(2048 - 450);
  });

  it.skipIf(!hasAvrGcc)(`is what the sources build, byte for byte ${needs}`, () => {
    const { status, output } = runScript("check.mjs");
    expect(output).toContain("assets are what the sources build");
    expect(status).toBe(0);
  });

  it("check.mjs without avr-gcc names it and the line that installs it", () => {
    const { status, output } = runScript("check.mjs", [], "");
    expect(status).toBe(3);
    expect(output).toContain("apt-get install -y --no-install-recommends gcc-avr avr-libc");
  });
});
