export {
  type CallOptions,
  type CallResult,
  UnoEmulator,
  type UnoEmulatorOptions,
} from "./emulator.js";
export { type CycleFigure, figuresPage, measureFigures, type UnoFigures } from "./figures.js";
export { parseIntelHex } from "./intel-hex.js";
export type { UnoOptions } from "./machine.js";
export { openUnoBoard } from "./open-uno-board.js";
export { openUnoBoardOverTty, openUnoTty, type UnoTty } from "./open-uno-tty.js";
export { type Pace, Runner, type RunnerOptions } from "./runner.js";
