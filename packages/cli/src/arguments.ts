import { parseArgs } from "node:util";
import { CliError } from "./cli-error.js";
import { optionExample } from "./option-examples.js";

/** The options of a command, by their names without dashes; `flag` takes no value. */
export type OptionTable = Readonly<Record<string, "flag" | "text" | "list" | "file-or-stdout">>;

/** A command line taken apart. */
export interface ParsedArguments {
  /** What is not an option, in order. */
  readonly words: readonly string[];
  /** Whether a flag is there. */
  flag(name: string): boolean;
  /** The value of an option, the last one when it is repeated. */
  text(name: string): string | undefined;
  /** The values of an option, repeated or parted by commas. */
  list(name: string): readonly string[];
}

/** What `--json` without a file stands for. */
export const stdoutName = "-";

/**
 * Takes a command line apart by the command's own options; `--help` and `--version` are always there.
 *
 * An option of kind `file-or-stdout` takes the next word only when that ends in `.json`, so that
 * `--json sim` is still a board; `--json=name` takes any name.
 *
 * @throws {@link CliError} `invalid-option`, naming the option; for an empty value, too.
 */
export function parseArguments(argv: readonly string[], options: OptionTable): ParsedArguments {
  const table: Record<string, { type: "string" | "boolean"; multiple: boolean; short?: string }> = {
    help: { type: "boolean", multiple: true, short: "h" },
    version: { type: "boolean", multiple: true, short: "v" },
  };
  for (const [name, kind] of Object.entries(options)) {
    table[name] = { type: kind === "flag" ? "boolean" : "string", multiple: true };
  }
  const parsed = parse(giveFiles(argv, options), table);
  refuseEmpty(parsed.values, options);
  const values = (name: string): readonly (string | boolean)[] => {
    const value = parsed.values[name];
    return Array.isArray(value) ? value : [];
  };
  const texts = (name: string): string[] =>
    values(name).filter((value) => typeof value === "string");
  return {
    words: parsed.positionals,
    flag: (name) => values(name).length > 0,
    text: (name) => texts(name).at(-1),
    list: (name) => texts(name).flatMap(entriesOf),
  };
}

function entriesOf(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** An option that is there and says nothing would be taken for one that is not there. */
function refuseEmpty(values: Readonly<Record<string, unknown>>, options: OptionTable): void {
  for (const [name, given] of Object.entries(values)) {
    const texts = (Array.isArray(given) ? given : []).filter((text) => typeof text === "string");
    const isEmpty = (text: string): boolean =>
      options[name] === "list" ? entriesOf(text).length === 0 : text.trim() === "";
    if (!texts.some(isEmpty)) continue;
    const what = options[name] === "list" ? "names nothing" : "has no value";
    throw new CliError("invalid-option", `--${name} ${what}`, optionExample(name));
  }
}

function parse(
  args: string[],
  options: Record<string, { type: "string" | "boolean"; multiple: boolean; short?: string }>,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // Node's own message goes on with advice about "--", which is not what is wrong here.
    const [first] = message.split(". ");
    throw new CliError("invalid-option", lowerFirst(first ?? message), helpHint, { cause });
  }
}

/** Where to look when a command line was not understood. */
export const helpHint = "`escapement --help` lists commands, boards and options.";

function giveFiles(argv: readonly string[], options: OptionTable): string[] {
  const given: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? "";
    const isOption = word.startsWith("--") && options[word.slice(2)] === "file-or-stdout";
    const next = argv[index + 1];
    if (!isOption) given.push(word);
    else if (next?.endsWith(".json") === true && !next.startsWith("-")) {
      given.push(`${word}=${next}`);
      index += 1;
    } else given.push(`${word}=${stdoutName}`);
  }
  return given;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
