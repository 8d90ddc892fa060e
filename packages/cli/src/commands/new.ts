import { type ContextOf, defineForm } from "../command.js";

const options = {};

/** What `escapement new` is run with. */
export type NewContext = ContextOf<typeof options>;

/** `escapement new driver c <folder>`. */
export const newForm = defineForm({
  name: "new",
  summary: "writes a timer driver to begin with",
  topic: "Set something up",
  words: { usage: "driver c <folder>", most: 3 },
  options,
  examples: [["escapement new driver c my-timer", "a driver in C, with its table and a README"]],
});
