import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConformanceError } from "@escapement/conformance";
import { CodedError } from "@escapement/core";
import { BoardError, type BoardErrorCode } from "@escapement/scenario";
import { describe, expect, it } from "vitest";
import { CliError } from "../../../packages/cli/src/cli-errors.js";
import { errorText } from "../../../packages/cli/src/error-text.js";
import { collectErrors } from "../scripts/errors/collect-errors.js";
import { errorsPage } from "../scripts/errors/errors-page.js";
import { errorTables } from "../scripts/errors/tables.js";
import { workspace } from "../scripts/site/paths.js";

/** The sources of the published packages, but for the examples in their comments. */
const sources = (): [path: string, text: string][] =>
  readdirSync(join(workspace, "packages"))
    .flatMap((name) => {
      const folder = join(workspace, "packages", name, "src");
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return files.filter((file) => file.endsWith(".ts")).map((file) => join(folder, file));
    })
    .map((path) => [path, readFileSync(path, "utf8").replace(/^ *\*.*$/gm, "")]);

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

  it("has the hints that the packages give, each with what happened", () => {
    const busy = byCode.get("port-busy")?.advice ?? [];
    expect(busy.map(({ hint }) => hint).join(" ")).toContain("serial monitor");
    const argument = byCode.get("invalid-argument")?.advice ?? [];
    expect(argument).toContainEqual({
      code: "invalid-argument",
      message: "autoRelease is true for a periodic timer",
      hint: "Only a one-shot can release itself; call deinit() on a periodic one.",
    });
    const fault = byCode.get("board-fault")?.advice ?? [];
    expect(fault.length).toBeGreaterThan(8);
    expect(fault.filter(({ message }) => message === "")).toEqual([]);
  });

  it("has advice for every code", () => {
    const without = errors.filter(({ advice }) => advice.length === 0).map(({ code }) => code);
    expect(without).toEqual([]);
  });

  it("finds a row of a table for every code that a class has", () => {
    const rows = errorTables.flatMap((each) => Object.values(each.rows));
    const inTables = new Set(rows.map(({ code }) => code));
    const thrown = errors.filter(({ code }) => code !== "not-run").map(({ code }) => code);
    expect(thrown.filter((code) => !inTables.has(code))).toEqual([]);
    expect([...inTables].filter((code) => !byCode.has(code))).toEqual([]);
  });

  it("imports every table of the published packages", () => {
    const declared = sources().flatMap(([, text]) => [
      ...text.matchAll(/^export const \w+ = errorTable\(/gm),
    ]);
    expect(errorTables.length).toBe(declared.length);
  });

  it("shows no raw placeholder", () => {
    const { text } = errorsPage(errors);
    expect(text).not.toMatch(/&lt;|[‹›\ue000-\ue002]|undefined|\[object/);
    expect(text.replaceAll(/`[^`]*`/g, "")).not.toMatch(/<(?!\/?em>|br>|a id=|\/a>)/);
  });

  it("links every code from the table on top", () => {
    const [top = ""] = errorsPage(errors).text.split("\n## ");
    for (const { code } of errors) expect(top).toContain(`(#${code})`);
  });

  it("lists the exit codes of the command line's own mapping", () => {
    for (const { code, meanings, exitCodes } of errors) {
      const classes = meanings.map(({ thrownAs }) => thrownAs);
      if (classes.includes("BoardError") && code !== "aborted") {
        expect(exitCodes, code).toEqual([
          errorText(new BoardError(code as BoardErrorCode, "m", "h")).exitCode,
        ]);
      }
      const searching = classes.find((name) => /^(Explore|Sweep|Firmware)Error$/.test(name));
      if (searching !== undefined) {
        const error = new CodedError(code, "m", "h");
        expect(exitCodes, code).toEqual([errorText(error).exitCode]);
      }
    }
    expect(byCode.get("unknown-law")?.exitCodes).toEqual([
      errorText(new ConformanceError("unknown-law", "m", "h")).exitCode,
    ]);
    expect(byCode.get("unknown-board")?.exitCodes).toEqual([
      errorText(new CliError("unknown-board", "m", "h")).exitCode,
    ]);
    expect(byCode.get("internal")?.exitCodes).toEqual([errorText(new Error("m")).exitCode]);
    expect(byCode.get("callback-threw")?.exitCodes).toEqual([]);
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

describe("an error is declared once", () => {
  const classes = errors.flatMap(({ meanings }) => meanings.map(({ thrownAs }) => thrownAs));
  // Those that come from another thread, or that get a place or another's hint, are made again.
  const made = new RegExp(
    `new (?:${[...new Set(classes)].join("|")})\\((?![^,]+, \\w+\\.message, \\w+\\.hint[,)])`,
  );

  it("no source of a package makes one but by its table", () => {
    expect(made.test('throw new BoardError("busy", "m", "h")')).toBe(true);
    const found = sources().filter(([, text]) => made.test(text));
    expect(found.map(([path]) => path)).toEqual([]);
  });

  it("every class of the page is a CodedError", () => {
    const text = sources()
      .map(([, each]) => each)
      .join("\n");
    const own = [...new Set(classes)].filter((name) => name.endsWith("Error"));
    expect(own.length).toBeGreaterThan(5);
    for (const name of own) expect(text).toContain(`class ${name} extends CodedError<`);
  });
});
