import { laws as catalogue, type Law } from "@escapement/conformance";
import { helpHint, type OptionTable, parseArguments } from "./arguments.js";
import type { BoardWorld } from "./boards/board-world.js";
import { CliError } from "./cli-error.js";
import type { CliIo } from "./cli-io.js";
import { CommandIo } from "./command-io.js";
import type { Command, CommandContext } from "./commands/command.js";
import { conformCommand } from "./commands/conform.js";
import { devsCommand } from "./commands/devs.js";
import { homeCommand } from "./commands/home.js";
import { lawsCommand } from "./commands/laws.js";
import { serveCommand } from "./commands/serve.js";
import { errorText } from "./error-text.js";
import { exitCodes, graverExitCode } from "./exit-codes.js";
import { helpText } from "./help-text.js";
import { packageVersion } from "./package-version.js";

const exploreOptions: OptionTable = {
  all: "flag",
  law: "list",
  profile: "list",
  hal: "text",
  bound: "text",
  length: "text",
  "masked-max": "text",
  slack: "text",
  first: "flag",
  random: "text",
  pct: "text",
  depth: "text",
  seed: "text",
  workers: "text",
  shard: "text",
  resume: "text",
  merge: "flag",
  json: "file-or-stdout",
  html: "text",
  vcd: "text",
  coverage: "text",
  value: "text",
  schedule: "text",
};

interface CommandEntry {
  readonly run: Command;
  readonly options: OptionTable;
}

const commands = new Map<string, CommandEntry>([
  [
    "conform",
    {
      run: conformCommand,
      options: {
        only: "list",
        skip: "list",
        json: "file-or-stdout",
        junit: "text",
        html: "text",
        vcd: "text",
        seed: "text",
        baud: "text",
        timeout: "text",
        stock: "flag",
      },
    },
  ],
  // Commands that search load what they need when they are called, so that the others are quick.
  [
    "explore",
    {
      run: async (context) => (await import("./commands/explore.js")).exploreCommand(context),
      options: exploreOptions,
    },
  ],
  [
    "bugs",
    {
      run: async (context) => (await import("./commands/bugs.js")).bugsCommand(context),
      options: { json: "flag", schedule: "text", value: "text", bound: "text" },
    },
  ],
  [
    "sweep",
    {
      run: async (context) => (await import("./commands/sweep.js")).sweepCommand(context),
      options: {
        law: "list",
        bound: "text",
        slack: "text",
        json: "file-or-stdout",
        coverage: "text",
        bug: "text",
        value: "text",
        schedule: "text",
        stock: "flag",
      },
    },
  ],
  ["laws", { run: lawsCommand, options: { json: "flag" } }],
  ["devs", { run: devsCommand, options: { json: "flag" } }],
  ["serve", { run: serveCommand, options: { json: "flag", pace: "text", stock: "flag" } }],
]);

const home: CommandEntry = { run: homeCommand, options: {} };

/**
 * Runs one command line and returns with the process's exit code. Never rejects: errors are told
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
  context: Omit<CommandContext, "args">,
): Promise<number> {
  const { io } = context;
  const [name, ...rest] = argv;
  const isCommand = name !== undefined && !name.startsWith("-");
  if (name === "help") {
    io.stdout.write(helpText);
    return exitCodes.ok;
  }
  const entry = isCommand ? commands.get(name) : home;
  if (entry === undefined) {
    throw new CliError(
      "unknown-command",
      `there is no command "${name}"`,
      looksLikeBoard(name ?? "") ? `Did you mean \`escapement conform ${name}\`?` : helpHint,
    );
  }
  const args = parseArguments(isCommand ? rest : argv, entry.options);
  if (args.flag("help")) io.stdout.write(helpText);
  else if (args.flag("version")) io.stdout.write(`${packageVersion()}\n`);
  else return entry.run({ ...context, args });
  return exitCodes.ok;
}

function looksLikeBoard(word: string): boolean {
  return /^(sim(:.*)?|uno|[auc]\d+|com\d+|tcp:.*|id:.*|.*\/.*)$/i.test(word);
}
