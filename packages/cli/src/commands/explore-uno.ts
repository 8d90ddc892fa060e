import { type ContextOf, defineForm } from "../command.js";
import { flag, list, text, whole } from "../option.js";
import { deterministic } from "./report-options.js";
import { searchOptions } from "./search-options.js";

const options = {
  only: list({
    value: "<ids>",
    about: "these laws or groups; all when absent",
    example: "STOP-04,READ",
  }),
  bound: whole({
    value: "<1|2>",
    about: "moves in one run",
    example: 1,
    range: [1, 2],
    default: 1,
  }),
  slack: whole({
    value: "<ticks>",
    about: "how long a run may be held up; 192 when absent",
    example: 64,
    range: [2, 8192],
  }),
  bug: text({
    value: "<name>",
    about: "the firmware with this bug; needs avr-gcc",
    example: "zephyr-18728",
  }),
  stock: flag("the emulator without its corrections"),
  first: searchOptions.first,
  shard: searchOptions.shard,
  resume: searchOptions.resume,
  merge: searchOptions.merge,
  json: searchOptions.json,
  coverage: searchOptions.coverage,
  deterministic,
  value: searchOptions.value,
  schedule: text({
    value: "<s>",
    about: "runs one law by this schedule",
    example: "u1:4213w",
  }),
};

/** What `escapement explore uno` is run with. */
export type ExploreUnoContext = ContextOf<typeof options>;

/** `escapement explore uno`: the same search at every instruction of the compiled firmware. */
export const exploreUnoForm = defineForm({
  name: "explore uno",
  summary: "the same, before every instruction of the firmware",
  topic: "Put the interrupts everywhere",
  words: { usage: "[file...]", most: Number.POSITIVE_INFINITY },
  options,
  groups: [
    { title: "What is searched", options: ["only", "bug", "stock"] },
    { title: "How far", options: ["bound", "slack", "first"] },
    { title: "A replay", options: ["schedule", "value"] },
    { title: "A search in parts", options: ["shard", "resume", "merge"] },
    { title: "Reports", options: ["json", "coverage", "deterministic"] },
  ],
  lacks: {
    law: "It is called --only, as everywhere.",
    workers:
      "What is run of a law depends on what the laws before it have covered. Give each process a --shard, and join the reports with --merge.",
  },
  examples: [
    ["escapement explore uno --only STOP-06", "one law"],
    ["escapement explore uno --only STOP-06 --value 9276 --schedule u1:", "a replay"],
  ],
});
