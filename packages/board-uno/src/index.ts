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
export { openUnoBoardOverTty, type UnoTtyBoard } from "./open-uno-board-over-tty.js";
export { openUnoTty, type UnoTty } from "./open-uno-tty.js";
export { type Pace, Runner, type RunnerOptions } from "./runner.js";
export type { SweepCase, SweepComplaint } from "./sweep/case-judge.js";
export type { CodePlace, UnoSymbols } from "./sweep/code-map.js";
export {
  formatUnoSchedule,
  parseUnoSchedule,
  UNO_SCHEDULE_VERSION,
  type UnoMove,
  type UnoMoveEvent,
  type UnoSchedule,
} from "./sweep/schedule.js";
export { SweepError, type SweepErrorCode } from "./sweep/sweep-error.js";
export { sweepPage } from "./sweep/sweep-page.js";
export {
  type PathFailure,
  type PathPlacement,
  type PathReport,
  type PathSweepOptions,
  sweepPath,
} from "./sweep/sweep-path.js";
export type {
  SweepCaseReport,
  SweepFinding,
  SweepFindingKind,
  SweepGap,
  SweepProgress,
  SweepReached,
  SweepReport,
} from "./sweep/sweep-report.js";
export type { SweepTargetOptions } from "./sweep/sweep-target.js";
export {
  describeSweep,
  type ReplayUnoOptions,
  replayUno,
  type SweepOptions,
  sweepUno,
} from "./sweep/sweep-uno.js";
