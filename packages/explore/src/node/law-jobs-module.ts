/** The jobs module of laws, for `exploreParallel`; its `data` is a {@link LawJobsData}. */
export const lawJobsModule: URL = new URL("./law-jobs.js", import.meta.url);
