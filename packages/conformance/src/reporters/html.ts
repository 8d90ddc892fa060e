import type { Law } from "../law.js";
import { laws as catalogue } from "../laws/index.js";
import type { BoardReport } from "../report.js";
import type { CommandFor } from "./failure.js";
import { conformStyle } from "./html/conform-style.js";
import { latenessSection } from "./html/lateness.js";
import { lawSection } from "./html/laws.js";
import { matrixSection } from "./html/matrix.js";
import {
  boardSection,
  brokenSection,
  diagnosisSection,
  differsSection,
  errorSection,
  headline,
} from "./html/overview.js";
import { lawRows } from "./html/parts.js";
import { reportPage } from "./html/report-page.js";
import type { RunFacts } from "./run/run-facts.js";

/** What the page says of the run as a whole. */
export interface HtmlOptions {
  /** The page's title; `Timer conformance` when absent. */
  readonly title?: string;
  /** The command that runs one law on one board again. */
  readonly commandFor?: CommandFor;
  /** What is known of the run. */
  readonly run?: RunFacts;
  /** Where origin, needs and program of each law are looked up by its id; the catalogue when absent. */
  readonly laws?: readonly Law[];
}

/**
 * Writes reports as one HTML file that needs nothing else: no network, light and dark, and nothing
 * in it that only a script can show.
 *
 * Verdicts at a glance first: boards, broken laws, and a table of every law on every board. Then how
 * late each board's handlers came, and each law with its program, its trace as a timeline and, where
 * it is broken, what to look at. Traces are drawn where the run kept them (`keepTraces`): for each
 * broken law on its board, else once a law. The same reports give the same bytes.
 *
 * @example
 * ```ts
 * import { createSimBoard } from "@escapement/board-sim";
 * import { htmlReport, runConformance } from "@escapement/conformance";
 *
 * const board = createSimBoard({ profile: "avr16" });
 * const report = await runConformance(board, { only: ["STOP"], keepTraces: "all" });
 * console.log(htmlReport([report]).length);
 * await board.close();
 * ```
 */
export function htmlReport(reports: readonly BoardReport[], options: HtmlOptions = {}): string {
  const rows = lawRows(reports, options.laws ?? catalogue);
  const sections = [
    diagnosisSection(reports),
    boardSection(reports),
    differsSection(reports),
    brokenSection(reports),
    errorSection(reports),
    matrixSection(reports, rows),
    latenessSection(reports),
    lawSection(reports, rows, options.commandFor),
  ].filter((each) => each !== undefined);
  return reportPage({
    title: options.title ?? "Timer conformance",
    lead: headline(reports),
    run: options.run,
    sections,
    style: conformStyle,
  });
}
