import { type ContextOf, defineForm } from "../command.js";
import { flag, jsonOutput, list, text, whole } from "../option.js";
import { caseValue, shardOption } from "./explore.js";

const options = {
  law: list({
    value: "<ids>",
    about: "these laws or groups; all when absent",
    example: "STOP-04,READ",
  }),
  bound: whole({
    value: "<1|2>",
    about: "times that a run is held up until the next event",
    example: 1,
    range: [1, 2],
    default: 1,
  }),
  slack: whole({
    value: "<ticks>",
    about: "how long a run may be held up in all; 192 when absent",
    example: 64,
    range: [2, 8192],
  }),
  bug: text({
    value: "<name>",
    about: "the firmware image with this bug of the museum",
    example: "zephyr-18728",
  }),
  stock: flag("the emulator without its corrections"),
  first: flag("ends at the first finding"),
  shard: shardOption(),
  resume: text({
    value: "<file>",
    about: "goes on with the search of a partial report",
    example: "out.json",
  }),
  merge: flag("joins the reports of shards, given as files, and searches nothing"),
  json: jsonOutput("the report, as of conform; a partial one after Ctrl-C"),
  coverage: text({
    value: "<file>",
    about: "what was searched, as a Markdown page",
    example: "out.md",
  }),
  value: caseValue(),
  schedule: text({
    value: "<s>",
    about: "replays one law; with --value where the law has several cases",
    example: "u1:4213w",
  }),
};

/** What `escapement explore uno` is run with. */
export type ExploreUnoContext = ContextOf<typeof options>;

/** `escapement explore uno`: the same search at every instruction of the compiled firmware. */
export const exploreUnoForm = defineForm({
  name: "explore uno",
  summary: "the same before every instruction of the compiled firmware",
  words: { usage: "[file...]", most: Number.POSITIVE_INFINITY },
  options,
  examples: [
    ["escapement explore uno --law STOP-06", "one law"],
    ["escapement explore uno --law STOP-06 --value 9276 --schedule u1:", "a replay"],
  ],
});
