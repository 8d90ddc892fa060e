import { isCName } from "../boards/c-target.js";
import type { OptionGroup } from "../command.js";
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

/** The options of every command that runs a timer driver in C. */
export const driverOptions = {
  ...compileOptions,
  device: list({
    value: "<ADDRESS[:LENGTH]=model>",
    about: "the chip behind an address: stm32-tim2, avr-timer1, or a model in C or JavaScript",
    example: "0x40000000=stm32-tim2",
  }),
};

/** Those of them that few need. */
export const driverGroup: OptionGroup = {
  title: "A driver in C",
  isFurther: true,
  options: ["include", "define", "device", "optimize", "cc"],
};

/** Those of the options that a line has which runs something on that board again. */
export function compileAgain(
  board: string,
  { include, define, optimize, cc, device }: OptionValues<typeof driverOptions>,
): Partial<OptionValues<typeof driverOptions>> {
  if (!isCName(board)) return {};
  return { include, define, optimize, device, ...(cc !== undefined && { cc }) };
}
