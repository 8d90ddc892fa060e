import { describe, expect, it } from "vitest";
import { cMutants } from "../src/mutants/c-mutants.js";
import { withSwitches } from "../src/mutants/c-switches.js";
import { apart } from "../src/mutants/left-out.js";
import { type Mutant, withMutant } from "../src/mutants/mutant.js";
import { typeScriptMutants } from "../src/mutants/typescript-mutants.js";

const texts = (mutants: readonly Mutant[]): readonly string[] =>
  mutants.map(({ original, replacement }) => `${original} => ${replacement}`);

describe("mutants of TypeScript", () => {
  const text =
    "export function f(a: number, b: number) {\n  return a < b && b < 3 && a + b > 1;\n}\n";
  const made = typeScriptMutants(new Map([["f.ts", text]]));

  it("are Stryker's, each with what was there and what is there instead", async () => {
    expect(texts(await made)).toContain("a < b => (a <= b)");
    expect(texts(await made)).toContain("a + b => (a - b)");
    expect(texts(await made)).toContain("a < b && b < 3 => (a < b || b < 3)");
  });

  it("keep the meaning of what stands around them", async () => {
    const either = (await made).find(({ replacement }) => replacement === "(a < b || b < 3)");
    expect(either && withMutant(text, either)).toContain("return (a < b || b < 3) && a + b > 1;");
  });

  it("have ids that do not change where lines move", async () => {
    const moved = await typeScriptMutants(new Map([["f.ts", `\n\n// Here.\n${text}`]]));
    expect(moved.map(({ id }) => id)).toEqual((await made).map(({ id }) => id));
    expect(new Set(moved.map(({ id }) => id)).size).toBe(moved.length);
  });

  it("leave out texts of errors, but not the results of calls", async () => {
    const strings = 'export const [a, b] = ["a text of words", "armed"];\n';
    const found = await typeScriptMutants(new Map([["f.ts", strings]]));
    const counted = found.filter((mutant) => apart(mutant) === undefined);
    expect(texts(counted)).toContain('"armed" => ""');
    expect(texts(counted)).not.toContain('"a text of words" => ""');
  });
});

describe("mutants of C", () => {
  const text = `#if BITS == 16 && X
ESC_INTERNAL bool f(int a, int b)
{
    ESC_ASSERT(a == b);
    if (!a && b < 3) {
        a += b;
    }
    while (b > 0) {
        b--;
    }
    return a != 0;
}
#endif
`;
  const made = cMutants(new Map([["f.c", text]]));

  it("are of the same operators, in functions only, and not of assertions", async () => {
    expect(texts(await made)).toEqual(
      expect.arrayContaining([
        "!a && b < 3 => (!a || b < 3)",
        "!a && b < 3 => true",
        "!a => a",
        "b < 3 => (b <= 3)",
        "a += b => a -= b",
        "b > 0 => false",
        "b-- => b++",
        "a != 0 => (a == 0)",
      ]),
    );
    expect(texts(await made)).not.toContain("b > 0 => true");
    expect(texts(await made).filter((each) => /BITS|a == b =>/.test(each))).toEqual([]);
  });

  it("stand in one text with a switch for each", async () => {
    const mutants = await made;
    const numbers = new Map(mutants.map(({ id }, index) => [id, index + 1]));
    const switched = withSwitches(text, mutants, numbers);
    const numberOf = (original: string, replacement: string): number =>
      numbers.get(
        mutants.find((m) => m.original === original && m.replacement === replacement)?.id ?? "",
      ) ?? 0;
    expect(switched).toContain(
      `(esc_active_mutant == ${numberOf("a += b", "a -= b")} ? (a -= b) : (a += b))`,
    );
    const block = mutants.find(({ original }) => original.startsWith("{\n        a += b"));
    expect(switched).toContain(`{ if (esc_active_mutant != ${numbers.get(block?.id ?? "")}) {`);
    for (const number of numbers.values()) {
      expect(switched.split(new RegExp(`esc_active_mutant [!=]= ${number}\\b`))).toHaveLength(2);
    }
  });
});
