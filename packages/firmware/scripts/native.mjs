/**
 * The native side, with gcc. Exit 1 where something fails, 3 without gcc.
 *
 *   node scripts/native.mjs test [bits [timers [autoClear]]]   unit tests under ASan and UBSan, for a counter of 8,
 *                                         16, 24 or 32 bits, a capacity of 8 to 32 timers, and a chip
 *                                         that clears a flag by entering its interrupt (1) or not (0)
 *   node scripts/native.mjs threads [iterations [seed]]   two threads and an interrupt on a port with a lock, under
 *                                         ThreadSanitizer; 1000000 iterations by default
 *   node scripts/native.mjs threads-naive   the same on a port that masks only its own core: has to fail
 *   node scripts/native.mjs headers       each header compiles by itself
 *   node scripts/native.mjs agent <file>  builds the agent on standard input and output
 *   node scripts/native.mjs line <file>   builds the agent in lock step with a test, under ASan and UBSan
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  assertions,
  hostFlags,
  installGccLine,
  requireTool,
  root,
  run,
  threadFlags,
} from "./toolchain.mjs";

const c = join(root, "c");
const sources = (folder) =>
  readdirSync(join(c, folder))
    .filter((name) => name.endsWith(".c"))
    .map((name) => `${folder}/${name}`);
const hal = sources("hal");
const agentAndHal = [...hal, ...sources("agent")];
const hostFiles = ["ports/host/host.c", "ports/host/board.c"];

function test(bits, timers, autoClear) {
  const program = join(root, "build", `tests-${bits}-${timers}-${autoClear}`);
  run("gcc", [
    ...hostFlags,
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
    ...assertions,
    `-DESC_HOST_COUNTER_BITS=${bits}`,
    `-DESC_TIMERS=${timers}`,
    `-DESC_HOST_AUTO_CLEAR=${autoClear}`,
    ...agentAndHal,
    ...hostFiles,
    ...sources("test"),
    "-o",
    program,
  ]);
  process.stdout.write(run(program, []));
}

function threads(iterations, seed, isNaive) {
  const program = join(root, "build", isNaive ? "threads-naive" : "threads");
  run("gcc", [
    ...threadFlags,
    `-DESC_PTHREAD_NAIVE=${isNaive ? 1 : 0}`,
    ...hal,
    "ports/pthread/pthread.c",
    ...sources("test/threads"),
    "-pthread",
    "-o",
    program,
  ]);
  process.stdout.write(run(program, ["--iterations", iterations, "--seed", seed]));
}

function headers() {
  const folders = ["hal", "agent", "ports/host", "test"];
  for (const folder of folders) {
    for (const name of readdirSync(join(c, folder)).filter((each) => each.endsWith(".h"))) {
      if (name === "vectors.h") continue; // data for one file, which uses all of it
      const file = join(root, "build", "header.c");
      writeFileSync(file, `#include "${name}"\n#include "${name}"\nint esc_nothing;\n`);
      run("gcc", [...hostFlags, "-Wno-unused-function", "-fsyntax-only", file]);
      console.log(`ok ${folder}/${name}`);
    }
  }
}

function agent(file) {
  run("gcc", [...hostFlags, ...agentAndHal, ...sources("ports/host"), "-o", resolve(file)]);
}

function line(file) {
  const sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
  const files = [...agentAndHal, ...hostFiles, "test/line/line_main.c"];
  run("gcc", [...hostFlags, ...sanitizers, ...assertions, ...files, "-o", resolve(file)]);
}

const usage =
  "usage: node scripts/native.mjs test [bits [timers [autoClear]]] | threads [iterations [seed]] | threads-naive | headers | agent <file> | line <file>";
const [command, argument, timers, autoClear] = process.argv.slice(2);
requireTool("gcc", installGccLine);
mkdirSync(join(root, "build"), { recursive: true });
try {
  if (command === "test") test(argument ?? "16", timers ?? "8", autoClear ?? "0");
  else if (command === "threads") threads(argument ?? "1000000", timers ?? "1", false);
  else if (command === "threads-naive") {
    // The first race ends it: what comes after may be anything, an endless loop too.
    process.env.TSAN_OPTIONS = "halt_on_error=1";
    threads("20000", "1", true);
  } else if (command === "headers") headers();
  else if (command === "agent" && argument !== undefined) agent(argument);
  else if (command === "line" && argument !== undefined) line(argument);
  else throw new Error(usage);
} catch (error) {
  console.error((error.stdout ?? "") + (error.stderr ?? "") || error.message);
  process.exitCode = 1;
}
