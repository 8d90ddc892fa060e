import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanLine,
  cleanText,
  isCleanLine,
  jsonText,
  markdownText,
  shellLine,
} from "../src/index.js";

// The same texts in each run; a failure names what it takes to see it again.
fc.configureGlobal({ seed: 1 });

/** Written out, and not by the classes that the code uses. */
const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\uffff]/u;

const steering = [
  ..."\u0000\u0007\b\r\u001b\u007f\u0085\u009b\u061c\u200e\u200f\u2028\u2029",
  ..."\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
  "\ud800",
];

/** Text that is more often hostile than not. */
const foreign = fc
  .array(
    fc.oneof(
      fc.constantFrom(...steering, "\t", "\n", "\r\n"),
      fc.constantFrom("\u001b[31m", "\u001b]0;title\u0007", "<script>", "&amp;", "|", "`", "{{1}}"),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    { maxLength: 20, size: "max" },
  )
  .map((parts) => parts.join(""));

describe("foreign text", () => {
  test.each(steering)("%j does not get through", (character) => {
    const text = `a${character}b`;
    for (const clean of [cleanText, cleanLine, markdownText]) {
      expect(clean(text)).toBe("a\ufffdb");
    }
    expect(jsonText(text)).toMatch(/^"a\\(u[0-9a-f]{4}|[br])b"$/);
    expect(JSON.parse(jsonText(text))).toBe(text);
  });

  test("of any text no forbidden character comes out, and twice is as once", () => {
    fc.assert(
      fc.property(foreign, (text) => {
        for (const clean of [cleanText, cleanLine]) {
          const shown = clean(text);
          expect(shown).not.toMatch(forbidden);
          // It refuses lone surrogates.
          expect(() => encodeURI(shown)).not.toThrow();
          expect(clean(shown)).toBe(shown);
        }
        expect(isCleanLine(cleanLine(text))).toBe(true);
        expect(isCleanLine(text)).toBe(cleanLine(text) === text);
      }),
      { numRuns: 2000 },
    );
  });

  test("JSON keeps the text as it was, with nothing forbidden in it", () => {
    fc.assert(
      fc.property(foreign, foreign, (key, text) => {
        const value = { [`k${key}`]: [text] };
        for (const indent of [0, 2]) {
          const written = jsonText(value, indent);
          expect(written).not.toMatch(forbidden);
          expect(JSON.parse(written)).toEqual(value);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("markup shows as itself in Markdown", () => {
    expect(markdownText("<b>|`*_[a](b)\n{{ x }}")).toBe(
      "&#60;b&#62;&#124;&#96;&#42;&#95;&#91;a&#93;(b) &#123;&#123; x &#125;&#125;",
    );
    expect(markdownText("https://a.b www.c.d me@e.f")).toBe(
      "https&#58;//a.b www&#46;c.d me&#64;e.f",
    );
    fc.assert(
      fc.property(foreign, (text) => {
        expect(markdownText(text)).not.toMatch(/[<>|`*[\]{}\\\n]/);
      }),
    );
  });

  test("ordinary text stays as it is, in any script", () => {
    const text = "Größe 3 µs, 時間, שלום, 🎉, 12 %: a/b-c.d\nsecond line";
    expect(cleanText(text)).toBe(text);
    expect(isCleanLine("Größe 3 µs")).toBe(true);
    expect(markdownText("STOP-04 (avr16), hard case: #1")).toBe("STOP-04 (avr16), hard case: #1");
  });
});

test("a command line with characters that steer is one that a shell takes, and nobody is steered by", () => {
  const line = shellLine(["run", "--hal", "a\u001b[2J'b\u202e.mjs", "it's"]);
  expect(line).toBe("run --hal $'a\\033\\1332J\\047b\\342\\200\\256.mjs' 'it'\\''s'");
});
