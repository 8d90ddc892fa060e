import { type Difference, jsonText } from "@escapement/scenario";
import type { LawId, Verdict } from "../law.js";
import type { BoardReport, Diagnosis, Summary } from "../report.js";
import { differsMember } from "./differs.js";
import { type ReportHead, reportHead } from "./run/report-head.js";
import type { RunFacts } from "./run/run-facts.js";

/** The JSON document: but for what it says of the run, two runs of one thing give the same bytes. */
export interface JsonReport extends ReportHead {
  /** One entry a board, in the order they were run. */
  readonly boards: readonly {
    /** The board's name. */
    readonly board: string;
    /** One entry a law, in the catalogue's order. */
    readonly laws: readonly {
      /** The law's id. */
      readonly id: LawId;
      /** What happened to it. */
      readonly verdict: Verdict;
      /** Why; absent when it passed. */
      readonly reason?: string;
    }[];
    /** What the board states otherwise than the contract; absent where there is nothing. */
    readonly differs?: readonly Difference[];
    /** One cause that explains most of the broken laws; absent where there is none. */
    readonly diagnosis?: Diagnosis;
    /** The counts of the verdicts. */
    readonly summary: Summary;
  }[];
}

/**
 * Writes reports as JSON, two spaces deep, with a newline at the end.
 *
 * Without facts of the run it holds no time and no host name: boards that are deterministic give the same
 * bytes each time. Characters that steer a terminal are written as their escapes.
 */
export function jsonReport(
  reports: readonly BoardReport[],
  options: { readonly run?: RunFacts } = {},
): string {
  const document: JsonReport = {
    ...reportHead("conform", options.run),
    boards: reports.map(({ board, description, laws, summary, diagnosis }) => ({
      board,
      ...differsMember(description),
      ...(diagnosis && { diagnosis }),
      laws: laws.map(({ id, verdict, reason }) =>
        reason === undefined ? { id, verdict } : { id, verdict, reason },
      ),
      summary: {
        pass: summary.pass,
        fail: summary.fail,
        skip: summary.skip,
        error: summary.error,
      },
    })),
  };
  return `${jsonText(document, 2)}\n`;
}
