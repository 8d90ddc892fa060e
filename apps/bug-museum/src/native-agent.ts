import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { openSerialBoard, type SerialBoard, type Transport } from "@escapement/board-serial";
import { BoardError } from "@escapement/scenario";
import { museumErrors } from "./museum-errors.js";

const sources = () =>
  join(dirname(createRequire(import.meta.url).resolve("@escapement/firmware/package.json")), "c");

const flags = [
  ...["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-O2"],
  ...['-DESC_PORT_HEADER="esc_port_host.h"', '-DESC_BOARD_HEADER="esc_board_host.h"'],
  ...["-DESC_TRACE_BYTES=8192", "-DESC_PROGRAM_BYTES=4096"],
];

const BUILD_MS = 120_000;

/**
 * Builds the agent on standard streams, with room for long programs and traces, from the firmware's sources with
 * these files changed; returns its path.
 *
 * @throws MuseumError `no-compiler`, `does-not-compile`
 */
export function buildNativeAgent(
  folder: string,
  changed: ReadonlyMap<string, string> = new Map(),
): string {
  const c = join(folder, "c");
  cpSync(sources(), c, { recursive: true });
  for (const [file, text] of changed) writeFileSync(join(c, file), text);
  const folders = ["hal", "agent", "ports/host"].map((part) => join(c, part));
  const files = folders.flatMap((part) =>
    readdirSync(part).flatMap((name) => (name.endsWith(".c") ? join(part, name) : [])),
  );
  const include = folders.map((part) => `-I${part}`);
  const { error, status, stderr } = spawnSync(
    "gcc",
    [...flags, ...include, ...files, "-o", "agent"],
    { cwd: folder, encoding: "utf8", timeout: BUILD_MS },
  );
  if (error !== undefined) throw museumErrors.noHostCompiler({}, { cause: error });
  if (status !== 0) {
    throw museumErrors.noNativeAgent({ what: stderr.split("\n")[0] ?? "" }, { cause: stderr });
  }
  return join(folder, "agent");
}

/** A line to a program's standard streams. */
function childTransport(file: string): Transport {
  let child: ChildProcess | undefined;
  const transport: Transport = {
    description: file,
    onData: undefined,
    onClose: undefined,
    async open() {
      if (child !== undefined) return;
      const started = spawn(file, { stdio: ["pipe", "pipe", "ignore"] });
      child = started;
      started.stdout.on("data", (bytes: Buffer) => transport.onData?.(Uint8Array.from(bytes)));
      started.stdin.on("error", () => {});
      started.on("exit", (code, signal) => {
        if (child !== started) return;
        child = undefined;
        transport.onClose?.(`the agent ended with ${signal ?? code}`);
      });
    },
    async write(bytes) {
      if (child?.stdin?.write(bytes) === undefined) {
        throw new BoardError("disconnected", `${file} is not running`, "Open it first.");
      }
    },
    async close() {
      const running = child;
      child = undefined;
      running?.kill("SIGKILL");
    },
  };
  return transport;
}

/** Opens the native agent as a board. */
export function openNativeAgent(file: string): Promise<SerialBoard> {
  return openSerialBoard({ transport: childTransport(file), random: () => 0 });
}
