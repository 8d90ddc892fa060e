import { laws as catalogue } from "@escapement/conformance";
import { expect, test } from "vitest";
import { systemWorld } from "../src/boards/system-world.js";
import type { BoardWorld } from "../src/index.js";
import { runBuilt } from "./child.js";
import { FakeIo, fakeWorld, run } from "./fakes.js";
import forgetful from "./fixtures/forgetful-board.mjs";

const path = (relative: string): string => new URL(relative, import.meta.url).pathname;
const programs = "../../explore-c/test/programs/";
const racy = path(`${programs}rww-lost-update.c`);
const naive = path("../../explore/examples/naive-hal.mjs");

const forgetting = fakeWorld({ openSim: async () => ({ board: forgetful() }) });
const explore = "explore --workers 0 --only STOP-04 --bound 1";

/** Every command, where all is well and where something is wrong: its exit code, the line, the boards. */
const captures: readonly (readonly [exit: number, line: string, world?: BoardWorld])[] = [
  [0, "conform sim --only STOP"],
  [1, "conform sim:avr16 sim:stm32 --only ARM,PER --bug pico-1953"],
  [1, "conform sim:avr16 --only ARM --bug pico-1953 --verbose"],
  [2, "conform sim:avr17"],
  [0, "fuzz sim:avr16 --seed 1 --runs 20"],
  [1, "fuzz sim:one --seed 1 --runs 30", forgetting],
  [0, `${explore} --profile avr16`],
  [1, `explore --merge found.json --hal ${naive}`],
  [0, "explore --only STOP-06 --profile avr16 --value 70 --schedule e1:76c"],
  [2, "explore --bound 99"],
  [0, `race ${path(`${programs}rww-masked.c`)}`],
  [1, `race ${racy}`],
  [1, `race ${racy} --schedule c1:1h1`],
  [2, `race ${racy} --main nobody`],
  [0, "laws"],
  [0, "laws STOP-06"],
  [2, "laws STOP-99"],
  [0, "bugs"],
  [0, "bugs pico-1953"],
  [2, "bugs no-such-bug"],
  [0, "explore uno --only READ-13 --slack 64"],
];

/** Lines that are copied whole, and words that are wider than the terminal, such as paths. */
function mayBeWide(line: string): boolean {
  const text = line.trim();
  return /^(again: |see one: |resume: )?(\$ )?escapement /.test(text) || !/\S\s+\S{2,}/.test(text);
}

/** A line of progress, which is written over: no line of what is kept. */
const overwritten = new RegExp(`\\r${"\u001b"}\\[K[^\\n\\r]*(?=\\r|$)`, "g");

/** A report with findings; a HAL of a module's is searched by the built command alone. */
let found: Promise<{ readonly out: string }> | undefined;

async function shownAt(columns: number, line: string, world: BoardWorld | undefined) {
  const io = new FakeIo({ NO_COLOR: "1" }, true);
  Object.assign(io.stdout, { columns });
  Object.assign(io.stderr, { columns });
  if (line.includes("found.json")) {
    found ??= runBuilt([...explore.split(" "), "--hal", naive, "--json"]);
    io.give("found.json", (await found).out);
  }
  const { code, out, err } = await run(line, world ?? systemWorld, io, catalogue);
  return { code, text: (out + err).replaceAll(overwritten, "").replaceAll("\r\u001b[K", "") };
}

const rows = [80, 40].flatMap((columns) =>
  captures.map(([exit, line, world]) => ({ columns, exit, line, world })),
);

test.each(rows)(
  "at $columns columns every line of `$line` fits",
  { timeout: 60_000 },
  async (row) => {
    const { columns, exit, line, world } = row;
    const { code, text } = await shownAt(columns, line, world);
    expect({ code, text }).toEqual({ code: exit, text: expect.stringMatching(/\S/) });
    const wide = text.split("\n").filter((each) => [...each].length > columns && !mayBeWide(each));
    expect(wide).toEqual([]);
  },
);
