import { type ChildProcess, spawn } from "node:child_process";
import { openSerialBoard, type SerialBoard, type Transport } from "@escapement/board-serial";

/** The process of an agent ended by itself: it crashed, or it did not come back. */
export class AgentDied extends Error {
  override readonly name = "AgentDied";
}

/** An agent in a process of its own, as a board. */
export interface NativeAgent {
  /** The board. */
  readonly board: SerialBoard;
  /** Throws {@link AgentDied} where its process ended by itself since it was opened. */
  checkAlive(): void;
  /** Ends it. */
  close(): Promise<void>;
}

/** How the process ends where it did too much: see `c/guard.h`. */
const GUARD_EXIT = 97;

/** Starts an agent with a mutant, 0 for none, and opens it as a board. */
export async function openNativeAgent(file: string, mutant: number): Promise<NativeAgent> {
  const line = childLine(file, mutant);
  const checkAlive = (): void => {
    if (line.death !== undefined) throw new AgentDied(line.death);
  };
  try {
    const board = await openSerialBoard({ transport: line.transport, random: () => 0 });
    return { board, checkAlive, close: () => board.close() };
  } catch (error) {
    await line.transport.close();
    checkAlive();
    throw error;
  }
}

interface ChildLine {
  readonly transport: Transport;
  death: string | undefined;
}

function childLine(file: string, mutant: number): ChildLine {
  let child: ChildProcess | undefined;
  const transport: Transport = {
    description: file,
    onData: undefined,
    onClose: undefined,
    async open() {
      if (child !== undefined) return;
      const started = spawn(file, {
        stdio: ["pipe", "pipe", "ignore"],
        env: { ESC_MUTANT: String(mutant) },
      });
      child = started;
      started.stdout.on("data", (bytes: Buffer) => transport.onData?.(Uint8Array.from(bytes)));
      started.stdin.on("error", () => {});
      started.on("exit", (code, signal) => {
        if (child !== started) return;
        child = undefined;
        line.death ??= code === GUARD_EXIT ? "too many steps" : `${signal ?? `exit ${code}`}`;
        transport.onClose?.(`the agent ended with ${signal ?? code}`);
      });
    },
    async write(bytes) {
      child?.stdin?.write(bytes);
    },
    async close() {
      const running = child;
      child = undefined;
      running?.kill("SIGKILL");
    },
  };
  const line: ChildLine = { transport, death: undefined };
  return line;
}
