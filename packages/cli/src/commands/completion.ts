import { type ContextOf, defineForm } from "../command.js";

const options = {};

/** What `escapement completion` is run with. */
export type CompletionContext = ContextOf<typeof options>;

/** `escapement completion bash|zsh|fish`. */
export const completionForm = defineForm({
  name: "completion",
  summary: "prints a script that completes commands in a shell",
  topic: "Set something up",
  words: { usage: "bash|zsh|fish", most: 1 },
  options,
  examples: [["escapement completion bash", "for `eval` in ~/.bashrc"]],
});
