import { type ContextOf, defineForm } from "../command.js";
import { choice, flag, list, seed, text, whole } from "../option.js";
import { driverOptions } from "./compile-options.js";
import { deterministic, deterministicGroup } from "./report-options.js";
import { searchOptions } from "./search-options.js";

const MOST = 1_000_000_000;

const options = {
  only: list({
    value: "<ids>",
    about: "these laws or groups; READ,ARM,STOP,REG,CALL when absent",
    example: "STOP-04,READ",
  }),
  programs: whole({
    value: "<n>",
    about: "n random programs in place of laws",
    example: 1000,
    range: [1, 1_000_000],
  }),
  profile: list({
    value: "<names>",
    about: "these chips; avr16, systick24, rp2040 when absent",
    example: "avr16,rtc24",
  }),
  all: flag("every law on every chip"),
  hal: text({
    value: "<file>",
    about: "a timer HAL of yours, as a module",
    example: "./my-hal.mjs",
  }),
  word: choice({
    values: ["1", "2", "4"],
    about: "bytes that the processor of C accesses at once",
    example: "1",
    default: "4",
  }),
  ...driverOptions,
  bound: whole({
    value: "<n>",
    about: "moves in one run; 2 when absent, 1 with --programs",
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
    about: "how long a run may be held up; 8 when absent",
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
    about: "draws n schedules a case in place of searching all",
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
  seed: seed("seed of the draws, or of the first random program"),
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
  sarif: text({
    value: "<file>",
    about: "the findings in a driver in C, for code hosts",
    example: "out.sarif",
  }),
  coverage: searchOptions.coverage,
  vcd: text({
    value: "<file>",
    about: "the first finding, or the replay, as a waveform",
    example: "out.vcd",
  }),
  deterministic,
  value: searchOptions.value,
  schedule: text({
    value: "<s>",
    about: "runs one law or program by this schedule, on one chip",
    example: "e1:12c",
  }),
};

/** What `escapement explore` is run with. */
export type ExploreContext = ContextOf<typeof options>;

/** `escapement explore`: a search, a replay with `--schedule`, or a merge of reports with `--merge`. */
export const exploreForm = defineForm({
  name: "explore",
  summary: "searches the laws in every interleaving",
  topic: "Put the interrupts everywhere",
  words: { usage: "[file...]", most: Number.POSITIVE_INFINITY },
  options,
  groups: [
    { title: "What is searched", options: ["only", "programs", "profile", "all", "hal"] },
    { title: "How far", options: ["bound", "slack", "random", "seed", "first"] },
    { title: "A replay", options: ["schedule", "value"] },
    { title: "Reports", options: ["json", "html", "sarif", "vcd", "coverage"] },
    {
      title: "A search in parts",
      isFurther: true,
      options: ["shard", "resume", "merge", "workers"],
    },
    {
      title: "Limits and draws",
      isFurther: true,
      options: ["length", "masked-max", "pct", "depth"],
    },
    deterministicGroup,
    {
      title: "A driver in C",
      isFurther: true,
      options: ["word", "include", "define", "device", "optimize", "cc"],
    },
  ],
  lacks: { law: "It is called --only, as everywhere." },
  examples: [
    ["escapement explore --only STOP --profile avr16", "the laws of a group on one chip"],
    ["escapement explore ./my_timer.c ./adapter.c --profile avr16 --word 1", "a driver in C"],
    ["escapement explore --only STOP-06 --profile avr16 --value 70 --schedule e1:76c", "a replay"],
  ],
});
