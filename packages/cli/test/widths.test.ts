import { expect, test } from "vitest";
import { commands } from "../src/commands/index.js";
import { fitted } from "../src/wrapped.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";

/** Lines that are copied whole, so that nothing breaks them. */
const whole = /^\s*(?:again: )?(?:\$ )?escapement |https:\/\//;

/** Both outputs of a line on a terminal of this width, without colours. */
async function shownAt(columns: number, line: string): Promise<string> {
  const io = new FakeIo({ NO_COLOR: "1" }, true);
  Object.assign(io.stdout, { columns });
  Object.assign(io.stderr, { columns });
  const { out, err } = await run(line, fakeWorld(), io);
  return out + err;
}

const lines = [
  ...commands.flatMap(({ name }) => [`${name} --help`, `${name} --help --all`]),
  ...["help boards", "help environment", "help exit-codes", "", "devs", "laws", "laws READ-01"],
  ...["bugs", "confrom", "conform nonsense", "conform sim:three", "explore --workers 300"],
];

for (const columns of [80, 40]) {
  test.each(lines)(`at ${columns} columns every line of \`%s\` fits`, async (line) => {
    const shown = await shownAt(columns, line);
    expect(shown.length).toBeGreaterThan(0);
    const wide = shown.split("\n").filter((each) => each.length > columns && !whole.test(each));
    expect(wide).toEqual([]);
  });
}

test("a line is broken at words, and goes on under the beginning of its text", () => {
  expect(fitted("  hint: one two three", 16).split("\n")).toEqual([
    "  hint: one two",
    "        three",
  ]);
  expect(fitted("✗ one two three", 9).split("\n")).toEqual(["✗ one two", "  three"]);
  expect(fitted("error[no-board]: one two three", 24).split("\n")).toEqual([
    "error[no-board]: one two",
    "  three",
  ]);
  expect(fitted("a  b\n\nshort", 10)).toBe("a  b\n\nshort");
});

test("nothing is lost or added but line ends, and commands stay whole", () => {
  const text = "  - skip sim:one needs nesting: READ-08, STOP-19 and-a-very-long-word-that-stays";
  for (let columns = 4; columns < 90; columns += 1) {
    expect(fitted(text, columns).replaceAll(/\s+/g, " ").trim()).toBe(text.trim());
  }
  const again = "  again: escapement conform sim:one --only READ-01 --seed 7";
  expect(fitted(again, 20)).toBe(again);
  expect(fitted("again: once more, with words", 20)).toContain("\n");
});

test("a pipe gets each line as it is, and data is never broken", async () => {
  expect((await run("conform nonsense")).err.split("\n")).toHaveLength(3);
  const json = await shownAt(40, "laws --json");
  expect(JSON.parse(json).laws).toHaveLength(2);
  expect(json).toBe((await run("laws --json")).out);
});
