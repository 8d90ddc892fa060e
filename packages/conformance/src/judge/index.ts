export { judgeTrace } from "./judge-trace.js";
export { describeViolation, type Violation } from "./violation.js";
