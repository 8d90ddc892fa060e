export { checkJobs } from "./node/check-jobs.js";
export { isExploreTarget, jobs as lawJobs, type LawJobsData } from "./node/law-jobs.js";
export { lawJobsModule } from "./node/law-jobs-module.js";
export { exploreParallel, type ParallelOptions } from "./node/parallel.js";
