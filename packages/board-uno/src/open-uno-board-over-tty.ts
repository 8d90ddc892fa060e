import { openSerialBoard } from "@escapement/board-serial";
import { type Board, BoardError } from "@escapement/scenario";
import type { UnoOptions } from "./machine.js";
import { openUnoTty, type UnoTty } from "./open-uno-tty.js";

/** The emulated Uno behind a tty of its own. */
export interface UnoTtyBoard extends Board {
  /** The tty, such as `/dev/pts/5`. */
  readonly path: string;
}

/** How many terminals are tried before a busy one is an error. */
const ATTEMPTS = 5;

/**
 * Opens the emulated Uno the way a real one is opened: behind a tty, through the serialport
 * package. Closing the board takes the tty away as well.
 *
 * @throws BoardError as `openUnoTty` and `openSerialBoard` do; `port-failed` also when the
 * serialport package is not installed.
 *
 * @example
 * ```ts
 * import { openUnoBoardOverTty } from "@escapement/board-uno";
 *
 * const board = await openUnoBoardOverTty();
 * console.log(board.describe().frequencyHz); // 16000000
 * await board.close();
 * ```
 */
export async function openUnoBoardOverTty(options: UnoOptions = {}): Promise<UnoTtyBoard> {
  // Another program can take a new terminal first: its number was somebody's just before, and who
  // opens that path again gets this one. Busy ones stay open meanwhile, so that each number is new.
  const busy: UnoTty[] = [];
  try {
    for (;;) {
      const tty = await openUnoTty(options);
      try {
        return withTty(await openSerialBoard({ path: tty.path }), tty);
      } catch (error) {
        busy.push(tty);
        if (!isBusy(error) || busy.length >= ATTEMPTS) throw error;
      }
    }
  } finally {
    await Promise.all(busy.map((tty) => tty.close()));
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof BoardError && error.code === "port-busy";
}

function withTty(board: Board, tty: UnoTty): UnoTtyBoard {
  return {
    path: tty.path,
    describe: () => board.describe(),
    run: (program, options) => board.run(program, options),
    reset: () => board.reset(),
    close: async () => {
      await board.close();
      await tty.close();
    },
    ...(board.recoveryMs !== undefined && { recoveryMs: board.recoveryMs }),
  };
}
