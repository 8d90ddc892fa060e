import { makeMachine, type UnoOptions } from "./machine.js";
import { openPty } from "./pty.js";
import { unoErrors } from "./uno-errors.js";

/** An emulated Uno behind a path that any serial program can open. */
export interface UnoTty {
  /** The path, such as `/dev/pts/5`. Its speed has no effect: the emulated USART sets the pace. */
  readonly path: string;
  /** Settles when the tty is gone: resolved after `close`, rejected when emulator or tty failed. */
  readonly closed: Promise<void>;
  /** Takes board and path away; a program that has it open sees the line hang up. Twice is fine. */
  close(): Promise<void>;
}

/**
 * Puts the emulated Uno behind a real tty. The board runs in this process, in slices between
 * other work; the process stays alive until `close`.
 *
 * Linux and macOS only. Programs can open and close the path as often as they like; what the board
 * sends while nobody reads waits in the line.
 *
 * @throws BoardError `port-failed` where there is no pseudo-terminal to be had; the in-process
 * board (`openUnoBoard`) works there. `malformed` when `hex` cannot be read.
 *
 * @example
 * ```ts
 * import { openUnoTty } from "@escapement/board-uno";
 *
 * const tty = await openUnoTty({ pace: "real-time" });
 * console.log(`open ${tty.path} with any serial tool`);
 * await tty.close();
 * ```
 */
export async function openUnoTty(options: UnoOptions = {}): Promise<UnoTty> {
  let settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  const closed = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Nobody has to wait for `closed`; a failure that nobody asks for must not end the process.
  closed.catch(() => {});
  const { runner } = makeMachine(options, (error) => {
    settle?.reject(error);
    void line.close();
  });
  const line = await openPty();
  line.onData = (bytes) => runner.receive(bytes);
  runner.onBytes = (bytes) => line.write(bytes);
  line.onFailed = () => {
    runner.stop();
    settle?.reject(unoErrors.lineGone({ path: line.path }));
  };
  runner.start();
  return {
    path: line.path,
    closed,
    async close() {
      runner.stop();
      await line.close();
      settle?.resolve();
    },
  };
}
