import { expect, test } from "vitest";
import { boardTargets } from "../src/boards/board-target.js";
import { commandLine, defineCommand } from "../src/command.js";
import { choice, flag, jsonOutput, list, parsed, seed, text, whole } from "../src/option.js";
import { parseOptions } from "../src/parse-options.js";

const command = defineCommand({
  name: "try",
  summary: "tries the options",
  words: { usage: "[word...]", most: 3 },
  options: {
    json: jsonOutput("a report"),
    only: list({ value: "<ids>", about: "only these", example: "A,B" }),
    seed: seed("of the models"),
    bound: whole({ value: "<n>", about: "moves", example: 2, range: [0, 4], default: 2 }),
    pace: choice({ values: ["free", "slow"], about: "how", example: "slow", default: "free" }),
    share: parsed({
      value: "<i/n>",
      about: "a share",
      example: "1/2",
      expected: "i/n",
      parse: (given) => (given.includes("/") ? { of: given.split("/") } : undefined),
      format: ({ of }) => of.join("/"),
    }),
    file: text({ value: "<file>", about: "a file", example: "a" }),
    stock: flag("no corrections"),
  },
  run: async () => 0,
});

const parse = (line: string) =>
  parseOptions(
    line.split(" ").filter((word) => word !== ""),
    command,
  );

test("--json takes the next word only when it ends in .json", () => {
  expect(parse("--json sim").words).toEqual(["sim"]);
  expect(parse("--json sim").options.json).toBe("-");
  expect(parse("sim --json out.json uno").words).toEqual(["sim", "uno"]);
  expect(parse("sim --json out.json uno").options.json).toBe("out.json");
  expect(parse("sim --json=report").options.json).toBe("report");
  expect(parse("sim --json --seed 1").options.json).toBe("-");
  expect(parse("sim").options.json).toBeUndefined();
});

test("lists are parted by commas, repeated, or both; the last text wins", () => {
  expect(parse("--only A,B --only=C, sim").options.only).toEqual(["A", "B", "C"]);
  expect(parse("--seed 1 --seed 2").options.seed).toBe(2);
});

test("each option has the value of its kind, and its default when absent", () => {
  expect(parse("").options).toEqual({
    json: undefined,
    only: [],
    seed: undefined,
    bound: 2,
    pace: "free",
    share: undefined,
    file: undefined,
    stock: false,
  });
  expect(parse("--seed 7 --bound=0 --pace slow --share 1/2 --file a=b --stock").options).toEqual({
    json: undefined,
    only: [],
    seed: 7,
    bound: 0,
    pace: "slow",
    share: { of: ["1", "2"] },
    file: "a=b",
    stock: true,
  });
  expect(parse("a -- --seed b").words).toEqual(["a", "--seed", "b"]);
});

test.each([
  ["--nonsense", "unknown option --nonsense"],
  ["-x", "unknown option -x"],
  ["--no-stock", "unknown option --no-stock"],
  ["--constructor", "unknown option --constructor"],
  ["--stock=yes", "--stock takes no value"],
  ["--seed", "--seed has no value"],
  ["--seed --stock", "--seed has no value"],
  ["--json=", "--json has no value"],
  ["--file= --file a", "--file has no value"],
  ["--only ,", "--only names nothing"],
  ["--bound 5", '--bound is "5", expected a whole number from 0 to 4'],
  ["--bound=-1", '--bound is "-1", expected a whole number from 0 to 4'],
  ["--pace fast", '--pace is "fast", expected free or slow'],
  ["a b c d", '"d" is one argument too many'],
])("`%s` is refused: %s", (line, message) => {
  expect(() => parse(line)).toThrow(expect.objectContaining({ name: "CliError", message }));
});

test("an option that is misspelt brings up the one that was meant", () => {
  expect(() => parse("--stok")).toThrow(
    expect.objectContaining({
      hint: "Did you mean --stock? `escapement try --help` lists the options.",
    }),
  );
});

test.each([
  ["", ""],
  ["--bound 2 --pace free", ""],
  ["a --stock b", "a b --stock"],
  ["--only A --only B,C --seed=7", "--only A,B,C --seed 7"],
  ["--share 1/2 --json out.json", "--json out.json --share 1/2"],
  ["--json", "--json=-"],
  ["--file=--odd", "--file=--odd"],
  ["--file=it's", "--file 'it'\\''s'"],
])("the line that runs `%s` again is `%s`", (line, again) => {
  const { words, options } = parse(line);
  expect(commandLine(command, words, options)).toBe(`escapement try ${again}`.trim());
  if (!again.includes("'")) expect(parse(again)).toEqual({ words, options });
});

test("board names", () => {
  const names = (line: string): string[] =>
    boardTargets(line.split(" "), ["one", "two"]).map(({ kind, name }) => `${kind} ${name}`);
  expect(names("sim uno sim:two a0")).toEqual(["sim sim:one", "sim sim:two", "uno uno", "port a0"]);
  for (const port of [
    "a0",
    "u12",
    "c3",
    "COM3",
    "com10",
    "id:7580",
    "tcp://localhost:4000",
    "/dev/ttyACM0",
    "\\\\.\\COM10",
    "exec:./agent",
  ]) {
    expect(names(port)).toEqual([`port ${port}`]);
  }
  for (const wrong of ["", "a", "x0", "simulator", "COM", "id:", "tcp://"]) {
    expect(() => names(wrong)).toThrow(expect.objectContaining({ code: "unknown-board" }));
  }
});
