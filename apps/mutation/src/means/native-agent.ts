import { openSerialBoard, type SerialBoard } from "@escapement/board-serial";
import { childTransport } from "../../../bug-museum/src/child-transport.js";

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
  let death: string | undefined;
  const checkAlive = (): void => {
    if (death !== undefined) throw new AgentDied(death);
  };
  const transport = childTransport(file, {
    env: { ESC_MUTANT: String(mutant) },
    onExit: (end) => {
      const ended = typeof end === "string" ? end : `exit ${end}`;
      death ??= end === GUARD_EXIT ? "too many steps" : ended;
    },
  });
  try {
    const board = await openSerialBoard({ transport, random: () => 0 });
    return { board, checkAlive, close: () => board.close() };
  } catch (error) {
    await transport.close();
    checkAlive();
    throw error;
  }
}
