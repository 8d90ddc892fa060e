import type { DeviceName } from "@escapement/board-c";
import { simProfiles } from "@escapement/board-sim";
import type { Device } from "@escapement/explore-c";
import { deviceName, deviceText, givenDevice } from "../boards/device-names.js";
import { cliErrors } from "../cli-errors.js";
import { type ContextOf, defineForm } from "../command.js";
import { choice, jsonOutput, list, type Option, parsed, text, whole } from "../option.js";
import { compileOptions } from "./compile-options.js";
import { deterministic, deterministicGroup } from "./report-options.js";

const MOST = 1_000_000_000;

/** A number of C: decimal, or hexadecimal with 0x. */
function numberOf(given: string): number | undefined {
  const [, sign, digits] = /^(-?)(\d{1,10}|0[xX][0-9a-fA-F]{1,8})$/.exec(given.trim()) ?? [];
  if (digits === undefined) return undefined;
  return sign === "-" ? -Number(digits) : Number(digits);
}

/** `1,2,0x10` or a range such as `0..7`. */
function numbersOf(given: string): readonly number[] | undefined {
  const [, from, to] = /^(-?\w+)\.\.(-?\w+)$/.exec(given) ?? [];
  if (from !== undefined && to !== undefined) {
    const [first, last] = [numberOf(from), numberOf(to)];
    if (first === undefined || last === undefined || last < first || last - first > 255) {
      return undefined;
    }
    return Array.from({ length: last - first + 1 }, (_, place) => first + place);
  }
  const values = given.split(",").map(numberOf);
  return values.some((value) => value === undefined) ? undefined : (values as number[]);
}

/** An option that is given once for each thing; `;` between several is as good. */
function each<Value>(options: {
  readonly value: string;
  readonly about: string;
  readonly example: string;
  readonly parse: (text: string) => Value | undefined;
  readonly format: (value: Value) => string;
}): Option<readonly Value[]> {
  const { value, about, example, parse, format } = options;
  return {
    value,
    about,
    example,
    read: (given, name) =>
      given
        .flatMap((entry) => entry.split(";"))
        .map((entry) => {
          const text = entry.trim();
          if (text === "") throw cliErrors.noValue({ name, example });
          const found = parse(text);
          if (found === undefined) {
            throw cliErrors.badValue({ name, text, expected: value.slice(1, -1), example });
          }
          return found;
        }),
    write: (values) => (values.length === 0 ? undefined : values.map(format).join(";")),
  };
}

/** A handler as the command line names it. */
interface GivenHandler {
  readonly name: string;
  readonly number: number;
  readonly priority: number;
  readonly predicate?: string;
}

function handlerOf(given: string): GivenHandler | undefined {
  const [, name, digits, priority, predicate] =
    /^([A-Za-z_]\w*)(?:=(-?\d{1,9})(?::(\d{1,9}))?)?(?:\?([A-Za-z_]\w*))?$/.exec(given) ?? [];
  if (name === undefined) return undefined;
  const number = digits === undefined ? -2 : Number(digits);
  return {
    name,
    number,
    priority: priority === undefined ? Math.max(1, number) : Math.max(1, Number(priority)),
    ...(predicate !== undefined && { predicate }),
  };
}

function handlerText({ name, number, priority, predicate }: GivenHandler): string {
  const numbers = number === -2 ? "" : `=${number}:${priority}`;
  return `${name}${numbers}${predicate === undefined ? "" : `?${predicate}`}`;
}

function inputOf(given: string) {
  const [, name, rest] = /^([A-Za-z_]\w*)=(.+)$/.exec(given) ?? [];
  const values = rest === undefined ? undefined : numbersOf(rest);
  return name === undefined || values === undefined ? undefined : { name, values };
}

/** What is behind an address: values that reads give, or a model. */
type RaceDevice = Device | DeviceName;

function deviceOf(text: string): RaceDevice | undefined {
  const given = givenDevice(text);
  const values = given && numbersOf(given.behind);
  if (given === undefined || values === undefined) return deviceName(text);
  const { address, length = 4 } = given;
  return { address, length, values };
}

function raceDeviceText(device: RaceDevice): string {
  if ("model" in device) return deviceText(device);
  const { address, length = 4, values } = device;
  return `0x${address.toString(16)}:${length}=${values.join(",")}`;
}

