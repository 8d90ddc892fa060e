import { cleanText } from "@escapement/scenario";
import type { RandomReport } from "../../random/random-report.js";
import { cleaned } from "../clean-report.js";

/**
 * A report as it may be printed: every text in it becomes one line in which nothing steers the terminal.
 * Hints keep their lines.
 */
export function cleanRandomReport(report: RandomReport): RandomReport {
  const { stopped } = report;
  if (stopped === undefined) return cleaned(report);
  const hint = cleanText(stopped.hint).replaceAll("\n", "\n  ");
  return { ...cleaned(report), stopped: { ...cleaned(stopped), hint } };
}
