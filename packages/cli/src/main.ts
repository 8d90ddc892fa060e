#!/usr/bin/env node
import { systemWorld } from "./boards/system-world.js";
import { errorText } from "./error-text.js";
import { flushProcess, processIo } from "./process-io.js";
import { runCli } from "./run-cli.js";

// Timers, ports and ttys of boards that were given up must not keep the process alive.
async function end(exitCode: number): Promise<void> {
  await flushProcess();
  process.exit(exitCode);
}

process.on("uncaughtException", (error) => {
  const { text, exitCode } = errorText(error);
  process.stderr.write(text);
  if ((process.env.ESCAPEMENT_DEBUG ?? "") !== "") process.stderr.write(`${error.stack}\n`);
  process.exit(exitCode);
});

await end(await runCli(process.argv.slice(2), processIo(), systemWorld));
