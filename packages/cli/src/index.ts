export * from "./boards/board-world.js";
export { CliError, type CliErrorCode } from "./cli-errors.js";
export * from "./cli-io.js";
export type { CommandHelp, CommandTopic, HelpRow, OptionGroup } from "./command.js";
export { exitCodes } from "./exit-codes.js";
export { commandHelp, commandSections, type HelpSection, helpSections } from "./help.js";
export type { OptionHelp } from "./option.js";
export { runCli } from "./run-cli.js";
