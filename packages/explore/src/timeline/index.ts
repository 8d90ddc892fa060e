export type { Conflict } from "./conflicts.js";
export { type FocusStep, focusOf, type ReplayFocus } from "./focus.js";
export { type ReplayCommandOptions, replayCommand } from "./replay-command.js";
export { type NamedFinding, type ReplayHtmlOptions, replayHtml } from "./replay-html.js";
export { replayTimeline } from "./replay-timeline.js";
