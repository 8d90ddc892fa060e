import { parseArgs } from "node:util";
import { nearestNames } from "@escapement/timeline";
import { type CliError, cliErrors } from "./cli-errors.js";
import { type Command, usageOf } from "./command.js";
import { type Option, type OptionTable, type OptionValues, stdoutName } from "./option.js";

/** A command line taken apart. */
export interface ParsedLine<Options extends OptionTable> {
  /** What is not an option, in order. */
  readonly words: readonly string[];
  /** The value of each option. */
  readonly options: OptionValues<Options>;
}

/**
 * Takes the words behind a command's name apart by the command's own options.
 *
 * An option whose value may be left out takes the next word only when that ends in `.json`, so that
 * `--json sim` is still a board; `--json=name` takes any name.
 *
 * @throws {@link CliError} `invalid-option`, naming the option; `invalid-argument` for a word too many.
 */
export function parseOptions<Options extends OptionTable>(
  argv: readonly string[],
  command: Command<Options>,
): ParsedLine<Options> {
  const { words, given } = wordsAndTexts(argv, command);
  const word = words[command.words?.most ?? 0];
  if (word !== undefined) throw cliErrors.extraWord({ word, usage: usageOf(command) });
  const values = Object.entries(command.options).map(([name, option]) => [
    name,
    option.read(given.get(name) ?? [], name),
  ]);
  return { words, options: Object.fromEntries(values) };
}

function wordsAndTexts(
  argv: readonly string[],
  command: Command,
): { readonly words: readonly string[]; readonly given: ReadonlyMap<string, readonly string[]> } {
  const tokens = tokensOf(argv, command.options);
  const words: string[] = [];
  const given = new Map<string, string[]>();
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind === "positional") words.push(token.value);
    if (token?.kind !== "option") continue;
    const { name, rawName } = token;
    const known = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    const option =
      rawName.startsWith("--") || known?.short === rawName.slice(1) ? known : undefined;
    if (option === undefined) throw unknownOption(rawName, command);
    let text = token.value;
    const next = tokens[at + 1];
    if (option.value === undefined && text !== undefined) throw cliErrors.valueOfFlag({ name });
    if (mayLackValue(option) && text === undefined) {
      const isFile = next?.kind === "positional" && next.value.endsWith(".json");
      text = isFile ? next.value : stdoutName;
      at += isFile ? 1 : 0;
    }
    // What looks like an option is one; a value that begins so is given as --name=value. No option is
    // a number: one below 0 is a value, and refused as such.
    if (token.inlineValue === false && text !== undefined && /^-(?!\d)/.test(text)) text = "";
    given.set(name, [...(given.get(name) ?? []), text ?? ""]);
  }
  return { words, given };
}

function unknownOption(option: string, { name, options, lacks = {} }: Command): CliError {
  const long = option.replace(/^--/, "");
  const instead = Object.hasOwn(lacks, long) ? lacks[long] : undefined;
  if (instead !== undefined) return cliErrors.lackingOption({ option, name, instead });
  const help = name === "" ? "escapement --help" : `escapement ${name} --help`;
  const names = Object.keys(options).map((each) => `--${each}`);
  const [near] = nearestNames(option, names, 1);
  return near === undefined
    ? cliErrors.unknownOption({ option, help })
    : cliErrors.misspeltOption({ option, help, near });
}

function tokensOf(argv: readonly string[], options: OptionTable) {
  const types = Object.entries(options).map(([name, option]) => {
    const takesNext = option.value !== undefined && !mayLackValue(option);
    const type = takesNext ? ("string" as const) : ("boolean" as const);
    return [name, { type, ...(option.short !== undefined && { short: option.short }) }] as const;
  });
  const config = { allowPositionals: true, strict: false, tokens: true } as const;
  return parseArgs({ args: [...argv], options: Object.fromEntries(types), ...config }).tokens;
}

function mayLackValue({ value }: Option<unknown>): boolean {
  return value?.startsWith("[") === true;
}
