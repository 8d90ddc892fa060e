import type { ExploreErrorCode } from "../explore-errors.js";
import type { ExploreFinding } from "../finding.js";
import type { RandomLimits, SearchLimits } from "../limits.js";
import type { UnitReport } from "../report.js";
import type { Schedule } from "../schedule.js";
import type { CaseLook, ExploreUnit, SearchCase } from "../unit.js";

/** What a worker is born with. */
export interface WorkerSetup {
  /** URL of the jobs module. */
  readonly module: string;
  /** What its `jobs` function is given. */
  readonly data: unknown;
  /** The search's limits. */
  readonly limits: SearchLimits;
  /** How schedules are drawn, if they are. */
  readonly random: RandomLimits | undefined;
  /** Two Int32, signs of life: the worker adds 1 to the first after each run, to the second now and then in a long one. */
  readonly beats: SharedArrayBuffer;
  /** The memory of a `ScheduleMemory`: which run it is at. */
  readonly schedule: SharedArrayBuffer;
}

/** What a worker is asked; it replies to each before the next. */
export type WorkerRequest =
  /** Load the jobs module. */
  | { readonly kind: "load" }
  /** What is there to search? */
  | { readonly kind: "cases" }
  /** How is this case to be laid out? */
  | { readonly kind: "look"; readonly job: number; readonly index: number }
  /** Search this unit. */
  | { readonly kind: "unit"; readonly unit: ExploreUnit }
  /** Where does this run of a case not return? */
  | {
      readonly kind: "explain";
      readonly job: number;
      readonly index: number;
      readonly schedule: Schedule;
    };

/** What it replies. */
export type WorkerReply =
  | { readonly kind: "load" }
  | { readonly kind: "cases"; readonly search: string; readonly cases: readonly SearchCase[] }
  | { readonly kind: "look"; readonly look: CaseLook }
  | { readonly kind: "unit"; readonly report: UnitReport }
  | { readonly kind: "explained"; readonly finding: ExploreFinding | undefined }
  /** The jobs module cannot be used. */
  | {
      readonly kind: "failed";
      readonly code: ExploreErrorCode;
      readonly message: string;
      readonly hint: string;
    };
