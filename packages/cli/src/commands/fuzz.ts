import { type ContextOf, defineForm } from "../command.js";
import { duration, flag, jsonOutput, list, seed, text, whole } from "../option.js";
import { boardGroup, boardOptions } from "./board-options.js";
import { driverGroup, driverOptions } from "./compile-options.js";
import { deterministic, deterministicGroup } from "./report-options.js";

/** Programs that are run on each board where nothing says how many. */
export const RUNS_USUAL = 1_000;

const options = {
  seed: seed(
    "seed of the first program; when absent drawn from the clock, behind programs that once found something",
  ),
  runs: whole({
    value: "<n>",
    about: "programs on each board",
    example: 5000,
    range: [1, 1_000_000_000],
  }),
  for: duration({
    about: `time on each board; without it and --runs, ${RUNS_USUAL} programs`,
    example: "60s",
  }),
  only: list({
    value: "<groups>",
    about: "only what these groups of rules are about",
    example: "STOP,READ",
  }),
  first: flag("ends at the first broken rule of each board"),
  "no-shrink": flag("shows programs as they were made"),
  save: text({
    value: "<file>",
    about: "the first failure as a law, in TypeScript",
    example: "my-law.ts",
  }),
  json: jsonOutput("the report, as of conform"),
  junit: text({ value: "<file>", about: "JUnit XML", example: "out.xml" }),
  html: text({ value: "<file>", about: "one self-contained page", example: "out.html" }),
  vcd: text({
    value: "<file>",
    about: "the first failure's trace, as a waveform",
    example: "out.vcd",
  }),
  deterministic,
  ...boardOptions,
  ...driverOptions,
};

/** What `escapement fuzz` is run with. */
export type FuzzContext = ContextOf<typeof options>;

/** `escapement fuzz`: random programs, judged by the contract. */
export const fuzzForm = defineForm({
  name: "fuzz",
  summary: "runs random programs, and judges each by the contract",
  topic: "Judge a board",
  words: { usage: "<board...>", most: Number.POSITIVE_INFINITY },
  options,
  groups: [
    { title: "Which programs", options: ["runs", "for", "seed", "only", "first", "no-shrink"] },
    { title: "Boards", options: ["profile", "baud", "timeout"] },
    { title: "Reports", options: ["save", "json", "junit", "html", "vcd"] },
    driverGroup,
    boardGroup,
    deterministicGroup,
  ],
  examples: [
    ["escapement fuzz sim", `${RUNS_USUAL} programs on every simulated board`],
    ["escapement fuzz ./my-board.mjs --for 10m --save my-law.ts", "a driver of yours"],
    ["escapement fuzz a0 --seed 23 --runs 1", "one program on /dev/ttyACM0"],
  ],
});
