import { schemaAddress } from "@escapement/timeline";
import { cleaned } from "../clean-report.js";
import { type RunFacts, runFactTexts } from "./run-facts.js";

/** The kinds of JSON documents that have a published schema. */
export type ReportKind =
  | "conform"
  | "fuzz"
  | "explore"
  | "explore-replay"
  | "explore-uno"
  | "explore-uno-replay"
  | "race"
  | "race-replay"
  | "laws"
  | "bugs"
  | "devs";

/**
 * The version of every kind of JSON document. Within it members are only added, and a reader ignores
 * those that it does not know; none is removed, renamed or given another meaning.
 */
export const REPORT_VERSION = 1;

/** What every JSON document begins with. */
export interface ReportHead {
  /** The address of the schema of its kind and version. */
  readonly $schema: string;
  /** The version of its kind. */
  readonly version: typeof REPORT_VERSION;
  /** What is known of the run; absent where nothing is. */
  readonly run?: RunFacts;
}

/** The first members of a JSON document of that kind. */
export function reportHead(kind: ReportKind, run: RunFacts = {}): ReportHead {
  return {
    $schema: schemaAddress(kind, REPORT_VERSION),
    version: REPORT_VERSION,
    ...(runFactTexts(run).length > 0 && { run: cleaned(run) }),
  };
}
