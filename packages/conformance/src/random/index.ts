export { keptProgramsLaw } from "./corpus/kept-programs.js";
export { type GenerateOptions, generateProgram, generatorVersion } from "./generate-program.js";
export { type LawSkeletonOptions, lawSkeleton } from "./law-skeleton.js";
export { operationCount } from "./program-edits.js";
export { type ProgramSourceOptions, programSource } from "./program-source.js";
export type * from "./random-report.js";
export {
  type RandomOptions,
  type RandomProgress,
  runRandomPrograms,
} from "./run-random-programs.js";
export { type RandomScale, randomScales, unitTicksOf } from "./scale.js";
export { type ShrinkOptions, type StillFails, shrinkProgram } from "./shrink-program.js";
