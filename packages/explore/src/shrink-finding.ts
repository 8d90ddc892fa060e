import { shrinkProgram } from "@escapement/conformance";
import { CodedError } from "@escapement/core";
import {
  type CallGuard,
  CallNotReturned,
  type Program,
  validateProgram,
} from "@escapement/scenario";
import type { ExploreCase } from "./case.js";
import { type ExploreFinding, isSameFinding } from "./finding.js";
import type { SearchLimits } from "./limits.js";
import { formatSchedule, parseSchedule } from "./schedule.js";
import { CaseSearch } from "./search.js";
import { shrinkSchedule } from "./shrink.js";
import type { World } from "./world.js";

/** Options of {@link shrinkFinding}. */
export interface ShrinkFindingOptions {
  /** The limits of the search that made the finding. */
  readonly limits: SearchLimits;
  /** Ends a search of a smaller program that does not return; none does where it is absent. */
  readonly guard?: CallGuard;
  /** Programs that may be tried; 400 when absent. */
  readonly programs?: number;
}

/** A finding of a random program, shown by a smaller one. */
export interface SmallFinding {
  /** The smaller program, as a case. */
  readonly subject: ExploreCase;
  /** What its search found. */
  readonly finding: ExploreFinding;
}

const PROGRAMS = 400;

/** Runs that the search of one smaller program may take. */
const RUNS_A_PROGRAM = 3000;

/**
 * Makes the program of a finding smaller, for as long as some schedule with no more moves than the
 * finding's shows the same thing; then takes the simplest such schedule.
 *
 * @returns nothing where the case is no random program, or its search finds that no more
 */
export async function shrinkFinding(
  world: World,
  subject: ExploreCase,
  finding: ExploreFinding,
  { limits, guard = (work) => work(), programs = PROGRAMS }: ShrinkFindingOptions,
): Promise<SmallFinding | undefined> {
  const { withProgram } = subject;
  if (withProgram === undefined) return undefined;
  const bound = parseSchedule(finding.schedule).length;
  const search = (program: Program): SmallFinding | undefined => {
    try {
      validateProgram(program);
      const smaller = withProgram(program);
      const found = guard(() => firstSame(world, smaller, finding, { ...limits, bound }));
      return found && { subject: smaller, finding: found };
    } catch (error) {
      // A smaller program need not be one that runs, or that comes to its end.
      if (error instanceof CodedError || error instanceof CallNotReturned) return undefined;
      throw error;
    }
  };
  if (search(subject.program) === undefined) return undefined;
  const stillFails = async (program: Program): Promise<boolean> => search(program) !== undefined;
  const small = await shrinkProgram(subject.program, stillFails, { runs: programs });
  return search(small);
}

/** The first finding of a case that is the same thing, by its simplest schedule. */
function firstSame(
  world: World,
  subject: ExploreCase,
  finding: ExploreFinding,
  limits: SearchLimits,
): ExploreFinding | undefined {
  const { kind } = finding;
  let runs = 0;
  const same: ExploreCase = {
    ...subject,
    check: (trace) =>
      subject.check(trace).filter((found) => isSameFinding({ ...found, kind }, finding)),
  };
  const onRun = (): boolean => {
    runs += 1;
    return runs < RUNS_A_PROGRAM;
  };
  const wanted: SearchLimits = { ...limits, kinds: [kind], stopAtFirst: true };
  const [found] = new CaseSearch(world, same, wanted, undefined, onRun).run().findings;
  if (found === undefined) return undefined;
  const moves = parseSchedule(found.schedule);
  const simplest = shrinkSchedule(world, same, moves, kind, limits.maskedMax);
  return { ...found, schedule: formatSchedule(simplest) };
}
