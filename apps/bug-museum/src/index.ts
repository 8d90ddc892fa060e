export type {
  Bug,
  BugFacts,
  BugInC,
  BugPlace,
  BugReference,
  BugSchedule,
  CBug,
  ChipBug,
  ChipChange,
  HalBug,
  MuseumBug,
  PortBug,
  PortChange,
} from "./bug.js";
export {
  type BugBoardOptions,
  type BugParts,
  bugParts,
  isSimulated,
  makeBugBoard,
} from "./bug-board.js";
export type { CHalProfile } from "./c-hal/c-hal-driver.js";
export type { CSearch } from "./c-hal/search-in-c.js";
export { keptLaws } from "./kept-laws.js";
export { type FirmwarePage, killJson, killPage } from "./kill-page.js";
export {
  faultsOf,
  type KillBackend,
  type KillMatrix,
  type KillMatrixOptions,
  type KillRow,
  killersOf,
  killMatrix,
  lawsWithoutKill,
  type PlainBackendOptions,
  plainBackend,
  survivorsOf,
} from "./matrix.js";
export { findBug, museum } from "./museum.js";
export { MuseumError, type MuseumErrorCode } from "./museum-error.js";
export {
  type HalClass,
  loadControlHal,
  loadHal,
  loadPlacedHal,
  type PlacedHal,
} from "./patched-hal.js";
export {
  type BugSearch,
  type BugSearchOptions,
  bugLimits,
  bugTarget,
  controlTarget,
  searchBackend,
  searchForBug,
} from "./search-bug.js";
export { patchedFiles, patchedSources } from "./source-patch.js";
