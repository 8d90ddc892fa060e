import { describe, expect, it } from "vitest";
import { listFiles, readText } from "../src/workspace.js";

/** Without a size, fast-check makes lists of so many items at most, whatever their longest. */
const unasked = (least: number): number => 2 * least + 10;

/** Options of a generator that name a longest; none of them holds braces of its own. */
const options = /\{[^{}]*\bmaxLength:[^{}]*\}/g;

/** Whether the options claim more than they get. */
function claimsTooMuch(text: string): boolean {
  if (/\bsize: /.test(text)) return false;
  const most = /\bmaxLength: ([^,}]+)/.exec(text)?.[1]?.trim() ?? "";
  const least = /\bminLength: ([^,}]+)/.exec(text)?.[1]?.trim();
  return most !== least && !(Number(most) <= unasked(Number(least ?? 0)));
}

describe("property tests reach the lengths that they claim", () => {
  it("in every test that uses fast-check", () => {
    const tests = listFiles(/^(packages|apps)\/[^/]+\/test\/.*\.ts$/);
    const texts = tests.map((file) => [file, readText(file)] as const);
    const ours = texts.filter(([, text]) => /^import .* from "fast-check"/m.test(text));
    expect(ours.length).toBeGreaterThan(8);
    const wrong = ours.flatMap(([file, text]) =>
      (text.match(options) ?? []).filter(claimsTooMuch).map((each) => `${file}: ${each}`),
    );
    expect(wrong).toEqual([]);
  });

  it("and a claim that is not kept is seen", () => {
    expect(claimsTooMuch("{ maxLength: 1500 }")).toBe(true);
    expect(claimsTooMuch("{ minLength: 1, maxLength: LONG }")).toBe(true);
    expect(claimsTooMuch('{ maxLength: 1500, size: "max" }')).toBe(false);
    expect(claimsTooMuch("{ minLength: COUNT, maxLength: COUNT }")).toBe(false);
    expect(claimsTooMuch("{ maxLength: 6 }")).toBe(false);
    expect(claimsTooMuch("{ minLength: 250, maxLength: 260 }")).toBe(false);
  });
});
