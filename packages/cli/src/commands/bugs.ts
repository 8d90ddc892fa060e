import { type ContextOf, defineForm } from "../command.js";
import { flag, text, whole } from "../option.js";
import { searchOptions } from "./search-options.js";

const options = {
  bound: whole({
    value: "<n>",
    about: "as of explore",
    example: 2,
    range: [0, 4],
    default: 2,
  }),
  value: searchOptions.value,
  schedule: text({ value: "<s>", about: "replays the bug", example: "e1:12c" }),
  json: flag("the list as JSON to stdout"),
};

/** What `escapement bugs` is run with. */
export type BugsContext = ContextOf<typeof options>;

/** `escapement bugs`: the museum's list, or one of its bugs, live. */
export const bugsForm = defineForm({
  name: "bugs",
  summary: "lists real timer bugs, or brings one back and finds it",
  topic: "Look something up",
  words: { usage: "[name]", most: 1 },
  options,
  examples: [["escapement bugs embassy-3758", "one bug, found by a search and drawn"]],
});
