import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bugImages, FirmwareError, findFirmwareBug, unoImage } from "../src/index.js";
import { hasTool, runScript } from "./support/tools.js";

const hasGcc = hasTool("gcc");
const needsGcc = "(needs gcc: apt-get install -y --no-install-recommends gcc libc6-dev)";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const names = bugImages.map((bug) => bug.name);
const slots = read("c/src/esc_slots.h");

/** The text of a C function, from its name to the brace that ends it. */
function bodyOf(source: string, name: string): string {
  const start = source.search(
    new RegExp(`^(static )?(inline )?[\\w ]+[ *]${name}\\([^;]*?\\)\\n\\{`, "m"),
  );
  return start < 0 ? "" : source.slice(start, source.indexOf("\n}\n", start));
}

/** The macros that a bug's switch in the shared header defines. */
function macrosOf(define: string): string[] {
  const switched = new RegExp(`#if ESC_BUG == ${define}\\n(?:/\\*.*\\*/\\n)?#define (\\w+)`, "g");
  return [...slots.matchAll(switched)].map(([, macro]) => macro ?? "");
}

/** The bytes of an image. */
function bytesOf(hex: string): string {
  return hex
    .trimEnd()
    .split("\n")
    .filter((record) => record.slice(7, 9) === "00")
    .map((record) => record.slice(9, -2))
    .join("");
}

describe("the list of bugs", () => {
  it("is that of esc_bugs.h, in its order, and names differ", () => {
    const header = read("c/src/esc_bugs.h");
    const defined = [...header.matchAll(/^#define (ESC_BUG_\w+) ([1-9]\d*)$/gm)];
    const last = defined.pop();
    expect(defined.map(([, define]) => define)).toEqual(bugImages.map((bug) => bug.define));
    expect(defined.map(([, , value]) => Number(value))).toEqual(names.map((_, at) => at + 1));
    expect([last?.[1], Number(last?.[2])]).toEqual(["ESC_BUG_LAST", names.length]);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(18);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  it("has an image and a map for each, and none besides", () => {
    const files = readdirSync(new URL("../assets/bugs", import.meta.url)).sort();
    expect(files).toEqual(names.flatMap((name) => [`${name}.hex`, `${name}.sym.json`]).sort());
  });

  it("names a rule of the contract that a law judges as each bug's owner", () => {
    const contract = read("../../docs/contract.md");
    for (const { name, owner } of bugImages) {
      const rule = contract.split("\n").find((line) => line.startsWith(`| ${owner} |`));
      expect(rule, name).toMatch(/\| law \|[^|]+\|$/);
    }
  });

  it.each(bugImages.map((bug) => [bug.name, bug] as const))(
    "%s: its switch is in the function that it names",
    (_name, { define, file, function: inFunction }) => {
      const body = bodyOf(read(`c/${file}`), inFunction);
      expect(body, `${inFunction} in ${file}`).not.toBe("");
      const marks = [define, ...macrosOf(define)];
      expect(marks.some((mark) => body.includes(mark))).toBe(true);
    },
  );

  it("refuses an unknown name with unknown-bug, and lists the names", () => {
    for (const act of [() => unoImage({ bug: "pico-1935" }), () => findFirmwareBug("../x")]) {
      let thrown: unknown;
      try {
        act();
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(FirmwareError);
      expect((thrown as FirmwareError).code).toBe("unknown-bug");
      expect((thrown as FirmwareError).hint).toContain("pico-1953");
    }
    expect(() => unoImage({ bug: "pico-1935" })).toThrow('"pico-1935"');
  });
});

describe("the images with a bug", () => {
  it("differ from the shipped one and from each other", () => {
    const all = [unoImage(), ...names.map((bug) => unoImage({ bug }))];
    expect(new Set(all.map(({ hex }) => bytesOf(hex))).size).toBe(names.length + 1);
  });

  it.each(names)("%s: whole Intel HEX, a map of the same build, and room for the stack", (bug) => {
    const main = unoImage();
    const image = unoImage({ bug });
    const records = image.hex.trimEnd().split("\n");
    for (const record of records) {
      expect(record).toMatch(/^:([0-9A-F]{2})+$/);
      const sum = Buffer.from(record.slice(1), "hex").reduce((total, byte) => total + byte, 0);
      expect(sum & 0xff).toBe(0);
    }
    expect(records.at(-1)).toBe(":00000001FF");
    expect(bytesOf(image.hex).length / 2).toBe(image.figures.flashBytes);
    expect(image.figures.ramBytes).toBeLessThanOrEqual(2048 - 450);
    expect(image.toolchain).toEqual(main.toolchain);
    expect(image.symbols.esc_now).toBeGreaterThan(0);
    expect(image.lines["src/esc_hal.c"]?.length).toBeGreaterThan(0);
    expect(Object.keys(image).sort()).toEqual(Object.keys(main).sort());
  });
});

describe("the switches", () => {
  const patient = { timeout: 240_000 };
  it.skipIf(!hasGcc)(`each compiles with every warning on, and links ${needsGcc}`, patient, () => {
    const { status, output } = runScript("native.mjs", ["bugs"]);
    expect(output).toBe(names.map((name) => `ok ${name}\n`).join(""));
    expect(status).toBe(0);
  });
});
