/*
 * The mutation score.
 *
 *   pnpm mutation [--language ts|c] [--means random,laws] [--first n] [--limit n] [--workers n] [id ...]
 *
 * Goes on where the last run over the same sources ended, writes docs/mutation.md and docs/mutation.json, and ends with 1
 * where a survivor has no reason. With ids: all means for those, shown and not written.
 */
import { parseArgs } from "node:util";
import { refusedByCompiler } from "./builds/type-check.js";
import type { Job } from "./job.js";
import { type Known, type MeansName, meansNames } from "./means/means.js";
import { unreached } from "./means/reach.js";
import { candidates } from "./mutants/all-mutants.js";
import type { Language, Mutant } from "./mutants/mutant.js";
import { knownKillers } from "./pages/results.js";
import { writePages } from "./pages/write-pages.js";
import { isKilled, meansToAsk } from "./plan.js";
import { runJobs } from "./pool.js";
import { Store } from "./store.js";

const { values: options, positionals: ids } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: "string" },
    means: { type: "string", default: meansNames.join() },
    limit: { type: "string", default: "100000" },
    workers: { type: "string", default: "2" },
    first: { type: "string", default: "100000" },
  },
});
/** Stand in the cache when all mutants were compiled, and when it is known where programs come. */
const COMPILED = "all";
const REACHED = "reached";

const languages =
  options.language === undefined ? (["ts", "c"] as const) : [options.language as Language];
const known = knownKillers();

if (ids.length > 0) await ask(ids);
else await all();

/** All that is not known yet of the HALs; then the pages. */
async function all(): Promise<void> {
  let left = Number(options.limit);
  let isWhole = languages.length === 2;
  for (const language of languages) {
    const store = new Store(language);
    const mutants = await candidates(language);
    if (language === "ts") {
      compileAll(mutants, store);
      await reachAll(mutants, store);
    }
    for (;;) {
      const wanted = jobsFor(mutants, store).filter(({ means }) => means.every(isWanted));
      const jobs = firstOf(wanted).slice(0, left);
      left -= jobs.length;
      if (jobs.length === 0) break;
      await runAndStore(jobs, store);
    }
    isWhole &&= jobsFor(mutants, store).length === 0;
  }
  if (!isWhole) console.log("not all is known yet: run it again, and it goes on");
  const faults = await writePages();
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

function isWanted(means: MeansName): boolean {
  return options.means.split(",").includes(means);
}

/** Random programs for all mutants, laws for those that survive, laws for the drawn ones, and what the score does not need. */
function firstOf(jobs: readonly Job[]): readonly Job[] {
  const stage = ({ means, isAlive }: Job): number => {
    if (means.includes("random")) return 0;
    if (!means.includes("laws")) return 3;
    return isAlive ? 1 : 2;
  };
  const first = Math.min(...jobs.map(stage));
  return jobs.filter((job) => stage(job) === first);
}

function jobsFor(mutants: readonly Mutant[], store: Store): Job[] {
  // By their ids, which are as good as drawn: what a run that is ended knows is a fair sample.
  const inOrder = [...mutants].sort((a, b) => (a.id.slice(-8) < b.id.slice(-8) ? -1 : 1));
  return inOrder.slice(0, Number(options.first)).flatMap((mutant) => {
    const row = store.rows.get(mutant.id);
    const means = meansToAsk(mutant, row);
    // A C mutant that behaves otherwise was compiled to other code: only survivors are looked at.
    const isAlive = !isKilled(row);
    const isToCompile = mutant.language === "c" && row !== undefined && isAlive;
    const job = { mutant, means, isToCompile, isAlive, known: known.get(mutant.id) ?? {} };
    return means.length === 0 ? [] : [job];
  });
}

/** All mutants of the TypeScript HAL are compiled first, once. */
function compileAll(mutants: readonly Mutant[], store: Store): void {
  if (store.rows.has(COMPILED)) return;
  const refused = refusedByCompiler(mutants);
  for (const { id } of mutants) if (refused.has(id)) store.add({ id, apart: "not-compiled" });
  store.add({ id: COMPILED, apart: "not-compiled" });
}

/** Those that no program comes to are not asked about. */
async function reachAll(mutants: readonly Mutant[], store: Store): Promise<void> {
  if (store.rows.has(REACHED)) return;
  const counted = mutants.filter(({ id }) => store.rows.get(id)?.apart === undefined);
  for (const { id } of await unreached(counted)) store.add({ id, isUnreached: true });
  store.add({ id: REACHED, apart: "not-compiled" });
}

async function runAndStore(jobs: readonly Job[], store: Store): Promise<void> {
  let done = 0;
  await runJobs(jobs, Number(options.workers), ({ mutant: { id }, means }, report) => {
    if (report.kind === "result") store.add({ id, means: report.means, result: report.result });
    else if (report.kind === "apart") store.add({ id, apart: report.apart });
    else {
      done += 1;
      if (done % 20 === 0) console.log(`${done} of ${jobs.length}`);
    }
    if (report.kind !== "lost") return;
    const why = "the process that judged it ended or fell silent";
    const missing = means.filter((each) => store.rows.get(id)?.results[each] === undefined);
    for (const each of missing) store.add({ id, means: each, result: { verdict: "error", why } });
  });
}

/** All means for some mutants. */
async function ask(wanted: readonly string[]): Promise<void> {
  const every = [...(await candidates("ts")), ...(await candidates("c"))];
  const none: Known = {};
  const jobs = every
    .filter(({ id }) => wanted.some((each) => id.startsWith(each)))
    .map(
      (mutant): Job => ({
        mutant,
        means: meansFor(mutant),
        isToCompile: true,
        isAlive: true,
        known: known.get(mutant.id) ?? none,
      }),
    );
  await runJobs(jobs, Number(options.workers), ({ mutant: { id } }, report) => {
    if (report.kind !== "done") console.log(id, JSON.stringify(report));
  });
}

function meansFor({ language }: Mutant): readonly MeansName[] {
  return meansNames.filter((each) => isWanted(each) && (language === "ts" || each !== "search"));
}
