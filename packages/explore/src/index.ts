export {
  type CaseFinding,
  type ExploreCase,
  exploreEnv,
  lawCases,
  type ProgramCase,
  programCases,
} from "./case.js";
export { type CoverageRow, coverageRows, summarize } from "./coverage.js";
export {
  type CoveredModule,
  coverageMarkdown,
  coveragePage,
  coverageTable,
} from "./coverage-table.js";
export { type ExploreHereOptions, type ExploreOptions, explore } from "./explore.js";
export { ExploreError, type ExploreErrorCode, wholeNumber } from "./explore-errors.js";
export type { ExploreFinding, FindingKind, FoundInRun } from "./finding.js";
export { fingerprint } from "./fingerprint.js";
export {
  type EndLimits,
  type ExploreProgress,
  Ledger,
  type PlannedUnit,
  type ScheduleCount,
  type SearchPlan,
} from "./ledger.js";
export type { RandomLimits, SearchLimits } from "./limits.js";
export { defaultLimits, isTooLong, SEARCHED_POINTS_MAX } from "./limits.js";
export { mergeReports, sameResult } from "./merge.js";
export { formatReport, parseReport } from "./parse-report.js";
export { type MovePlace, movePlaces } from "./places.js";
export { type RandomPrograms, randomCaseName, randomCases } from "./random-case.js";
export { type RandomCoverage, type RandomResult, randomSearch } from "./random-search.js";
export { type Replay, type ReplayOptions, type ReplayStep, replay } from "./replay.js";
export type {
  ExploreReport,
  ExploreSummary,
  SearchCoverage,
  SearchReport,
  UnitReport,
} from "./report.js";
export {
  checkMember,
  isCount,
  isFlag,
  type Members,
  memberList,
  memberObject,
  type ReportFormat,
  readReport,
} from "./report-reader.js";
export { runUnit, type UnitOptions } from "./run-unit.js";
export {
  formatSchedule,
  type HeldSchedule,
  type Move,
  type MoveEvent,
  parseSchedule,
  readSchedule,
  SCHEDULE_VERSION,
  type Schedule,
  type ScheduleNotation,
  writeSchedule,
} from "./schedule.js";
export { CaseSearch, type SearchPart, type SearchResult } from "./search.js";
export type { ShareOptions } from "./shared-objects.js";
export { shrinkSchedule } from "./shrink.js";
export { type ShrinkFindingOptions, type SmallFinding, shrinkFinding } from "./shrink-finding.js";
export type {
  FindingAccess,
  FoundSplit,
  SourceFrame,
  SourcePlace,
  SplitAccesses,
  SplitListener,
} from "./source.js";
export {
  type DriverTargetOptions,
  driverTarget,
  type ExploreBoot,
  type ExploreSite,
  type ExploreTarget,
  type HalTargetOptions,
  halTarget,
  type PortTargetOptions,
  portTarget,
  type Share,
  type TargetOptions,
} from "./target.js";
export { targetBoard } from "./target-board.js";
export * from "./timeline/index.js";
export {
  type ExploreJob,
  type ExploreUnit,
  planUnits,
  type Shard,
  shardUnits,
} from "./unit.js";
export { type RunOutcome, type RunWatch, World } from "./world.js";
