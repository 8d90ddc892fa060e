export { stateLayout } from "./c/hooks-source.js";
export { CError, type CErrorCode } from "./c-errors.js";
export {
  type CProgram,
  type PlacedSite,
  type PointedFunction,
  type PrepareOptions,
  pageOf,
  prepareProgram,
  registerPages,
  type UndefinedFunction,
} from "./c-program.js";
export { cacheFolder, folderCache, type ModuleCache, noCache } from "./compile/cache.js";
export {
  type Compiler,
  type CompilerResult,
  type FetchProgress,
  type FileMap,
  machineClang,
  npmClang,
} from "./compile/clang.js";
export {
  type CompiledProgram,
  type CompileRequest,
  type CompileTools,
  compileC,
} from "./compile/compile-c.js";
export { driverSources } from "./compile/driver-sources.js";
export type { MarkedHandler } from "./compile/handler-marks.js";
export type { SourceFacts } from "./compile/program-facts.js";
export type { ReadSource } from "./compile/source-tree.js";
export { compileDevice } from "./driver/c-device.js";
export { type CDriver, compileDriver } from "./driver/c-driver.js";
export {
  assertionFailed,
  crashErrors,
  crashOf,
  framesOf,
  fullStack,
  placeHere,
  type SourceFrame,
  wildAccess,
} from "./driver/crash.js";
export { deviceModels } from "./driver/device-models.js";
export type { DriverFacts } from "./driver/driver-facts.js";
export { type DriverEvents, DriverHost, type Enter } from "./driver/driver-host.js";
export { type DeviceName, isDeviceName, loadDevice } from "./driver/load-device.js";
export { type CBoardOptions, cBoard, openCBoard } from "./driver/open-c-board.js";
export {
  type Device,
  type DeviceModel,
  RegisterScratch,
  Registers,
} from "./driver/registers.js";
export { driverFolder, driverTemplate } from "./driver-files.js";
export type { SourcePlace } from "./dwarf/line-table.js";
export { type Scalar, type Variable, Variables } from "./dwarf/variables.js";
export { plainName, type Section } from "./wasm/sections.js";
export { access, type Site, type SiteKind } from "./wasm/site.js";
export {
  instantiate,
  isTrap,
  type WasmExports,
  type WasmImports,
  type WasmModule,
} from "./wasm/web-assembly.js";
