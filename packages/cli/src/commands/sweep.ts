import { type ContextOf, defineCommand } from "../command.js";
import { flag, jsonOutput, list, text, whole } from "../option.js";
import { caseValue } from "./explore.js";

const options = {
  law: list({
    value: "<ids>",
    about: "these laws or groups; all when absent",
    example: "STOP-04,READ",
  }),
  bound: whole({
    value: "<1|2>",
    about: "times that a run is held up",
    example: 1,
    range: [1, 2],
    default: 1,
  }),
  bug: text({
    value: "<name>",
    about: "the firmware image with this bug of the museum",
    example: "zephyr-18728",
  }),
  stock: flag("the emulator without its corrections"),
  slack: whole({
    value: "<ticks>",
    about: "how long a run may be held up in all",
    example: 64,
    range: [2, 8192],
  }),
  json: jsonOutput("the report, as of conform"),
  coverage: text({
    value: "<file>",
    about: "what was searched, as a Markdown page",
    example: "out.md",
  }),
  value: caseValue(),
  schedule: text({ value: "<s>", about: "replays one law", example: "u1:4213w" }),
};

/** What `escapement sweep` is run with. */
export type SweepContext = ContextOf<typeof options>;

/** `escapement sweep uno`: interrupts before every instruction of the firmware. */
export const sweepCommand = defineCommand({
  name: "sweep",
  summary: "puts the interrupts before every instruction of the firmware",
  words: { usage: "uno", most: 1 },
  options,
  run: async (context) => (await import("../exploring/run-sweep.js")).sweep(context),
});
