/* What the evidence of the judge is gathered with: by the scripts of this package and by its tests. */

export { buildNativeAgent, openNativeAgent } from "../native-agent.js";
export { programsToNotice } from "../programs-to-notice.js";
export { judgeLaws } from "./judge-laws.js";
export {
  type Alarm,
  type ChunkResult,
  judgePrograms,
  type ProgramChunk,
} from "./judge-programs.js";
export { openQuestions } from "./open-questions.js";
export { type Hunt, hunt, huntMax, huntSeeds, medianOf, middle } from "./power.js";
export { type Subject, type SubjectName, subjects } from "./subjects.js";
export { unseenBugs } from "./unseen.js";
