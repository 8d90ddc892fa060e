import type { Law } from "@escapement/conformance";
import type { ParsedArguments } from "../arguments.js";
import type { BoardWorld } from "../boards/board-world.js";
import { CliError } from "../cli-error.js";
import type { CommandIo } from "../command-io.js";

/** What every command is given. */
export interface CommandContext {
  /** The world outside. */
  readonly io: CommandIo;
  /** The boards that there are. */
  readonly world: BoardWorld;
  /** The laws to choose from. */
  readonly laws: readonly Law[];
  /** The command line without the command's name. */
  readonly args: ParsedArguments;
}

/** Runs a command and returns with the exit code; throws what `errorText` can tell. */
export type Command = (context: CommandContext) => Promise<number>;

/** Refuses words beyond those that a command takes. */
export function atMostWords(args: ParsedArguments, most: number, usage: string): void {
  const extra = args.words[most];
  if (extra === undefined) return;
  throw new CliError("invalid-argument", `"${extra}" is one argument too many`, `Usage: ${usage}`);
}
