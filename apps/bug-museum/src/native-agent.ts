import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { openSerialBoard, type SerialBoard } from "@escapement/board-serial";
import { childTransport } from "./child-transport.js";
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

/** Opens the native agent as a board. */
export function openNativeAgent(file: string): Promise<SerialBoard> {
  return openSerialBoard({ transport: childTransport(file), random: () => 0 });
}
