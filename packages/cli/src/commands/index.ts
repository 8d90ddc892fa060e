import type { Command, CommandHelp } from "../command.js";
import { bugsCommand } from "./bugs.js";
import { conformCommand } from "./conform.js";
import { devsCommand } from "./devs.js";
import { exploreCommand } from "./explore.js";
import { exploreUnoCommand } from "./explore-uno.js";
import { homeCommand } from "./home.js";
import { lawsCommand } from "./laws.js";
import { serveCommand } from "./serve.js";

/** Every command, in the order of the help; the one without a name runs when none is given. */
export const commands: readonly Command[] = [
  homeCommand,
  conformCommand,
  exploreCommand,
  exploreUnoCommand,
  bugsCommand,
  lawsCommand,
  devsCommand,
  serveCommand,
];

/** Every command with its options, as the help has them. */
export const commandHelp: readonly CommandHelp[] = commands;
