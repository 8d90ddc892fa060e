import { counted } from "@escapement/timeline";
import type { Verdict } from "../law.js";
import { type BoardReport, summarize } from "../report.js";
import { cleanReport } from "./clean-report.js";
import { differsSums } from "./differs.js";
import { plainStyler, type Styler } from "./styler.js";
import { brokenBlocks } from "./summary/broken-blocks.js";
import { brokenLaws } from "./summary/folded.js";
import { groupTable } from "./summary/group-table.js";
import type { TerminalOptions } from "./terminal.js";
import {
  diagnosisBlocks,
  errorLines,
  joinBlocks,
  skipLines,
  terminalGlyphs,
  verdictOrder,
} from "./terminal-parts.js";

/** What a summary says besides the verdicts. */
export interface SummaryOptions extends TerminalOptions {
  /** Lines at the beginning, such as what was done to the boards. */
  readonly heading?: readonly string[];
  /** Lines at the end, before the sum, such as the files that were written. */
  readonly notes?: readonly string[];
  /** What the sum ends with, such as the time that the run took; none when absent. */
  readonly ending?: string;
}

/**
 * Writes reports for a terminal, on a screen where every law holds: a row for each group of laws with a
 * column for each board, what boards state otherwise than the contract, what was skipped and why, and the
 * sum as the last line.
 *
 * Where laws are broken, what explains most of them comes first; then the first five of them, each once
 * for all boards, with what was found, the iteration that shows it (where the run kept it, `keepTraces`)
 * and the command that shows it again; the rest have a line each. `terminalTable` has a row for every law.
 *
 * Pure. Ends with a newline.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { runConformance, terminalSummary } from "@escapement/conformance";
 *
 * const board = createSimBoard({ profile: "avr16" });
 * const report = await runConformance(board, { only: ["STOP"], keepTraces: "failed" });
 * console.log(terminalSummary([report], { columns: 80 }));
 * await board.close();
 * ```
 */
export function terminalSummary(
  given: readonly BoardReport[],
  options: SummaryOptions = {},
): string {
  const reports = given.map(cleanReport);
  const { styler = plainStyler, columns = 100, commandFor, heading = [], notes = [] } = options;
  return joinBlocks([
    heading,
    ...diagnosisBlocks(reports, styler),
    ...brokenBlocks(brokenLaws(reports), { styler, columns, commandFor, given }),
    errorLines(reports, styler),
    groupTable(reports, columns, styler),
    [...skipLines(reports, styler), ...differsSums(reports).map((line) => styler("skip", line))],
    notes,
    [sumLine(reports, styler, options.ending)],
  ]);
}

/**
 * The sum of reports in one line, such as `✓ 149 laws on 7 boards: 1036 pass, 7 skip, in 21 s`; verdicts that
 * no law came to are left out.
 */
export function sumLine(
  reports: readonly BoardReport[],
  styler: Styler = plainStyler,
  ending?: string,
): string {
  const counts = summarize(reports.flatMap(({ laws }) => laws));
  const verdict: Verdict = counts.error > 0 ? "error" : counts.fail > 0 ? "fail" : "pass";
  const said = verdictOrder.filter((each) => counts[each] > 0);
  const parts = said.map((each) => styler(each, `${counts[each]} ${each}`));
  const most = Math.max(0, ...reports.map(({ laws }) => laws.length));
  const where = reports.length === 1 ? reports[0]?.board : counted(reports.length, "board");
  const end = ending === undefined ? "" : `, ${ending}`;
  const sign = styler(verdict, terminalGlyphs[verdict]);
  return `${sign} ${counted(most, "law")} on ${where ?? ""}: ${parts.join(", ")}${end}`;
}
