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
  type ExploreUnoOptions,
  exploreUno,
  type UnoProgress,
  unoLimits,
} from "./explore-uno.js";
export type { UnoProgram } from "./judge.js";
export { parseUnoReport } from "./parse-uno-report.js";
export { type ReplayUnoOptions, replayUno } from "./replay-uno.js";
export type {
  AddressCoverage,
  CoverageGap,
  FreshCoverage,
  UnoCoverage,
  UnoFinding,
  UnoLimits,
  UnoReport,
  UnoSummary,
  UnoUnitReport,
} from "./report.js";
export { formatUnoSchedule, parseUnoSchedule, UNO_SCHEDULE_VERSION } from "./schedule.js";
export { summarizeUno } from "./summarize.js";
export { describeUno, type UnoTargetOptions, unoPrograms } from "./target.js";
