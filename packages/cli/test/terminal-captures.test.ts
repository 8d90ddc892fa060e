import { describe, expect, test } from "vitest";
import { captures, forgetting, forgettingModule, foundReport, mayBeWide } from "./capture-rows.js";
import { hasTerminal, type Shown, shownInTerminal, terminalNote } from "./terminal.js";

/** The same commands as in captures.test.ts, in another process: a board that is made here is a module there. */
const rows = captures.map(({ exit, line, world }) => ({
  exit,
  line: world === forgetting ? line.replace("sim:one", forgettingModule) : line,
}));

async function shownOf(line: string, columns: number, env = {}): Promise<Shown> {
  const files = line.includes("found.json") ? { "found.json": await foundReport() } : undefined;
  return shownInTerminal(columns, line.split(" "), env, files);
}

describe.skipIf(!hasTerminal)(`in a real terminal${terminalNote}`, () => {
  describe.each([80, 40])("of %i columns", (columns) => {
    test.each(rows)("`$line`, exit $exit: no line is broken by the terminal", async (row) => {
      const { exit, screen, lines } = await shownOf(row.line, columns);
      expect({ exit, text: lines.join("\n") }).toEqual({
        exit: row.exit,
        text: expect.stringMatching(/\S/),
      });
      // What the terminal broke is on its screen in more lines than it was written in.
      const broken = lines.filter((line) => !screen.includes(line) && !mayBeWide(line));
      expect(broken).toEqual([]);
      // Whatever is too wide goes on below: nothing is cut.
      expect(lines.filter((line) => /\S…/.test(line))).toEqual([]);
    });
  });

  test.each([
    "laws STOP-06",
    "bugs pico-1953",
    "explore --only STOP-06 --profile avr16 --value 70 --schedule e1:76c",
    "conform sim:avr16 sim:stm32 --only ARM --bug pico-1953 --deterministic",
    "conform sim:avr16 --only ARM --bug pico-1953 --deterministic --verbose",
  ])("`%s` says the same with colours as with NO_COLOR, line for line", async (line) => {
    const [coloured, plain] = [await shownOf(line, 60), await shownOf(line, 60, { NO_COLOR: "1" })];
    expect([coloured.hasLooks, plain.hasLooks]).toEqual([true, false]);
    expect(plain.screen.length).toBeGreaterThan(5);
    expect(coloured.screen).toEqual(plain.screen);
  });
});
