import type { OptionGroup } from "../command.js";
import { flag, list, parsed, whole } from "../option.js";

/** The options of every command that runs programs on boards; each puts them into its own order. */
export const boardOptions = {
  baud: whole({
    value: "<n>",
    about: "of a serial port; 115200 when absent",
    example: 500_000,
    range: [300, 4_000_000],
  }),
  timeout: parsed({
    value: "<seconds>",
    about: "for the whole run; ends it with exit code 42",
    example: "120",
    expected: "seconds above 0 and at most 86400",
    parse: secondsOf,
  }),
  profile: list({
    value: "<names>",
    about: "chips under a driver in C, or all; stm32 when absent",
    example: "stm32,avr16",
  }),
  late: whole({
    value: "<us>",
    about: "mpy: how late a callback may come, if more than the port's bound",
    example: 500,
    range: [1, 1_000_000],
  }),
  resume: flag("mpy: no soft reset before the first program"),
  stock: flag("uno: the emulator without its corrections"),
};

/** Those that only some boards have. */
export const boardGroup: OptionGroup = {
  title: "Some boards",
  isFurther: true,
  options: ["late", "resume", "stock"],
};

/** Milliseconds of `--timeout`, where it was given. */
export function timeoutMsOf(timeout: number | undefined): number | undefined {
  return timeout === undefined ? undefined : Math.ceil(timeout * 1000);
}

function secondsOf(text: string): number | undefined {
  const seconds = Number(text);
  return /^\d*\.?\d+$/.test(text) && seconds > 0 && seconds <= 86_400 ? seconds : undefined;
}
