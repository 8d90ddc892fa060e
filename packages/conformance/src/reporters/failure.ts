import { excerptLines } from "@escapement/timeline";
import type { ProgramOrigin } from "../law.js";
import type { BoardReport, LawResult } from "../report.js";
import { failedProgramLines } from "./random/failed-program.js";

/**
 * The command that runs one law on one board again; `origin` names the program where the law has
 * several.
 */
export type CommandFor = (board: string, law: string, origin?: ProgramOrigin) => string;

/** What a failure's times are shown by. */
type Described = Pick<BoardReport, "description">;

/** One line: `STOP-04 fails on uno: 10 expiries, expected exactly 1`. */
export function failureLine(report: BoardReport, result: LawResult): string {
  const verb = result.verdict === "fail" ? "fails on" : "has no verdict on";
  return `${result.id} ${verb} ${report.board}: ${result.reason ?? ""}`;
}

/** The timeline of a broken law; no lines when there is nothing to show, or a random program has its own. */
export function failureTimeline(report: Described, result: LawResult): readonly string[] {
  if (result.failedProgram !== undefined) return [];
  const frequencyHz = report.description?.frequencyHz;
  return excerptLines(result.excerpt ?? [], {
    ...(frequencyHz === undefined ? {} : { frequencyHz }),
    marked: (result.findings ?? []).flatMap(({ record }) => (record === undefined ? [] : [record])),
  });
}

/** The random program that broke a law, as lines; none where the law has a program of its own. */
export function failureProgram(report: Described, { failedProgram }: LawResult): readonly string[] {
  if (failedProgram === undefined) return [];
  const frequencyHz = report.description?.frequencyHz;
  return failedProgramLines(failedProgram, frequencyHz === undefined ? {} : { frequencyHz });
}

/** The results of one verdict over all boards. */
export function resultsOf(
  reports: readonly BoardReport[],
  verdict: LawResult["verdict"],
): readonly { readonly report: BoardReport; readonly result: LawResult }[] {
  return reports.flatMap((report) =>
    report.laws.filter((law) => law.verdict === verdict).map((result) => ({ report, result })),
  );
}

/** Whether the diagnosis of its board, as a difference that could be stated, says what a broken law would say. */
export function isExplained({ diagnosis }: BoardReport, { id }: LawResult): boolean {
  return diagnosis?.kind === "differs" && diagnosis.laws.includes(id);
}
