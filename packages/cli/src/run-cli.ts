import { laws as catalogue, type Law } from "@escapement/conformance";
import { shellLine } from "@escapement/scenario";
import { nearestNames } from "@escapement/timeline";
import type { BoardWorld } from "./boards/board-world.js";
import { type CliError, cliErrors } from "./cli-errors.js";
import type { CliIo } from "./cli-io.js";
import type { Command, CommandContext } from "./command.js";
import { CommandIo } from "./command-io.js";
import { commands } from "./commands/index.js";
import { errorText } from "./error-text.js";
import { exitCodes, graverExitCode } from "./exit-codes.js";
import { commandText, overviewText, topicNames, topicText } from "./help.js";
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
    const exitCode = await dispatch(argv, {
      io,
      world,
      laws,
      given: shellLine(["escapement", ...argv]),
    });
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
  const { io } = context;
  if (argv[0] === "help") return showHelp(io, argv.slice(1));
  const { command, rest } = commandOf(argv);
  const has = (...names: readonly string[]): boolean => rest.some((word) => names.includes(word));
  if (has("--help", "-h")) return showCommand(io, command, has("--all"));
  if (has("--version", "-v")) io.stdout.write(`${packageVersion()}\n`);
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
    const command = commands.find((each) => each.name === name);
    if (command !== undefined) return { command, rest: argv.slice(length) };
  }
  throw unknownCommand(argv[0] ?? "");
}

/** `help conform` is `conform --help`, `help boards` a page of its own, and `help` alone `--help`. */
function showHelp(io: CommandIo, argv: readonly string[]): number {
  const topic = topicText(argv[0] ?? "", io.stdout.columns);
  if (topic === undefined) {
    const { command, rest } = commandOf(argv);
    return showCommand(io, command, rest.includes("--all"));
  }
  io.stdout.write(topic);
  return exitCodes.ok;
}

function showCommand({ stdout }: CommandIo, command: Command, all: boolean): number {
  const { columns } = stdout;
  stdout.write(command.name === "" ? overviewText(columns) : commandText(command, columns, all));
  return exitCodes.ok;
}

/** What was meant by a word that is no command: one of the words that lead somewhere else, or a typing error. */
function unknownCommand(name: string): CliError {
  if (name === "sweep") return cliErrors.misspeltCommand({ name, near: "explore uno" });
  if (looksLikeBoard(name)) return cliErrors.misspeltCommand({ name, near: `conform ${name}` });
  if (/^[a-z]+-\d+$/i.test(name)) return cliErrors.lawForCommand({ name });
  const words = commands.flatMap((each) => (each.name === "" ? [] : [each.name]));
  const [near] = nearestNames(name, [...words, ...topicNames.map((topic) => `help ${topic}`)], 1);
  return near === undefined
    ? cliErrors.unknownCommand({ name })
    : cliErrors.misspeltCommand({ name, near });
}

function looksLikeBoard(word: string): boolean {
  return /^(sim(:.*)?|uno|[auc]\d+|com\d+|tcp:.*|id:.*|mpy:.*|exec:.*|.*\/.*|.*\.(c|wasm|[cm]?[jt]s))$/i.test(
    word,
  );
}