const profiles = Object.values(simProfiles);

const options = {
  main: text({ value: "<name>", about: "the main program", example: "app_main" }),
  isr: each({
    value: "<NAME=N[:PRIORITY][?PREDICATE]>",
    about: "an interrupt handler; found by names when absent",
    example: "uart_isr=3:2",
    parse: handlerOf,
    format: handlerText,
  }),
  enable: list({
    value: "<names>",
    about: "functions that enable a handler by its number",
    example: "irq_on",
  }),
  disable: list({
    value: "<names>",
    about: "functions that disable one",
    example: "irq_off",
  }),
  input: each({
    value: "<NAME=values>",
    about: "what an undefined function may return, the usual first",
    example: "read_pin=0,1",
    parse: inputOf,
    format: ({ name, values }) => `${name}=${values.join(",")}`,
  }),
  device: each({
    value: "<ADDRESS[:LENGTH]=values|model>",
    about: "what reads of a register give, or a model in C or JavaScript",
    example: "0x40020010:2=0,1",
    parse: deviceOf,
    format: raceDeviceText,
  }),
  profile: parsed({
    value: "<name>",
    about: "the chip under a model of registers",
    example: "avr16",
    expected: `one of ${profiles.map(({ name }) => name).join(", ")}`,
    default: "stm32",
    parse: (given) => profiles.find(({ name }) => name === given)?.name,
  }),
  model: list({
    value: "<variables>",
    about: "variables of a chip model: no interrupt there, no findings",
    example: "hw",
  }),
  word: choice({
    values: ["4", "2", "1"],
    about: "bytes of one access; more is torn",
    example: "1",
    default: "4",
  }),
  landings: whole({
    value: "<n>",
    about: "handlers entered in one run",
    example: 3,
    range: [0, 8],
    default: 3,
  }),
  "per-isr": whole({
    value: "<n>",
    about: "times that one handler is entered in one run",
    example: 2,
    range: [1, 8],
    default: 2,
  }),
  inputs: whole({
    value: "<n>",
    about: "inputs of one run with an unusual value",
    example: 2,
    range: [0, 8],
    default: 2,
  }),
  occurrences: whole({
    value: "<n>",
    about: "times that an access in a loop gets an interrupt before it",
    example: 8,
    range: [1, MOST],
    default: 8,
  }),
  time: whole({
    value: "<seconds>",
    about: "cuts the search short",
    example: 60,
    range: [1, 1_000_000],
    default: 60,
  }),
  schedule: text({
    value: "<s>",
    about: "runs one schedule, and shows it",
    example: "c1:12h1",
  }),
  ...compileOptions,
  json: jsonOutput("the result as JSON"),
  sarif: text({ value: "<file>", about: "the findings as SARIF 2.1.0", example: "race.sarif" }),
  html: text({ value: "<file>", about: "the findings drawn, as a page", example: "race.html" }),
  deterministic,
};

/** What `escapement race` is run with. */
export type RaceContext = ContextOf<typeof options>;

/** `escapement race`: a search of any interrupt-driven C program, or a replay with `--schedule`. */
export const raceForm = defineForm({
  name: "race",
  summary: "searches a C program for races of its interrupts",
  topic: "Put the interrupts everywhere",
  words: { usage: "<file.c...>", most: Number.POSITIVE_INFINITY },
  options,
  lacks: { replay: "It is called --schedule, as everywhere." },
  groups: [
    { title: "What is what", options: ["main", "isr", "enable", "disable", "input"] },
    { title: "How it is compiled", options: ["include", "define", "word"] },
    { title: "How far", options: ["landings", "inputs", "time"] },
    { title: "A replay, and reports", options: ["schedule", "json", "sarif", "html"] },
    { title: "The chip", isFurther: true, options: ["device", "profile", "model"] },
    { title: "Limits", isFurther: true, options: ["per-isr", "occurrences"] },
    deterministicGroup,
    { title: "The compiler", isFurther: true, options: ["optimize", "cc"] },
  ],
  examples: [
    ["escapement race main.c uart.c --include inc", "a program whose names say what they are"],
    [
      "escapement race app.c --main loop --isr tick=1:1 --sarif race.sarif",
      "one whose names do not",
    ],
    ["escapement race app.c --schedule c1:12h1", "one finding, line by line"],
  ],
});
