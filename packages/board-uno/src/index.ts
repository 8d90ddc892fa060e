export { type Chip, type ChipSnapshot, FLASH_BYTES, setTimer1, type TimerEvent } from "./chip.js";
export {
  type CallOptions,
  type CallResult,
  UnoEmulator,
  type UnoEmulatorOptions,
} from "./emulator.js";
export { type CycleFigure, figuresPage, measureFigures, type UnoFigures } from "./figures.js";
export { enterFunction, RETURN_WORD } from "./function-call.js";
export { parseIntelHex } from "./intel-hex.js";
export type { UnoOptions } from "./machine.js";
export { openUnoBoard } from "./open-uno-board.js";
export { openUnoBoardOverTty, type UnoTtyBoard } from "./open-uno-board-over-tty.js";
export { openUnoTty, type UnoTty } from "./open-uno-tty.js";
export { openPty, type PtyLine } from "./pty.js";
export { type Pace, Runner, type RunnerOptions } from "./runner.js";
