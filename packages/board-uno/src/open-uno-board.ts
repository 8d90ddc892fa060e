import { memoryPair, openSerialBoard } from "@escapement/board-serial";
import type { Board } from "@escapement/scenario";
import { makeMachine, type UnoOptions } from "./machine.js";

/**
 * Opens the emulated Uno in this process: the shipped firmware and the wire protocol, with no port
 * and nothing native in between. Works on every system.
 *
 * At free pace the conversation is deterministic: the same programs on a new board take the same
 * cycles and give the same traces. While nothing is asked of the board, it costs no processor time.
 *
 * @throws BoardError `malformed` when `hex` cannot be read; `no-reply` or `not-an-agent` when it
 * is not an agent.
 *
 * @example
 * ```ts
 * import { openUnoBoard } from "@escapement/board-uno";
 * import { program } from "@escapement/scenario";
 *
 * const board = await openUnoBoard();
 * const trace = await board.run(program(({ main }) => main.read()));
 * console.log(board.describe().name, trace.records);
 * await board.close();
 * ```
 */
export async function openUnoBoard(options: UnoOptions = {}): Promise<Board> {
  const { host, device } = memoryPair("the emulated Uno");
  const { runner } = makeMachine(options, (error) => device.unplug(describeFault(error)));
  device.onData = (bytes) => runner.receive(bytes);
  runner.onBytes = (bytes) => device.write(bytes);
  device.onOpen = () => runner.start();
  device.onClose = () => runner.stop();
  return openSerialBoard({
    transport: host,
    // A session's number is part of every frame, and so of the cycles that a frame takes.
    random: () => 0,
    // This line loses nothing, so a request sent again because the host was slow would only add
    // cycles. Silence still ends a request.
    timeouts: { helloMs: 5_000, replyMs: 60_000 },
  });
}

function describeFault(error: unknown): string {
  return `the emulator stopped: ${error instanceof Error ? error.message : String(error)}`;
}
