import { type ContextOf, defineForm } from "../command.js";
import { choice, flag, list, seed, text, whole } from "../option.js";
import { compileOptions } from "./compile-options.js";
import { searchOptions } from "./search-options.js";

const MOST = 1_000_000_000;

const options = {
  only: list({
    value: "<ids>",
    about: "these laws or groups; READ, ARM, STOP, REG and CALL when absent",
    example: "STOP-04,READ",
  }),
  programs: whole({
    value: "<n>",
    about: "n random programs in place of laws, judged by the whole contract",
    example: 1000,
    range: [1, 1_000_000],
  }),
  profile: list({
    value: "<names>",
    about: "these simulated chips; avr16, systick24 and rp2040 when absent",
    example: "avr16,rtc24",
  }),
  all: flag("every law on every chip, unless --only or --profile say less"),
  hal: text({
    value: "<file>",
    about: "your own timer HAL: a module whose default export is a target",
    example: "./my-hal.mjs",
  }),
  word: choice({
    values: ["1", "2", "4"],
    about: "a driver in C: bytes that the processor reads and writes at once",
    example: "1",
    default: "4",
  }),
  ...compileOptions,
  bound: whole({
    value: "<n>",
    about: "times that a run is held up until the next event; 2 when absent, 1 with --programs",
    example: 2,
    range: [0, 16],
  }),
  length: whole({
    value: "<n>",
    about: "only at the first n points of a run",
    example: 200,
    range: [1, MOST],
  }),
  slack: whole({
    value: "<ticks>",
    about: "how long a run may be held up in all; 8 when absent",
    example: 8,
    range: [1, 64],
  }),
  "masked-max": whole({
    value: "<points>",
    about: "how long interrupts may be masked; 5000 when absent, any time with --programs",
    example: 400,
    range: [1, MOST],
  }),
  first: searchOptions.first,
  random: whole({
    value: "<n>",
    about: "draws n schedules for each case instead of searching all",
    example: 1000,
    range: [1, MOST],
  }),
  pct: whole({
    value: "<n>",
    about: "the same, by probabilistic concurrency testing",
    example: 1000,
    range: [1, MOST],
  }),
  depth: whole({
    value: "<n>",
    about: "moves of a drawn schedule; 3 when absent",
    example: 3,
    range: [1, 64],
  }),
  seed: seed("seed of the draws, 0 when absent; of the first random program, 1 when absent"),
  workers: whole({
    value: "<n>",
    about: "threads; 0 for the main thread, to debug a HAL in",
    example: 4,
    range: [0, 256],
  }),
  shard: searchOptions.shard,
  resume: searchOptions.resume,
  json: searchOptions.json,
  merge: searchOptions.merge,
  html: text({
    value: "<file>",
    about: "the findings drawn, and what was searched",
    example: "out.html",
  }),
  coverage: searchOptions.coverage,
  vcd: text({
    value: "<file>",
    about: "the first finding, or the replay, as a waveform",
    example: "out.vcd",
  }),
  value: searchOptions.value,
  schedule: text({
    value: "<s>",
    about:
      "replays one law, or one random program, on one chip; with --value where the law has several cases",
    example: "e1:12c",
  }),
};

/** What `escapement explore` is run with. */
export type ExploreContext = ContextOf<typeof options>;

/** `escapement explore`: a search, a replay with `--schedule`, or a merge of reports with `--merge`. */
export const exploreForm = defineForm({
  name: "explore",
  summary: "puts the interrupts everywhere: laws in every interleaving",
  words: { usage: "[file...]", most: Number.POSITIVE_INFINITY },
  options,
  lacks: { law: "It is called --only, as everywhere." },
  examples: [
    ["escapement explore --only STOP --profile avr16", "the laws of a group on one chip"],
    ["escapement explore ./my_timer.c ./adapter.c --profile avr16 --word 1", "a driver in C"],
    ["escapement explore --hal ./my-hal.mjs --json out.json", "your own timer HAL"],
    [
      "escapement explore --programs 1000 --seed 1",
      "random programs, judged by the whole contract",
    ],
    ["escapement explore --only STOP-06 --profile avr16 --value 70 --schedule e1:76c", "a replay"],
  ],
});
