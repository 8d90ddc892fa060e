import { expect, test } from "vitest";
import { parseArguments } from "../src/arguments.js";
import { boardTargets } from "../src/boards/board-target.js";

const parse = (line: string) =>
  parseArguments(line.split(" "), { json: "file-or-stdout", only: "list", seed: "text" });

test("--json takes the next word only when it ends in .json", () => {
  expect(parse("--json sim").words).toEqual(["sim"]);
  expect(parse("--json sim").text("json")).toBe("-");
  expect(parse("sim --json out.json uno").words).toEqual(["sim", "uno"]);
  expect(parse("sim --json out.json uno").text("json")).toBe("out.json");
  expect(parse("sim --json=report").text("json")).toBe("report");
  expect(parse("sim --json --seed 1").text("json")).toBe("-");
  expect(parse("sim").text("json")).toBeUndefined();
});

test("lists are parted by commas, repeated, or both; the last text wins", () => {
  expect(parse("--only A,B --only=C, sim").list("only")).toEqual(["A", "B", "C"]);
  expect(parse("--seed 1 --seed 2").text("seed")).toBe("2");
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
  ]) {
    expect(names(port)).toEqual([`port ${port}`]);
  }
  for (const wrong of ["", "a", "x0", "simulator", "COM", "id:", "tcp://"]) {
    expect(() => names(wrong)).toThrow(expect.objectContaining({ code: "unknown-board" }));
  }
});
