export * from "./check/index.js";
export { ConformanceError, type ConformanceErrorCode } from "./conformance-errors.js";
export * from "./describe-program.js";
export * from "./excerpt.js";
export { describeViolation, judgeTrace, type Violation } from "./judge/index.js";
export * from "./lateness.js";
export { type LatenessSvgOptions, latenessSvg } from "./lateness-svg.js";
export * from "./law.js";
export * from "./law-env.js";
export { groupOf } from "./law-groups.js";
export { type LawSpec, law } from "./laws/define.js";
export { laws } from "./laws/index.js";
export { type JudgedLawSpec, judgedLaw } from "./laws/judged-law.js";
export { type OriginPart, originParts } from "./laws/origin-links.js";
export { missingNeeds } from "./missing-needs.js";
export * from "./random/index.js";
export * from "./report.js";
export type { CommandFor } from "./reporters/failure.js";
export * from "./reporters/github.js";
export {
  annotatedFile,
  type GithubNote,
  type GithubSummary,
  noteAnnotations,
  noteSummary,
} from "./reporters/github-notes.js";
export {
  againLine,
  type FoldedItem,
  foldedItem,
  foldedTools,
  isOpenAtFirst,
  lawLink,
} from "./reporters/html/folded.js";
export { filteredSections, type PageSection, section } from "./reporters/html/page-section.js";
export { type ReportPage, reportPage } from "./reporters/html/report-page.js";
export { runFigure } from "./reporters/html/run-figure.js";
export * from "./reporters/html.js";
export * from "./reporters/json.js";
export * from "./reporters/junit.js";
export type { JunitOptions } from "./reporters/junit-parts.js";
export { lawPage } from "./reporters/law-page.js";
export { originText, type RandomCommandFor } from "./reporters/random/parts.js";
export { randomNotes } from "./reporters/random/random-github.js";
export * from "./reporters/random/random-html.js";
export * from "./reporters/random/random-json.js";
export * from "./reporters/random/random-junit.js";
export * from "./reporters/random/random-terminal.js";
export {
  REPORT_VERSION,
  type ReportHead,
  type ReportKind,
  reportHead,
} from "./reporters/run/report-head.js";
export { type RunFacts, type RunFactText, runFactTexts } from "./reporters/run/run-facts.js";
export * from "./reporters/styler.js";
export * from "./reporters/summary.js";
export * from "./reporters/terminal.js";
export { ruleStatement } from "./rule-statement.js";
export * from "./run-conformance.js";
export * from "./select-laws.js";
export { skipReason } from "./skip-reason.js";
export { unfitReason } from "./unfit.js";
