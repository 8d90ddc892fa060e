import { closeSync, constants, openSync, type ReadStream, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentLine } from "./fake-agent.js";

/** The part of node-pty's `open()` that is used; most of it is not in its types. */
interface OpenedPty {
  readonly _fd: number;
  readonly _pty: string;
  readonly _master: ReadStream;
  readonly _slave: { setRawMode(raw: boolean): void; destroy(): void };
}

/** A tty with this process at the other end of it. */
export interface Pty extends AgentLine {
  /** What a serial program opens. */
  readonly path: string;
  /** Takes the tty away, as when a cable is pulled. */
  destroy(): void;
}

async function loadPty(): Promise<{ open(options: object): unknown } | undefined> {
  try {
    return (await import("@lydell/node-pty")) as unknown as { open(options: object): unknown };
  } catch {
    return undefined;
  }
}

const pty = process.platform === "win32" ? undefined : await loadPty();

/** Whether {@link openPty} works here. */
export const hasPty = pty !== undefined;

/** Makes a tty. */
export function openPty(): Pty {
  if (pty === undefined) throw new Error("@lydell/node-pty cannot be loaded");
  const opened = pty.open({ encoding: null }) as OpenedPty;
  // Raw before anybody writes, or the tty echoes the board's bytes back to it.
  opened._slave.setRawMode(true);
  // Held open so that the master does not fail while no serial program has the tty open.
  const held = openSync(opened._pty, constants.O_RDWR | constants.O_NOCTTY);
  // node-pty reads from the slave by itself and would steal what is for the serial program.
  opened._slave.destroy();
  let isThere = true;
  const line: Pty = {
    path: opened._pty,
    onData: undefined,
    write: (bytes) => void writeAll(opened._fd, bytes, () => isThere),
    destroy() {
      if (!isThere) return;
      isThere = false;
      closeSync(held);
      opened._master.destroy();
    },
  };
  opened._master.on("data", (bytes: Buffer | string) => {
    line.onData?.(Uint8Array.from(Buffer.from(bytes)));
  });
  // EIO when the other side is gone.
  opened._master.on("error", () => {});
  return line;
}

/**
 * The master's own stream blocks the process when the tty is full; this waits instead. Written at
 * once where there is room: the end of an asynchronous write would wake the event loop, and hide
 * that a serialport on Node 26.4 and later needs somebody to wake it.
 */
async function writeAll(fd: number, bytes: Uint8Array, isThere: () => boolean): Promise<void> {
  let rest = bytes;
  while (rest.length > 0 && isThere()) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch {
      await sleep(1);
    }
  }
}
