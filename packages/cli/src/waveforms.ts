import { join } from "node:path";
import type { OpenedBoard } from "./boards/board-world.js";
import { CliError } from "./cli-error.js";
import type { CliIo } from "./cli-io.js";
import { exitCodes } from "./exit-codes.js";

/**
 * Writes the waveform of each law, as `<dir>/<board>/<law>.vcd`, for boards that record one.
 *
 * Says once, on stderr, when a board does not.
 */
export function waveformWriter(
  io: CliIo,
  folder: string | undefined,
  board: string,
  opened: OpenedBoard,
): (law: string) => void {
  if (folder === undefined) return () => {};
  const { takeWaveform } = opened;
  if (takeWaveform === undefined) {
    io.stderr.write(`${board}: --vcd is for simulated boards; no waveform is written\n`);
    return () => {};
  }
  return (law) => {
    const file = join(folder, board.replaceAll(/[^a-zA-Z0-9.-]+/g, "-"), `${law}.vcd`);
    try {
      io.prepareFile(file);
      io.writeFile(file, takeWaveform());
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new CliError(
        "cannot-write",
        `${file} cannot be written: ${message}`,
        "Choose a folder that you may write to.",
        { exitCode: exitCodes.link, cause },
      );
    }
  };
}
