export type { UnoCase } from "./case-judge.js";
export type { CodePlace, UnoSymbols } from "./code-map.js";
export { unoCoveragePage } from "./coverage-page.js";
export {
  type ExploreFunctionOptions,
  exploreFunction,
  type FunctionFinding,
  type FunctionReport,
  type FunctionRun,
} from "./explore-function.js";
export {
  describeUno,
  type ExploreUnoOptions,
  exploreUno,
  type ReplayUnoOptions,
  replayUno,
} from "./explore-uno.js";
export type {
  AddressCoverage,
  CoverageGap,
  UnoCaseReport,
  UnoFinding,
  UnoProgress,
  UnoReport,
} from "./report.js";
export {
  formatUnoSchedule,
  parseUnoSchedule,
  UNO_SCHEDULE_VERSION,
  type UnoSchedule,
} from "./schedule.js";
export type { UnoTargetOptions } from "./target.js";
