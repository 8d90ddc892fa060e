import type { ReportHead } from "@escapement/conformance";
import { jsonText } from "@escapement/scenario";
import type { ExploreReport } from "./report.js";
import {
  checkMember,
  isCount,
  isFlag,
  isText,
  type Members,
  memberList,
  memberObject,
  readReport,
} from "./report-reader.js";

/**
 * Writes a report of either machine as JSON, with `null` for a limit that is Infinity, on one line; its
 * `head` comes first, where there is one.
 */
export function formatReport(report: object, head?: ReportHead): string {
  return `${jsonText({ ...head, ...report })}\n`;
}

/**
 * Reads a report of a search on simulated chips that {@link formatReport} wrote.
 *
 * @throws {@link ExploreError} `report-mismatch` for any other text, naming what is wrong.
 *
 * @example
 * ```ts
 * import { type ExploreReport, formatReport, parseReport, sameResult } from "@escapement/explore";
 *
 * declare const report: ExploreReport;
 * console.log(sameResult(parseReport(formatReport(report)), report)); // true
 * ```
 */
export function parseReport(text: string): ExploreReport {
  return readReport(text, {
    command: "explore",
    limits: readLimits,
    coverage: checkCoverage,
    more: checkDraws,
  });
}

function readLimits(limits: Members): Members {
  const read: Record<string, unknown> = { ...limits };
  checkMember(limits.bound, "limits.bound", isCount);
  for (const name of ["length", "pointsMax", "maskedMax", "findingsMax"]) {
    if (limits[name] === null) read[name] = Number.POSITIVE_INFINITY;
    else checkMember(limits[name], `limits.${name}`, isCount);
  }
  checkMember(limits.prune, "limits.prune", isFlag);
  checkMember(limits.stopAtFirst, "limits.stopAtFirst", isFlag);
  return read;
}

function checkDraws(report: Members): void {
  if (report.random === undefined) return;
  const random = memberObject(report.random, "random");
  checkMember(random.kind, "random.kind", (value) => value === "random" || value === "pct");
  for (const name of ["schedules", "depth", "seed"])
    checkMember(random[name], `random.${name}`, isCount);
}

function checkCoverage(coverage: Members, at: string): void {
  for (const name of ["points", "schedules", "pruned", "runs", "maskedPoints"]) {
    checkMember(coverage[name], `${at}.${name}`, isCount);
  }
  checkMember(coverage.bound, `${at}.bound`, (bound) => bound === -1 || isCount(bound));
  for (const [place, count] of memberList(coverage.byMoves, `${at}.byMoves`).entries()) {
    checkMember(count, `${at}.byMoves[${place}]`, isCount);
  }
  for (const [place, cell] of memberList(coverage.atomic, `${at}.atomic`).entries()) {
    checkMember(cell, `${at}.atomic[${place}]`, isText);
  }
}
