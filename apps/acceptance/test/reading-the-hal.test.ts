import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../src/workspace.js";

const page = readFileSync(join(root, "docs/reading-the-hal.md"), "utf8");
const folders = { ts: "packages/core/src", c: "packages/firmware/c/hal" };

/** A step of the page: a file, and the function in it. */
interface Step {
  readonly language: keyof typeof folders;
  readonly file: string;
  readonly name: string;
}

/** The steps that a part of the page names. */
function stepsOf(text: string): Step[] {
  return [...text.matchAll(/`([\w-]+\.(?:ts|c|h))` `(#?\w+)`/g)].map(
    ([, file = "", name = ""]) => ({
      language: file.endsWith(".ts") ? "ts" : "c",
      file,
      name,
    }),
  );
}

const sourceOf = ({ language, file }: Step): string =>
  readFileSync(join(root, folders[language], file), "utf8");

/** Whether the file defines that function, and does not only call it. */
function isDefined(step: Step): boolean {
  const pattern =
    step.language === "ts"
      ? `^(?:export function |  (?:get )?)${step.name}(?:<[^>]*>)?\\([^;]*\\{$`
      : `^(?:[\\w ]+[ *])${step.name}\\([^;{]*\\)\\n\\{`;
  return new RegExp(pattern, "m").test(sourceOf(step));
}

/** How often the files of the steps name a function before a bracket: its definition, and its calls. */
function mentions(step: Step, among: readonly Step[]): number {
  const files = new Map(among.map((other) => [other.file, other]));
  const pattern = new RegExp(`(?<![\\w#])${step.name}\\(`, "g");
  return [...files.values()]
    .filter(({ language }) => language === step.language)
    .reduce((sum, other) => sum + [...sourceOf(other).matchAll(pattern)].length, 0);
}

const [way = "", others = ""] = page.split("## The other ways");

describe("docs/reading-the-hal.md", () => {
  it("names a way of as many steps in C as in TypeScript, and at most six files each", () => {
    const steps = stepsOf(way);
    const of = (language: string) => steps.filter((step) => step.language === language);
    expect(of("ts").length).toBeGreaterThan(8);
    expect(of("c")).toHaveLength(of("ts").length);
    for (const language of ["ts", "c"]) {
      const files = new Set(of(language).map(({ file }) => file));
      expect([...files].length, [...files].join()).toBeLessThanOrEqual(6);
    }
  });

  it.each(stepsOf(page).map((step) => [`${step.file} ${step.name}`, step] as const))(
    "%s is defined there",
    (_title, step) => {
      expect(isDefined(step)).toBe(true);
    },
  );

  it("each step of the way is called in one of its files, but the entries", () => {
    const steps = stepsOf(way);
    const entries = new Set(["start", "esc_start", "onCompare", "esc_on_compare"]);
    const uncalled = steps.filter((step) => !entries.has(step.name) && mentions(step, steps) < 2);
    expect(uncalled).toEqual([]);
    expect(stepsOf(others).length).toBeGreaterThan(8);
  });

  it("control: a function that is not there, and one that is only called there, are not defined there", () => {
    expect(isDefined({ language: "ts", file: "timer.ts", name: "begin" })).toBe(false);
    expect(isDefined({ language: "ts", file: "engine.ts", name: "program" })).toBe(false);
    expect(isDefined({ language: "c", file: "esc_timer.c", name: "esc_arm" })).toBe(false);
  });
});
