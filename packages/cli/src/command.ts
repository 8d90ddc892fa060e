import type { Law } from "@escapement/conformance";
import { shellLine } from "@escapement/scenario";
import type { BoardWorld } from "./boards/board-world.js";
import type { CommandIo } from "./command-io.js";
import type { OptionHelp, OptionTable, OptionValues } from "./option.js";

/** What every command is given, besides its options. */
export interface CommandContext {
  /** The world outside. */
  readonly io: CommandIo;
  /** The boards that there are. */
  readonly world: BoardWorld;
  /** The laws to choose from. */
  readonly laws: readonly Law[];
  /** The command line as it was given, for a shell. */
  readonly given: string;
  /** What is not an option, in order. */
  readonly words: readonly string[];
}

/** What commands are for, in the order of the help. */
export const commandTopics: readonly CommandTopic[] = [
  "Judge a board",
  "Put the interrupts everywhere",
  "Look something up",
  "Set something up",
];

/** What a command is for. */
export type CommandTopic =
  | "Judge a board"
  | "Put the interrupts everywhere"
  | "Look something up"
  | "Set something up";

/** Options that are about one thing. */
export interface OptionGroup {
  /** What they are about. */
  readonly title: string;
  /** Whether few need them: then only `--help --all` says what they are for. */
  readonly isFurther?: boolean;
  /** Their names without dashes, in the order of the help. */
  readonly options: readonly string[];
}

/** What the help says of a command. */
export interface CommandHelp {
  /** One word or two; the empty name is the command that runs when none is named. */
  readonly name: string;
  /** What it does, in a line that goes on after its name. */
  readonly summary: string;
  /** Under which heading the list of commands has it; the command without a name is in no list. */
  readonly topic?: CommandTopic;
  /** The words it takes; none when absent. */
  readonly words?: {
    /** How the usage shows them, as `<board...>`. */
    readonly usage: string;
    /** The most that there may be. */
    readonly most: number;
  };
  /** Its options by their names without dashes, in the order of the help. */
  readonly options: Readonly<Record<string, OptionHelp>>;
  /** Its options by what they are about, each in one group; one group of all when absent. */
  readonly groups?: readonly OptionGroup[];
  /** Command lines worth copying, each with what it does. */
  readonly examples?: readonly HelpRow[];
  /** Options that a command like it has and this one has not, with what to do instead. */
  readonly lacks?: Readonly<Record<string, string>>;
}

/** A command: all that the help, the usage line, the parser and the replay lines are made from. */
export interface Command<Options extends OptionTable = OptionTable> extends CommandHelp {
  /** Its options. */
  readonly options: Options;
  /** Runs it, and returns with the exit code; throws what `errorText` can show. */
  run(context: ContextOf<Options>): Promise<number>;
}

/** A command without the function that runs it, for one whose functions are loaded later. */
export type CommandForm<Options extends OptionTable> = Omit<Command<Options>, "run">;

/** A line of the help in two columns: what is written, and what it means. */
export type HelpRow = readonly [written: string, about: string];

/** The context of a command with its options, for functions that help it. */
export type ContextOf<Options extends OptionTable> = CommandContext & {
  readonly options: OptionValues<Options>;
};

/** Declares a command; its `run` gets the values of its options by their names. */
export function defineCommand<const Options extends OptionTable>(
  command: Command<Options>,
): Command<Options> {
  return command;
}

/** Declares a command that gets its `run` later. */
export function defineForm<const Options extends OptionTable>(
  form: CommandForm<Options>,
): CommandForm<Options> {
  return form;
}

/** How a command is called, as in `escapement laws [id or group] [options]`; `ending` is shown for its options. */
export function usageOf({ name, words, options }: CommandHelp, ending = "[options]"): string {
  const hasOptions = Object.keys(options).length > 0;
  const parts = ["escapement", name, words?.usage ?? "", hasOptions ? ending : ""];
  return parts.filter((part) => part !== "").join(" ");
}

/**
 * The line that runs a command with these words and options, for a shell. Options that are absent
 * or have their default are left out.
 */
export function commandLine<Options extends OptionTable>(
  { name, options }: CommandForm<Options>,
  words: readonly string[],
  values: Partial<OptionValues<Options>>,
): string {
  const given = Object.entries(options).flatMap(([option, { write }]) => {
    const value = values[option];
    const written = value === undefined ? undefined : write(value);
    if (written === undefined) return [];
    if (written === true) return [`--${option}`];
    return written.startsWith("-") ? [`--${option}=${written}`] : [`--${option}`, written];
  });
  return shellLine(["escapement", ...name.split(" "), ...words, ...given]);
}
