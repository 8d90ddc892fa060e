export type { Conflict } from "./conflicts.js";
export { type FocusRole, type FocusStep, focusOf, type ReplayFocus } from "./focus.js";
export { type ReplayCommandOptions, replayCommand } from "./replay-command.js";
export { type ReplayHtmlOptions, replayHtml, type ToldFinding } from "./replay-html.js";
export { type ReplaySvgOptions, replaySvg } from "./replay-svg.js";
export { type ReplayVcdOptions, replayVcd } from "./replay-vcd.js";
export {
  type TerminalTimelineOptions,
  type TimelineLook,
  terminalTimeline,
} from "./terminal-timeline.js";
