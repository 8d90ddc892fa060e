import type { BoardWorld } from "../src/index.js";
import { runBuilt } from "./child.js";
import { fakeWorld } from "./fakes.js";
import forgetful from "./fixtures/forgetful-board.mjs";

const path = (relative: string): string => new URL(relative, import.meta.url).pathname;
const programs = "../../explore-c/test/programs/";
const racy = path(`${programs}rww-lost-update.c`);
const naive = path("../../explore/examples/naive-hal.mjs");
const explore = "explore --workers 0 --only STOP-04 --bound 1";

/** A board that breaks rules, for a run in this process; another process has it as a module. */
export const forgetting: BoardWorld = fakeWorld({
  openSim: async () => ({ board: forgetful() }),
});

/** What the other process opens in place of the board of {@link forgetting}. */
export const forgettingModule: string = path("fixtures/forgetful-board.mjs");

/** A command, where all is well or where something is wrong. */
export interface Capture {
  /** How it ends. */
  readonly exit: number;
  /** What is typed after `escapement`; `found.json` is what {@link foundReport} gives. */
  readonly line: string;
  /** Present where the board is not one of the system's. */
  readonly world?: BoardWorld;
}

/** Every command, where all is well and where something is wrong. */
export const captures: readonly Capture[] = [
  { exit: 0, line: "conform sim --only STOP" },
  { exit: 1, line: "conform sim:avr16 sim:stm32 --only ARM,PER --bug pico-1953" },
  { exit: 1, line: "conform sim:avr16 --only ARM --bug pico-1953 --verbose" },
  { exit: 2, line: "conform sim:avr17" },
  { exit: 0, line: "fuzz sim:avr16 --seed 1 --runs 20" },
  { exit: 1, line: "fuzz sim:one --seed 1 --runs 30", world: forgetting },
  { exit: 0, line: `${explore} --profile avr16` },
  { exit: 1, line: `explore --merge found.json --hal ${naive}` },
  { exit: 0, line: "explore --only STOP-06 --profile avr16 --value 70 --schedule e1:76c" },
  { exit: 2, line: "explore --bound 99" },
  { exit: 0, line: `race ${path(`${programs}rww-masked.c`)}` },
  { exit: 1, line: `race ${racy}` },
  { exit: 1, line: `race ${racy} --schedule c1:1h1` },
  { exit: 2, line: `race ${racy} --main nobody` },
  { exit: 0, line: "laws" },
  { exit: 0, line: "laws STOP-06" },
  { exit: 2, line: "laws STOP-99" },
  { exit: 0, line: "bugs" },
  { exit: 0, line: "bugs pico-1953" },
  { exit: 2, line: "bugs no-such-bug" },
  { exit: 0, line: "explore uno --only READ-13 --slack 64" },
];

let found: Promise<string> | undefined;

/** A report with findings; a HAL of a module's is searched by the built command alone. */
export function foundReport(): Promise<string> {
  found ??= runBuilt([...explore.split(" "), "--hal", naive, "--json"]).then(({ out }) => out);
  return found;
}

/** Lines that are copied whole, and words that are wider than the terminal, such as paths. */
export function mayBeWide(line: string): boolean {
  const text = line.trim();
  return /^(again: |see one: |resume: )?(\$ )?escapement /.test(text) || !/\S\s+\S{2,}/.test(text);
}
