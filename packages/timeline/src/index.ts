export { type MaskedWindow, maskedWindows } from "./model/masked-windows.js";
export { type PickedIteration, pickIteration } from "./model/pick-iteration.js";
export type { StepRole, TimelineStep } from "./model/step.js";
export {
  type EventLook,
  type LabelLook,
  levelName,
  type PointAxis,
  type SpanLook,
  type TimeAxis,
  type Timeline,
  type TimelineEvent,
  type TimelineLabel,
  type TimelinePointer,
  type TimelineRow,
  type TimelineSpan,
} from "./model/timeline.js";
export { startCalls, valued, waits } from "./model/trace-records.js";
export { type TraceTimelineOptions, traceTimeline } from "./model/trace-timeline.js";
export { drawingStyle } from "./svg/drawing-style.js";
export {
  type Attributes,
  drawing,
  element,
  label,
  line,
  type Place,
  round,
  tip,
} from "./svg/markup.js";
export { fitted, textWidth } from "./svg/text-width.js";
export { lawAddress, schemaAddress, siteAddress } from "./text/addresses.js";
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
export { recordText } from "./text/record-text.js";
export { wrapText } from "./text/wrap-text.js";
export { type ExcerptRecord, excerptLines } from "./views/excerpt-lines.js";
export { type TimelineSvgOptions, timelineSvg } from "./views/svg/timeline-svg.js";
export {
  type TimelinePlot,
  type TimelineWindow,
  timelineWindow,
} from "./views/svg/timeline-window.js";
export {
  type TimelineLook,
  type TimelineTextOptions,
  timelineText,
} from "./views/timeline-text.js";
export { timelineVcd } from "./views/timeline-vcd.js";
export {
  type VcdChange,
  type VcdTextOptions,
  type VcdVariable,
  vcdText,
} from "./views/vcd-text.js";
