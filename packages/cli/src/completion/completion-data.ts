import { museum } from "@escapement/bug-museum";
import { laws as catalogue, groupOf, type Law } from "@escapement/conformance";
import type { CommandHelp } from "../command.js";

/** What an option's value can be, or a word of a command. */
export type Completed =
  /** One of these words; a list of them by commas where it says so. */
  | { readonly kind: "words"; readonly words: readonly string[]; readonly isList: boolean }
  /** A file or a folder. */
  | { readonly kind: "file" }
  /** Something that nobody can know. */
  | { readonly kind: "none" };

/** An option as a shell completes it. */
interface CompletedOption {
  /** Its name, without dashes. */
  readonly name: string;
  /** What it is for. */
  readonly about: string;
  /** What its value can be; absent for a flag. */
  readonly value?: Completed;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** One word or two. */
  readonly name: string;
  /** What it does. */
  readonly summary: string;
  /** Its options. */
  readonly options: readonly CompletedOption[];
  /** What its words can be, besides files. */
  readonly words: readonly string[];
  /** Whether a word may be a file. */
  readonly takesFiles: boolean;
}

/** What is known of this machine's boards. */
export interface CompletionWorld {
  /** Names of the simulated profiles. */
  readonly profiles: readonly string[];
}

/** The second word of a command of two, where the first is this one. */
function secondWord(name: string, of: string): readonly string[] {
  const [first, second] = name.split(" ");
  return first === of && second !== undefined ? [second] : [];
}

/** All that a shell needs, from the objects that the help is made from. */
export function completionData(
  commands: readonly CommandHelp[],
  { profiles }: CompletionWorld,
  laws: readonly Law[] = catalogue,
): readonly CompletedCommand[] {
  const ids = [...new Set(laws.map(({ id }) => groupOf(id))), ...laws.map(({ id }) => id)];
  const bugs = museum.map(({ name }) => name);
  const boards = ["sim", "uno", ...profiles.map((name) => `sim:${name}`)];
  const list = (words: readonly string[]): Completed => ({ kind: "words", words, isList: true });
  const one = (words: readonly string[]): Completed => ({ kind: "words", words, isList: false });
  const completedValue = (name: string, value: string): Completed => {
    if (name === "only" || name === "skip") return list(ids);
    if (name === "profile") return list(profiles);
    if (name === "bug") return one(bugs);
    const choices = /^<([\w-]+(?:\|[\w-]+)+)>$/.exec(value)?.[1]?.split("|");
    if (choices !== undefined) return one(choices);
    return /file|dir|folder/.test(value) ? { kind: "file" } : { kind: "none" };
  };
  return commands.flatMap(({ name, summary, words, options }): readonly CompletedCommand[] => {
    if (name === "") return [];
    const usage = words?.usage ?? "";
    const isOfBoards = usage.includes("board");
    const fixed = /^\w+(?:\|\w+)+$/.test(usage) ? usage.split("|") : [];
    return [
      {
        name,
        summary,
        options: [
          ...Object.entries(options).map(([option, { about, value }]) => ({
            name: option,
            about,
            ...(value !== undefined && { value: completedValue(option, value) }),
          })),
          { name: "help", about: "what the command takes" },
        ],
        words: [
          ...(isOfBoards ? boards : []),
          ...(usage.includes("id or group") ? ids : []),
          ...(name === "bugs" ? bugs : []),
          ...fixed,
          ...commands.flatMap((other) => secondWord(other.name, name)),
        ],
        takesFiles: isOfBoards || usage.includes("file") || usage.includes("folder"),
      },
    ];
  });
}
