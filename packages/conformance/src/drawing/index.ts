export * from "./describe-program.js";
export { type LatenessSvgOptions, latenessSvg } from "./lateness-svg.js";
export * from "./pick-iteration.js";
export { type TimelineOptions, type TimelineView, timelineSvg } from "./timeline-svg.js";
