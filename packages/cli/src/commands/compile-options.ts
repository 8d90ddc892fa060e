import { isCName } from "../boards/c-target.js";
import { choice, list, type OptionValues, text } from "../option.js";

/** The options of every command that compiles C; each puts them into its own order. */
export const compileOptions = {
  include: {
    ...list({ value: "<folders>", about: "folders of headers", example: "inc" }),
    short: "I",
  },
  define: {
    ...list({ value: "<macros>", about: "macros, as NAME or NAME=value", example: "N=4" }),
    short: "D",
  },
  optimize: {
    ...choice({
      values: ["0", "s", "1", "2"],
      about: "how the compiler optimizes",
      example: "0",
      default: "0",
    }),
    short: "O",
  },
  cc: text({
    value: "<clang>",
    about: "compiles with a clang of this machine",
    example: "clang-18",
  }),
};

/** Those of the options that a line has which runs something on that board again. */
export function compileAgain(
  board: string,
  { include, define, optimize, cc }: OptionValues<typeof compileOptions>,
): Partial<OptionValues<typeof compileOptions>> {
  return isCName(board) ? { include, define, optimize, ...(cc !== undefined && { cc }) } : {};
}
