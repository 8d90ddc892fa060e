/** Compilers: where they are, how the image is built with them, and what to do where they are missing. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** How to get the compiler for the native tests on Debian and Ubuntu. */
export const installGccLine = "apt-get install -y --no-install-recommends gcc libc6-dev";

/** How to get the compiler for the image on Debian and Ubuntu. */
export const installLine = "apt-get install -y --no-install-recommends gcc-avr avr-libc";

/** How to get compiler and emulator for the Cortex-M port on Debian and Ubuntu. */
export const installArmLine =
  "apt-get install -y --no-install-recommends gcc-arm-none-eabi qemu-system-arm";

/** Warnings that count as errors, for every compiler and file. */
export const strict = [
  "-std=c99",
  "-Wall",
  "-Wextra",
  "-Wpedantic",
  "-Wconversion",
  "-Wmissing-prototypes",
  "-Wundef",
  "-Werror",
];

/** What a run of the AVR compiler needs besides files; paths are relative to `c/`. */
export const avrFlags = [
  "-mmcu=atmega328p",
  "-DF_CPU=16000000UL",
  "-Os",
  ...strict,
  "-Ihal",
  "-Iagent",
  "-Iports/atmega328p",
  '-DESC_PORT_HEADER="esc_port_atmega328p.h"',
  '-DESC_BOARD_HEADER="esc_board_atmega328p.h"',
];

/** Has the HAL check what it believes to be impossible. */
export const assertions = ["-include", "assert.h", "-DESC_ASSERT=assert"];

/** What a run of the host's compiler needs besides files; paths are relative to `c/`. */
export const hostFlags = [
  "-g",
  "-O1",
  ...strict,
  "-Ihal",
  "-Iagent",
  "-Iports/host",
  "-Itest",
  '-DESC_PORT_HEADER="esc_port_host.h"',
  '-DESC_BOARD_HEADER="esc_board_host.h"',
];

/** The same for the port of POSIX threads, under ThreadSanitizer. */
export const threadFlags = [
  "-g",
  "-O1",
  ...strict,
  "-fsanitize=thread",
  // As its sources say themselves, but before the assertions' header.
  "-D_POSIX_C_SOURCE=200809L",
  ...assertions,
  "-Ihal",
  "-Iports/pthread",
  "-Itest/threads",
  '-DESC_PORT_HEADER="esc_port_pthread.h"',
  "-DESC_TIMERS=10",
];

/** Ends the process with exit 3 and the line that installs the tool, where it is missing. */
export function requireTool(tool, line) {
  if (toolVersion(tool) !== undefined) return;
  console.error(`${tool} is missing. Install it with:\n  ${line}`);
  process.exit(3);
}

/** First line of a tool's `--version`; nothing where there is no such tool. */
export function toolVersion(tool) {
  const result = spawnSync(tool, ["--version"], { encoding: "utf8" });
  return result.status === 0 ? result.stdout.split("\n")[0] : undefined;
}

/** Runs a tool in `c/`, or in another folder with such sources, and returns what it prints; throws where it fails. */
export function run(tool, args, sources = join(root, "c")) {
  // A preloaded library would come before the sanitizers' own, which they refuse.
  const { LD_PRELOAD: _, ...env } = process.env;
  return execFileSync(tool, args, { cwd: sources, encoding: "utf8", env });
}

/** Addresses in data space come from the linker with this added. */
const ramBase = 0x800000;

function symbolsOf(elf) {
  const symbols = {};
  const sizes = {};
  for (const line of run("avr-nm", ["-S", elf]).split("\n")) {
    const match = /^([0-9a-f]+) (?:([0-9a-f]+) )?([TtBbDd]) ([A-Za-z_]\w*)$/.exec(line);
    if (match === null) continue;
    const [, address, size, kind, name] = match;
    const inRam = kind === "B" || kind === "b" || kind === "D" || kind === "d";
    if (!inRam && size === undefined && !/^__vector|^main$/.test(name)) continue;
    if (inRam && size === undefined) continue;
    symbols[name] = Number.parseInt(address, 16) - (inRam ? ramBase : 0);
    if (size !== undefined) sizes[name] = Number.parseInt(size, 16);
  }
  const sorted = (table) =>
    Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { symbols: sorted(symbols), sizes: sorted(sizes) };
}

/** For each file, pairs of address and line, by address: where the machine code comes from. */
function linesOf(elf) {
  const lines = {};
  let place;
  let last;
  for (const line of run("avr-objdump", ["-d", "-l", elf]).split("\n")) {
    const source = /^(?:\.\/)?([\w./-]+\.[ch]):(\d+)/.exec(line);
    if (source !== null) place = { file: source[1], line: Number(source[2]) };
    const code = /^ +([0-9a-f]+):\t/.exec(line);
    if (code === null || place === undefined || place === last) continue;
    last = place;
    const file = posix.normalize(place.file);
    lines[file] ??= [];
    lines[file].push([Number.parseInt(code[1], 16), place.line]);
  }
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sectionSizes(elf) {
  const sizes = {};
  for (const line of run("avr-size", ["-A", elf]).split("\n")) {
    const match = /^\.(text|data|bss)\s+(\d+)/.exec(line);
    if (match !== null) sizes[match[1]] = Number(match[2]);
  }
  const { text = 0, data = 0, bss = 0 } = sizes;
  return { flashBytes: text + data, ramBytes: data + bss };
}

/** Builds the Uno's image into a folder, and returns what belongs into `assets/`. */
export function buildUno(folder, sources = join(root, "c")) {
  mkdirSync(folder, { recursive: true });
  const elf = resolve(folder, "escapement-uno.elf");
  const hexFile = resolve(folder, "escapement-uno.hex");
  const flags = [...avrFlags, "-g", `-fdebug-prefix-map=${resolve(sources)}=.`];
  run("avr-gcc", [...flags, "ports/atmega328p/image.c", "-o", elf], sources);
  run("avr-objcopy", ["-O", "ihex", "-R", ".eeprom", elf, hexFile]);
  const map = {
    toolchain: { "avr-gcc": toolVersion("avr-gcc"), "avr-objcopy": toolVersion("avr-objcopy") },
    ...symbolsOf(elf),
    lines: linesOf(elf),
  };
  const hex = readFileSync(hexFile, "utf8").replaceAll("\r\n", "\n");
  return { hex, symbols: toText(map), figures: sectionSizes(elf) };
}

/** JSON with one line for each table entry, so that a change is a short diff. */
function toText(map) {
  const table = (entries) =>
    Object.entries(entries)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(",\n");
  const parts = Object.entries(map).map(
    ([name, value]) => `  ${JSON.stringify(name)}: {\n${table(value)}\n  }`,
  );
  return `{\n${parts.join(",\n")}\n}\n`;
}
