/**
 * The agent on a Cortex-M3, the machine mps2-an385 of QEMU. Exit 1 where something fails, 3 where a tool is missing.
 *
 *   node scripts/mps2-an385.mjs build [flags…]        builds build/mps2-an385.elf and prints its size; flags go to the compiler
 *   node scripts/mps2-an385.mjs run [port [flags…]]   builds it and runs it until it is ended; the line is a TCP port
 *                                                     (default 4000; 0 takes a free one), which is printed
 *   node scripts/mps2-an385.mjs play <elf> [port]     runs a program that was built elsewhere
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { installArmLine, requireTool, root, run, strict } from "./toolchain.mjs";

const compiler = "arm-none-eabi-gcc";
const emulator = "qemu-system-arm";
const folder = "ports/mps2-an385";

/** Virtual time is a count of instructions, 8 ns each, so that a run does not depend on the host. */
const qemuFlags = [
  ...["-machine", "mps2-an385", "-icount", "shift=3,sleep=off"],
  ...["-display", "none", "-monitor", "none"],
];

/** Where the build leaves the program. */
const elf = join(root, "build", "mps2-an385.elf");

function sources(folder) {
  const names = readdirSync(join(root, "c", folder)).filter((name) => name.endsWith(".c"));
  return names.map((name) => `${folder}/${name}`);
}

function build(flags) {
  requireTool(compiler, installArmLine);
  mkdirSync(join(root, "build"), { recursive: true });
  run(compiler, [
    ...["-mcpu=cortex-m3", "-mthumb", "-O2", "-g", ...strict],
    // No C library: nothing but memcpy and memset is needed, and those are in startup.c.
    ...["-ffreestanding", "-fno-tree-loop-distribute-patterns", "-nostartfiles", "-nodefaultlibs"],
    // The caller's flags first: a folder among them may hold another port header.
    ...flags,
    ...["-Ihal", "-Iagent", `-I${folder}`],
    '-DESC_PORT_HEADER="esc_port_mps2_an385.h"',
    '-DESC_BOARD_HEADER="esc_board_mps2_an385.h"',
    ...sources("hal"),
    ...sources("agent"),
    ...sources(folder),
    ...["-T", `${folder}/mps2_an385.ld`, "-lgcc", "-o", elf],
  ]);
  const [, code = "", data = "", bss = ""] =
    /^ *(\d+)\s+(\d+)\s+(\d+)/m.exec(run("arm-none-eabi-size", [elf])) ?? [];
  return { flashBytes: Number(code) + Number(data), ramBytes: Number(data) + Number(bss) };
}

/** The program starts when somebody connects: QEMU waits until then, and says where. */
function serve(program, port) {
  requireTool(emulator, installArmLine);
  const line = `socket,id=line,host=127.0.0.1,port=${port},server=on,wait=on`;
  const args = [...qemuFlags, "-kernel", program, "-chardev", line, "-serial", "chardev:line"];
  const child = spawn(emulator, args, { stdio: ["ignore", "inherit", "pipe"] });
  let said = "";
  child.stderr.on("data", (bytes) => {
    said += bytes;
    const [, found] = /waiting for connection on: \S*?127\.0\.0\.1:(\d+)/.exec(said) ?? [];
    if (found === undefined) return;
    said = "";
    console.log(`mps2-an385 is at tcp://localhost:${found}`);
  });
  child.on("exit", (code) => {
    if (said !== "") console.error(said.trim());
    process.exit(code === 0 ? 0 : 1);
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill("SIGKILL"));
}

const [command, ...rest] = process.argv.slice(2);
try {
  if (command === "build") {
    const { flashBytes, ramBytes } = build(rest);
    console.log(
      `mps2-an385: ${flashBytes} bytes of code, ${ramBytes} bytes of RAM without the stack`,
    );
  } else if (command === "run") {
    const [port = "4000", ...flags] = rest;
    build(flags);
    serve(elf, port);
  } else if (command === "play" && rest[0] !== undefined) {
    serve(resolve(rest[0]), rest[1] ?? "4000");
  } else {
    throw new Error(
      "usage: node scripts/mps2-an385.mjs build [flags…] | run [port [flags…]] | play <elf> [port]",
    );
  }
} catch (error) {
  console.error(error.stderr || error.stdout || error.message);
  process.exitCode = 1;
}
