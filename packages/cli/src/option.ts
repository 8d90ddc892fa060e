import { cliErrors } from "./cli-errors.js";

/** What the help says of an option. */
export interface OptionHelp {
  /** What it is for. */
  readonly about: string;
  /** How the help shows its value, as `<n>`; `[file]` may be left out; a flag has none. */
  readonly value?: string;
  /** A letter that is short for its name, as `I` for `-I folder`. */
  readonly short?: string;
  /** A value, for somebody who gave none. */
  readonly example?: string;
  /** The value when the option is absent, where it is worth saying in the help. */
  readonly default?: string;
}

/** An option of a command: what the help says of it, and how its value is read and written. */
export interface Option<Value> extends OptionHelp {
  /** Reads what was given, in order; nothing where the option is absent. */
  read(given: readonly string[], name: string): Value;
  /** The value as the command line would give it; `true` for a flag that is set. */
  write(value: Value): string | true | undefined;
}

/** The options of a command, by their names without dashes. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values of a command's options. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

/** What every option with a value says of itself. */
interface ValueTexts {
  readonly value: string;
  readonly about: string;
  readonly example: string;
}

/** An option that is there or not. */
export function flag(about: string): Option<boolean> {
  return {
    about,
    read: (given) => given.length > 0,
    write: (value) => value || undefined,
  };
}

/** An option whose value `parse` understands; the last one counts when it is repeated. */
export function parsed<Value, const Default extends Value | undefined = undefined>(
  options: ValueTexts & {
    /** Returns undefined for a text that is no value. */
    readonly parse: (text: string) => Value | undefined;
    /** What `parse` expects, for the error. */
    readonly expected: string;
    /** The value when the option is absent. */
    readonly default?: Default;
    /** The text of a value; `String` when absent. */
    readonly format?: (value: Value) => string;
  },
): Option<Value | Default> {
  const { value, about, example, parse, expected, format = String } = options;
  const whenAbsent = options.default;
  return {
    value,
    about,
    example,
    ...(whenAbsent !== undefined && { default: format(whenAbsent) }),
    read: (given, name) => {
      const text = given.at(-1);
      if (text === undefined) return whenAbsent as Default;
      if (given.some(isBlank)) throw cliErrors.noValue({ name, example });
      const found = parse(text);
      if (found === undefined) throw cliErrors.badValue({ name, text, expected, example });
      return found;
    },
    write: (found) =>
      found === undefined || found === whenAbsent ? undefined : format(found as Value),
  };
}

/** An option that takes any text but an empty one. */
export function text(texts: ValueTexts): Option<string | undefined> {
  return parsed({ ...texts, parse: (given: string) => given, expected: "a text" });
}

/** A whole number from `range[0]` to `range[1]`. */
export function whole<const Default extends number | undefined = undefined>({
  range: [least, most],
  example,
  ...texts
}: {
  readonly value: string;
  readonly about: string;
  readonly example: number;
  readonly range: readonly [least: number, most: number];
  readonly default?: Default;
}): Option<number | Default> {
  return parsed<number, Default>({
    ...texts,
    example: String(example),
    expected: `a whole number from ${least} to ${most}`,
    parse: (given) => {
      const number = Number(given);
      return /^\d+$/.test(given) && number >= least && number <= most ? number : undefined;
    },
  });
}

/** One of a few words. */
export function choice<const Word extends string>({
  values,
  ...texts
}: {
  readonly values: readonly Word[];
  readonly about: string;
  readonly example: NoInfer<Word>;
  readonly default: NoInfer<Word>;
}): Option<Word> {
  return parsed<Word, Word>({
    ...texts,
    value: `<${values.join("|")}>`,
    expected: values.join(" or "),
    parse: (given) => values.find((value) => value === given),
  });
}

/** A seed: a whole number from 0 to 2^32 − 1. */
export function seed(about: string): Option<number | undefined> {
  return whole({ value: "<n>", about, example: 7, range: [0, 0xffff_ffff] });
}

/** A span of time, as `60s` or `5m`; its value is in milliseconds. A number alone is seconds. */
export function duration(texts: Omit<ValueTexts, "value">): Option<number | undefined> {
  return parsed<number>({
    ...texts,
    value: "<time>",
    expected: "a time above 0 and at most 30 days, such as 500ms, 60s, 5m or 2h",
    parse: millisecondsOf,
    format: durationOf,
  });
}

/** Values by commas, repeated or both; none when absent. */
export function list(texts: ValueTexts): Option<readonly string[]> {
  return {
    ...texts,
    read: (given, name) => {
      const entries = given.map(entriesOf);
      if (entries.some(({ length }) => length === 0)) {
        throw cliErrors.namesNothing({ name, example: texts.example });
      }
      return entries.flat();
    },
    write: (value) => (value.length === 0 ? undefined : value.join(",")),
  };
}

/** The file name that means stdout. */
export const stdoutName = "-";

/** A JSON report: to a file, or to stdout where none is named. */
export function jsonOutput(about: string): Option<string | undefined> {
  return text({ value: "[file]", about, example: "out.json" });
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Nobody looks at a longer run; a typing error is refused instead. */
const DURATION_MAX_MS = 30 * 24 * 3_600_000;

function millisecondsOf(text: string): number | undefined {
  const [, number = "", unit = "s"] = /^(\d*\.?\d+)(ms|s|m|h)?$/.exec(text) ?? [];
  const milliseconds = Math.ceil(Number(number) * (unitMs[unit] ?? 0));
  return milliseconds > 0 && milliseconds <= DURATION_MAX_MS ? milliseconds : undefined;
}

function durationOf(milliseconds: number): string {
  const [unit, factor] =
    Object.entries(unitMs)
      .toReversed()
      .find(([, each]) => milliseconds % each === 0) ?? [];
  return `${milliseconds / (factor ?? 1)}${unit ?? "ms"}`;
}

function isBlank(given: string): boolean {
  return given.trim() === "";
}

function entriesOf(given: string): string[] {
  return given
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
