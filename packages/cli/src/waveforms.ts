import { join } from "node:path";
import { thrownText } from "@escapement/scenario";
import { counted } from "@escapement/timeline";
import type { OpenedBoard } from "./boards/board-world.js";
import { cliErrors } from "./cli-errors.js";
import type { CommandIo } from "./command-io.js";
import { errorText } from "./error-text.js";

/** Writes waveforms of one board. */
export interface WaveformWriter {
  /** Writes the waveform of a law that was just run. */
  write(law: string): void;
  /** Says how many could not be written, besides the first, which is reported at once. */
  end(): void;
}

/**
 * Writes the waveform of each law, as `<dir>/<board>/<law>.vcd`, for boards that record one.
 *
 * Says once, on stderr, when a board does not. A waveform that cannot be written is reported; the
 * run goes on and ends with exit code 4.
 */
export function waveformWriter(
  io: CommandIo,
  folder: string | undefined,
  board: string,
  { takeWaveform }: OpenedBoard,
): WaveformWriter {
  if (folder === undefined) return { write: () => {}, end: () => {} };
  if (takeWaveform === undefined) {
    io.stderr.write(`${board}: --vcd is for simulated boards; no waveform is written\n`);
    return { write: () => {}, end: () => {} };
  }
  let failed = 0;
  return {
    write: (law) => {
      const file = join(folder, board.replaceAll(/[^a-zA-Z0-9.-]+/g, "-"), `${law}.vcd`);
      const text = takeWaveform();
      try {
        io.prepareFile(file);
        io.writeFile(file, text);
      } catch (cause) {
        failed += 1;
        if (failed > 1) return;
        const reason = thrownText(cause);
        io.reportFailure(errorText(cliErrors.cannotWrite({ file, reason }, { cause })).text);
      }
    },
    end: () => {
      if (failed < 2) return;
      const more = counted(failed - 1, "more waveform");
      io.reportFailure(`${board}: ${more} could not be written to ${folder}\n`);
    },
  };
}
