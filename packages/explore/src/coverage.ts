import type { ExploreReport, ExploreSummary, UnitReport } from "./report.js";

/** What was searched of one law, or one program, on one target or on all. */
export interface CoverageRow {
  /** The target's name; `all` where a row is about several. */
  readonly target: string;
  /** The cases' name: the law's id, or the program's name. */
  readonly name: string;
  /** Cases that were searched whole. */
  readonly cases: number;
  /** Points of their plain runs. */
  readonly points: number;
  /** Distinct schedules run. */
  readonly schedules: number;
  /** Schedules left out because one that was run is equivalent. */
  readonly pruned: number;
  /** Runs in all. */
  readonly runs: number;
  /** The smallest bound that was searched whole in every unit; −1 where one has none. */
  readonly bound: number;
  /** The longest section with interrupts masked, in points. */
  readonly maskedPoints: number;
  /** Findings. */
  readonly findings: number;
  /** Units that could not be searched to their end. */
  readonly errors: number;
}

/** A report in a few numbers. */
export function summarize(report: ExploreReport): ExploreSummary {
  const { cases, points, schedules, pruned, runs, bound, maskedPoints, findings, errors } = total(
    "all",
    "all",
    report.units,
    wholeCases(report),
  );
  return {
    done: report.units.length,
    planned: report.planned.length,
    cases,
    points,
    schedules,
    pruned,
    runs,
    findings,
    errors,
    bound,
    maskedPoints,
  };
}

/**
 * A report in rows, in the order of the search.
 *
 * @param by one row for each name on each target, or one for each name on all of them
 */
export function coverageRows(
  report: ExploreReport,
  by: "target" | "name" = "target",
): readonly CoverageRow[] {
  const groups = new Map<string, UnitReport[]>();
  for (const unit of report.units) {
    const key = by === "target" ? `${unit.target}\n${unit.name}` : unit.name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [unit]);
    else group.push(unit);
  }
  const whole = wholeCases(report);
  return [...groups.values()].map((units) => {
    const [{ target, name } = { target: "", name: "" }] = units;
    const targets = new Set(units.map((unit) => unit.target));
    return total(targets.size > 1 ? "all" : target, name, units, whole);
  });
}

/** The case that a unit is of, as a text: its id without the part. */
function caseOf(id: string): string {
  return id.replace(/ part \d+\/\d+$/, "");
}

/** The cases all of whose units are done, to the end. */
function wholeCases({ planned, units }: ExploreReport): ReadonlySet<string> {
  const done = new Set(units.filter(({ error }) => error === undefined).map(({ id }) => id));
  const whole = new Set(planned.map(caseOf));
  for (const id of planned) if (!done.has(id)) whole.delete(caseOf(id));
  return whole;
}

function total(
  target: string,
  name: string,
  units: readonly UnitReport[],
  whole: ReadonlySet<string>,
): CoverageRow {
  const points = new Map<string, number>();
  const row = { schedules: 0, pruned: 0, runs: 0, maskedPoints: 0, findings: 0, errors: 0 };
  let bound = Number.POSITIVE_INFINITY;
  for (const { id, coverage, findings, error } of units) {
    points.set(caseOf(id), Math.max(points.get(caseOf(id)) ?? 0, coverage.points));
    row.schedules += coverage.schedules;
    row.pruned += coverage.pruned;
    row.runs += coverage.runs;
    row.maskedPoints = Math.max(row.maskedPoints, coverage.maskedPoints);
    row.findings += findings.length;
    row.errors += error === undefined ? 0 : 1;
    bound = Math.min(bound, coverage.bound);
  }
  return {
    target,
    name,
    ...row,
    cases: [...points.keys()].filter((id) => whole.has(id)).length,
    points: [...points.values()].reduce((sum, count) => sum + count, 0),
    bound: bound === Number.POSITIVE_INFINITY ? -1 : bound,
  };
}
