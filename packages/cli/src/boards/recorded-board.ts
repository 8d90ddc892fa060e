import type { VcdRecorder } from "@escapement/board-sim";
import type { Board } from "@escapement/scenario";
import type { OpenedBoard } from "./board-world.js";

/** A simulated board, with its waveform where one is to be recorded. */
export async function recordedBoard(
  record: boolean,
  make: (options: { readonly vcd?: VcdRecorder }) => Board | Promise<Board>,
): Promise<OpenedBoard> {
  if (!record) return { board: await make({}) };
  const { VcdRecorder } = await import("@escapement/board-sim");
  const vcd = new VcdRecorder();
  const takeWaveform = (): string => {
    const text = vcd.toString();
    vcd.clear();
    return text;
  };
  return { board: await make({ vcd }), takeWaveform };
}
