#!/usr/bin/env node
import { systemWorld } from "./boards/system-world.js";
import { CommandIo } from "./command-io.js";
import { errorText } from "./error-text.js";
import { exitCodes, graverExitCode } from "./exit-codes.js";
import { flushProcess, processIo, stdoutFailure } from "./process-io.js";
import { runCli } from "./run-cli.js";

const io = processIo();

// Timers, ports and ttys of boards that were given up must not keep the process alive.
async function end(exitCode: number): Promise<void> {
  await flushProcess();
  const failure = stdoutFailure();
  if (failure === undefined) process.exit(exitCode);
  new CommandIo(io).stderr.write(errorText(failure).text);
  await flushProcess();
  process.exit(graverExitCode(exitCode, exitCodes.link));
}

process.on("uncaughtException", (error) => {
  const { text, exitCode } = errorText(error);
  const { stderr } = new CommandIo(io);
  stderr.write(text);
  if ((process.env.ESCAPEMENT_DEBUG ?? "") !== "") stderr.write(`${error.stack}\n`);
  process.exit(exitCode);
});

await end(await runCli(process.argv.slice(2), io, systemWorld));
