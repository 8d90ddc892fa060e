export * from "./boards/board-world.js";
export { CliError, type CliErrorCode } from "./cli-error.js";
export * from "./cli-io.js";
export { exitCodes } from "./exit-codes.js";
export { runCli } from "./run-cli.js";
