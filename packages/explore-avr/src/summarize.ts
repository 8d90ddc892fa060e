import { CoverageTotal } from "./coverage-total.js";
import type { UnoReport, UnoSummary } from "./report.js";

/** A report of a search of the Uno in a few numbers, with what its programs covered together. */
export function summarizeUno({ units, planned }: UnoReport): UnoSummary {
  const total = new CoverageTotal();
  const sums = { cases: 0, points: 0, schedules: 0, pruned: 0, holds: 0, findings: 0, errors: 0 };
  for (const { coverage, findings, error } of units) {
    total.add(coverage.fresh);
    for (const name of ["cases", "points", "schedules", "pruned", "holds"] as const) {
      sums[name] += coverage[name];
    }
    sums.findings += findings.length;
    sums.errors += error === undefined ? 0 : 1;
  }
  const done = units.length;
  return {
    done,
    planned: planned.length,
    ...sums,
    ...total.count(),
    ...total.countPaths(),
    gaps: total.gaps(),
    whole: done === planned.length && units.every(({ coverage }) => coverage.whole),
  };
}
