export { isAnnounced } from "./conventions.js";
export type { Pattern, SplitNote } from "./detector.js";
export { type CTargetOptions, cTarget } from "./driver/c-target.js";
export { exploreSarif } from "./driver/explore-sarif.js";
export { compileRequested, type RequestedDriver } from "./driver/request-driver.js";
export { splitText } from "./driver/split-text.js";
export { type CTargetRequest, cTargetModule } from "./driver/target-url.js";
export type { RaceFinding, RaceFindingKind } from "./finding.js";
export { defaultRaceLimits, type RaceLimits } from "./limits.js";
export type { MaskEffect } from "./mask-names.js";
export { type RaceHtmlOptions, raceHtml, type ShownFinding } from "./race-html.js";
export type {
  Assumption,
  Device,
  Handler,
  RaceSetup,
  RaceSetupOptions,
  UndefinedVariable,
} from "./race-setup.js";
export { raceTimeline } from "./race-timeline.js";
export { type RaceReplay, type RaceStep, replayRace } from "./replay.js";
export type { FaultKind } from "./run-end.js";
export { raceSarif } from "./sarif.js";
export type { SarifFacts } from "./sarif-log.js";
export {
  formatRaceSchedule,
  type HandlerMove,
  type InputMove,
  parseRaceSchedule,
  RACE_SCHEDULE_VERSION,
  type RaceMove,
  type RaceSchedule,
} from "./schedule.js";
export {
  type RaceCoverage,
  type RaceResult,
  type RaceSearchOptions,
  searchRaces,
} from "./search.js";
export { setUp } from "./setup.js";
