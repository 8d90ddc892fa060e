import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSerialBoard, type SerialBoard, type Transport } from "@escapement/board-serial";
import { BoardError } from "@escapement/scenario";
import { firmware, gcc } from "../guides-c.js";

/**
 * Builds the agent on standard streams, with room for long programs and traces, from the firmware's sources with
 * these files changed; returns its path.
 */
export function buildNativeAgent(
  folder: string,
  changed: ReadonlyMap<string, string> = new Map(),
): string {
  const c = join(folder, "c");
  cpSync(firmware, c, { recursive: true });
  for (const [file, text] of changed) writeFileSync(join(c, file), text);
  const files = ["hal", "agent", "ports/host"].flatMap((part) =>
    readdirSync(join(c, part)).flatMap((name) => (name.endsWith(".c") ? join(c, part, name) : [])),
  );
  const flags = [
    ...["-O2", `-I${c}/ports/host`],
    ...['-DESC_PORT_HEADER="esc_port_host.h"', '-DESC_BOARD_HEADER="esc_board_host.h"'],
    ...["-DESC_TRACE_BYTES=8192", "-DESC_PROGRAM_BYTES=4096"],
  ];
  const said = gcc(folder, [...flags, ...files, "-o", "agent"], c);
  if (said !== "") throw new Error(said);
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
