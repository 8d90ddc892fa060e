import {
  checkMember,
  isCount,
  isFlag,
  type Members,
  memberList,
  memberObject,
  readReport,
} from "@escapement/explore";
import type { UnoReport } from "./report.js";

const counts = [
  ...["cases", "points", "schedules", "pruned", "holds", "runs", "addresses", "withEvent"],
  ...["withWrap", "armed", "withMatch", "contexts", "contextsWithWrap"],
];

/**
 * Reads a report of a search of the Uno that `formatReport` of `@escapement/explore` wrote.
 *
 * @throws ExploreError `report-mismatch` for any other text, naming what is wrong.
 */
export function parseUnoReport(text: string): UnoReport {
  return readReport(text, {
    command: "explore uno",
    limits: checkLimits,
    coverage: checkCoverage,
    more: checkTarget,
  });
}

function checkLimits(limits: Members): Members {
  checkMember(limits.bound, "limits.bound", (bound) => bound === 1 || bound === 2);
  checkMember(limits.findingsMax, "limits.findingsMax", isCount);
  for (const name of ["prune", "holds", "stopAtFirst"]) {
    checkMember(limits[name], `limits.${name}`, isFlag);
  }
  return limits;
}

function checkTarget(report: Members): void {
  memberObject(report.board, "board");
  checkMember(report.emulator, "emulator", (name) => name === "corrected" || name === "stock");
  checkMember(report.slackTicks, "slackTicks", isCount);
}

function checkCoverage(coverage: Members, at: string): void {
  for (const name of counts) checkMember(coverage[name], `${at}.${name}`, isCount);
  checkMember(coverage.whole, `${at}.whole`, isFlag);
  const fresh = memberObject(coverage.fresh, `${at}.fresh`);
  const functions = memberObject(fresh.functions, `${at}.fresh.functions`);
  for (const [name, pairs] of Object.entries(functions)) {
    checkPairs(pairs, `${at}.fresh.functions.${name}`);
  }
  checkPairs(fresh.contexts, `${at}.fresh.contexts`);
  for (const name of ["reached", "wrapped"]) {
    for (const path of memberList(fresh[name], `${at}.fresh.${name}`)) {
      checkMember(path, `${at}.fresh.${name}`, isCount);
    }
  }
}

function checkPairs(pairs: unknown, at: string): void {
  for (const pair of memberList(pairs, at)) {
    checkMember(
      pair,
      at,
      (each) => Array.isArray(each) && each.length === 2 && each.every(isCount),
    );
  }
}
