import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../scripts/generated-files.js";
import {
  capabilityBits,
  figureCodes,
  lackBits,
  linkErrors,
  opSchemas,
  requestTypes,
  semanticsMembers,
  statesBit,
} from "../src/index.js";
import { recordKinds, resultCodes } from "../src/wire-codes.js";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("generated files", () => {
  it.each(generatedFiles())("$path is current (node scripts/generate.mjs)", ({ path, text }) => {
    expect(existsSync(new URL(`../../${path}`, import.meta.url))).toBe(true);
    if (path.endsWith(".json")) expect(JSON.parse(read(path))).toEqual(JSON.parse(text));
    else expect(read(path)).toBe(text);
  });
});

describe("docs/wire.md", () => {
  const page = read("../docs/wire.md");
  const row = (first: string, second: string) =>
    new RegExp(`\\| ${first} \\| ${second.replaceAll("-", "\\-")} \\|`);

  it.each(opSchemas)("has the opcode of $op", ({ op, opcode }) => {
    expect(page).toMatch(row(`0x${opcode.toString(16).padStart(2, "0")}`, op));
  });

  it.each(Object.entries(recordKinds))("has the kind of %s records", (kind, code) => {
    expect(page).toMatch(row(String(code), kind));
  });

  it.each(Object.entries(resultCodes))("has the byte of the result %s", (result, code) => {
    expect(page).toMatch(row(result, code < 0x80 ? String(code) : `0x${code.toString(16)}`));
  });

  it.each(Object.entries(linkErrors))("has the code of the link error %s", (error, code) => {
    expect(page).toMatch(row(error, String(code)));
  });

  it("has the requests and the capabilities in order", () => {
    for (const [name, type] of Object.entries(requestTypes)) {
      expect(page).toMatch(new RegExp(`0x${type.toString(16).padStart(2, "0")} ${name}`));
    }
    const ordered = Object.entries(capabilityBits).toSorted((a, b) => a[1] - b[1]);
    for (const [name, bit] of Object.entries(lackBits)) {
      expect(page).toMatch(new RegExp(`Bit [^.]*\\b${bit}\\b[^.]*\`${name}\``));
    }
    expect(page).toContain(`from bit 0: ${ordered.map(([name]) => name).join(", ")}.`);
  });

  it.each(Object.entries(semanticsMembers))(
    "has the statement of %s",
    (member, { code, words }) => {
      const values = words === undefined ? "a number" : words.join(", ");
      expect(page).toContain(`| ${code} | ${member} | ${values} |`);
    },
  );

  it("has the figures and the bit of the statements", () => {
    for (const [name, code] of Object.entries(figureCodes)) {
      expect(page).toMatch(new RegExp(`Code ${code} is a figure[^.]*\`${name}\``));
    }
    expect(page).toContain(`An agent with bit ${statesBit} set has statements`);
  });

  it("gives every code to one name only", () => {
    for (const codes of [
      opSchemas.map(({ opcode }) => opcode),
      Object.values(resultCodes),
      Object.values(recordKinds),
      [...Object.values(capabilityBits), ...Object.values(lackBits), statesBit],
      Object.values(linkErrors),
      [...Object.values(figureCodes), ...Object.values(semanticsMembers).map(({ code }) => code)],
    ]) {
      expect(new Set(codes).size).toBe(codes.length);
    }
  });
});
