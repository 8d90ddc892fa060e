import { laws as catalogue, type Law } from "@escapement/conformance";
import type { BoardWorld } from "./boards/board-world.js";
import { cliErrors } from "./cli-errors.js";
import type { CliIo } from "./cli-io.js";
import type { Command, CommandContext } from "./command.js";
import { CommandIo } from "./command-io.js";
import { commands } from "./commands/index.js";
import { errorText } from "./error-text.js";
import { exitCodes, graverExitCode } from "./exit-codes.js";
import { commandSections, helpSections, helpText } from "./help.js";
import { packageVersion } from "./package-version.js";
import { parseOptions } from "./parse-options.js";

/**
 * Runs one command line and returns with the process's exit code. Never rejects: errors are shown
 * on stderr as `error[code]: message` with a hint. `laws` is the catalogue unless a caller has its own.
 */
export async function runCli(
  argv: readonly string[],
  outside: CliIo,
  world: BoardWorld,
  laws: readonly Law[] = catalogue,
): Promise<number> {
  const io = new CommandIo(outside);
  try {
    const exitCode = await dispatch(argv, { io, world, laws });
    return io.hasFailed ? graverExitCode(exitCode, exitCodes.link) : exitCode;
  } catch (error) {
    const { text, exitCode } = errorText(error);
    io.stderr.write(text);
    if ((io.env.ESCAPEMENT_DEBUG ?? "") !== "" && error instanceof Error) {
      io.stderr.write(`${error.stack ?? ""}\n`);
    }
    return exitCode;
  }
}

async function dispatch(
  argv: readonly string[],
  context: Omit<CommandContext, "words">,
): Promise<number> {
  const { command, rest } = commandOf(argv);
  const has = (...names: readonly string[]): boolean => rest.some((word) => names.includes(word));
  if (has("--help", "-h")) return showHelp(context.io, command);
  if (has("--version", "-v")) context.io.stdout.write(`${packageVersion()}\n`);
  else return command.run({ ...context, ...parseOptions(rest, command) });
  return exitCodes.ok;
}

/** The command that a line begins with, by two words or one, and what comes behind its name. */
function commandOf(argv: readonly string[]): {
  readonly command: Command;
  readonly rest: readonly string[];
} {
  const isNamed = argv[0]?.startsWith("-") === false;
  for (const length of isNamed ? [2, 1] : [0]) {
    const name = argv.slice(0, length).join(" ");
    // `help conform` is `conform --help`.
    if (name === "help") return helpOf(argv.slice(1));
    const command = commands.find((each) => each.name === name);
    if (command !== undefined) return { command, rest: argv.slice(length) };
  }
  const [name = ""] = argv;
  if (name === "sweep") throw cliErrors.formerCommand({ name });
  throw looksLikeBoard(name)
    ? cliErrors.boardForCommand({ name })
    : cliErrors.unknownCommand({ name });
}

function helpOf(argv: readonly string[]): ReturnType<typeof commandOf> {
  return { ...commandOf(argv), rest: ["--help"] };
}

function showHelp({ stdout }: CommandIo, command: Command): number {
  const { name, summary } = command;
  stdout.write(
    name === ""
      ? helpText(
          "escapement: one suite of timer laws, on every board",
          helpSections(),
          stdout.columns,
        )
      : helpText(`escapement ${name}: ${summary}`, commandSections(command), stdout.columns),
  );
  return exitCodes.ok;
}

function looksLikeBoard(word: string): boolean {
  return /^(sim(:.*)?|uno|[auc]\d+|com\d+|tcp:.*|id:.*|.*\/.*)$/i.test(word);
}
