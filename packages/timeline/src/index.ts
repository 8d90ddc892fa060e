export { drawingStyle } from "./svg/drawing-style.js";
export { type Attributes, element, label, line, round, textWidth, tip } from "./svg/markup.js";
export { escapeAttribute, escapeText } from "./text/escape.js";
export { nearestNames } from "./text/nearest.js";
export {
  counted,
  countText,
  durationText,
  frequencyText,
  grouped,
  ticksText,
  timeText,
} from "./text/numbers.js";
export { hasSubject, recordText } from "./text/record-text.js";
export { type VcdChange, type VcdVariable, vcdText } from "./views/vcd-text.js";
