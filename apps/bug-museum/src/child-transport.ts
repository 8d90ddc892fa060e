import { type ChildProcess, spawn } from "node:child_process";
import type { Transport } from "@escapement/board-serial";
import { BoardError } from "@escapement/scenario";

/** How a program is started, and who hears of its end. */
export interface ChildOptions {
  /** Its environment; this process's own when absent. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called where it ends by itself, with its exit code or the signal that ended it. */
  readonly onExit?: (end: number | NodeJS.Signals | null) => void;
}

/** A line to the standard streams of a program, which runs while the line is open. */
export function childTransport(file: string, { env, onExit }: ChildOptions = {}): Transport {
  let child: ChildProcess | undefined;
  const transport: Transport = {
    description: file,
    onData: undefined,
    onClose: undefined,
    async open() {
      if (child !== undefined) return;
      const started = spawn(file, { stdio: ["pipe", "pipe", "ignore"], ...(env && { env }) });
      child = started;
      started.stdout.on("data", (bytes: Buffer) => transport.onData?.(Uint8Array.from(bytes)));
      started.stdin.on("error", () => {});
      started.on("exit", (code, signal) => {
        if (child !== started) return;
        child = undefined;
        onExit?.(signal ?? code);
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
