import { describe, expect, it } from "vitest";
import { headerPaths } from "../scripts/c-api/header-pages.js";
import { parseHeader } from "../scripts/c-api/parse-header.js";
import { readSource } from "../scripts/site/page.js";

describe("the C API comes from the headers' comments", () => {
  it("control: a function without a comment is an error with its name", () => {
    const text =
      "/* About. */\n#ifndef ESC_X_H\n#define ESC_X_H\n\nvoid esc_secret(void);\n\n#endif\n";
    expect(() => parseHeader("x.h", text)).toThrow("x.h: no comment before esc_secret");
  });

  it("reads structures, enumerations, types, macros and functions", () => {
    const hal = "packages/firmware/c/hal/esc_hal.h";
    const { declarations } = parseHeader(hal, readSource(hal));
    const kinds = new Map(declarations.map(({ kind, name }) => [`${kind} ${name}`, true]));
    for (const wanted of [
      "macro ESC_TIMERS",
      "macro ESC_MAX_DELAY",
      "type esc_handle",
      "type esc_handler",
      "enum esc_result_code",
      "struct esc_config",
      "struct esc_stats",
      "function esc_stats",
      "function esc_now_wide",
      "function esc_on_interrupt",
    ]) {
      expect(kinds.has(wanted), wanted).toBe(true);
    }
  });

  it("misses no function that a header declares", () => {
    for (const file of headerPaths.filter((path) => !path.endsWith("esc_wire.h"))) {
      const text = readSource(file);
      const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
      const declared = [...code.matchAll(/^[a-z][\w ]*[ *](esc_\w+)\(/gm)].map((match) => match[1]);
      const read = parseHeader(file, text).declarations.map(({ name }) => name);
      expect(
        declared.filter((name) => name !== undefined && !read.includes(name)),
        file,
      ).toEqual([]);
    }
  });
});
