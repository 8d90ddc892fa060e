import { pathToFileURL } from "node:url";
import { BoardError } from "@escapement/scenario";
import { boardErrors } from "../cli-errors.js";
import type { BoardWorld, OpenedBoard, SimRequest, UnoRequest } from "./board-world.js";
import type { ModuleBoardData } from "./module-board.js";
import { recordedBoard } from "./recorded-board.js";

/**
 * The boards of this machine. Each package is loaded when it is first needed, so that `laws` and
 * `--help` are quick and a broken native module harms nothing else.
 */
export const systemWorld: BoardWorld = {
  async profiles() {
    const { simProfiles } = await import("@escapement/board-sim");
    return Object.entries(simProfiles).map(([name, { title }]) => ({ name, about: title }));
  },

  openSim,

  openUno,

  async openC(request) {
    return (await import("./open-c.js")).openC(request);
  },

  async openModule({ file, seed, silenceMs }) {
    const { openBoardModule } = await import("@escapement/conformance/node");
    const module = pathToFileURL(file).href;
    const board = await openBoardModule({
      module: new URL("./module-board.js", import.meta.url),
      data: { module, ...(seed !== undefined && { seed }) } satisfies ModuleBoardData,
      ...(silenceMs !== undefined && { silenceMs }),
    });
    return { board };
  },

  async openPort(name, baudRate) {
    const { openSerialBoard } = await import("@escapement/board-serial");
    const board = await openSerialBoard({
      path: name,
      ...(baudRate !== undefined && { baudRate }),
    });
    const { name: model, counterBits, frequencyHz } = board.describe();
    return { board, note: `${model}, ${counterBits} bits at ${frequencyHz} Hz` };
  },

  async openMicroPython(request) {
    const { openMicroPythonBoard } = await import("@escapement/board-micropython");
    const board = await openMicroPythonBoard(request);
    const { platform, version } = board.facts;
    const { name } = board.describe();
    return { board, note: `${name}: MicroPython ${version} on ${platform}, over its REPL` };
  },

  async listPorts() {
    const { listPorts } = await import("@escapement/board-serial");
    return listPorts();
  },

  async serveUno({ stock, realTime }) {
    const { openUnoTty } = await import("@escapement/board-uno");
    return openUnoTty({ stock, pace: realTime ? "real-time" : "free" });
  },

  async serveMicroPython(options) {
    const { serveMicroPython } = await import("@escapement/board-micropython");
    return serveMicroPython(options);
  },
};

async function openSim({ profile, seed, record }: SimRequest): Promise<OpenedBoard> {
  const { createSimBoard, simProfiles } = await import("@escapement/board-sim");
  const found = Object.values(simProfiles).find(({ name }) => name === profile);
  if (found === undefined) {
    throw boardErrors.noProfile({ profile });
  }
  const seeded = seed === undefined ? {} : { seed };
  return recordedBoard(record, (recording) =>
    createSimBoard({ profile: found, ...recording, ...seeded }),
  );
}

async function openUno({ stock, image, inProcess = false }: UnoRequest): Promise<OpenedBoard> {
  const { openUnoBoard, openUnoBoardOverTty } = await import("@escapement/board-uno");
  const what = stock ? "emulated ATmega328P, stock emulator" : "emulated ATmega328P";
  const options = { stock, ...image };
  if (inProcess) return { board: await openUnoBoard(options), note: `${what}, in process` };
  try {
    const board = await openUnoBoardOverTty(options);
    return { board, note: `${what}, over the tty ${board.path}` };
  } catch (error) {
    // Systems without pseudo-terminals still have the emulator; anything else is a real failure.
    if (!(error instanceof BoardError) || error.code !== "port-failed") throw error;
    const board = await openUnoBoard(options);
    return { board, note: `${what}, in process, because ${error.message}` };
  }
}
