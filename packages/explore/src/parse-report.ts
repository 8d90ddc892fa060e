import { jsonText } from "@escapement/scenario";
import { ExploreError } from "./explore-error.js";
import type { ExploreReport } from "./report.js";

/** Writes a report as JSON, with `null` for a limit that is Infinity, on one line. */
export function formatReport(report: ExploreReport): string {
  return `${jsonText(report)}\n`;
}

/**
 * Reads what {@link formatReport} wrote.
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
  const report = asObject(parse(text), "the report");
  if (report.version !== 1) {
    throw mismatch(`its version is ${JSON.stringify(report.version)}, expected 1`);
  }
  check(report.search, "search", isText);
  check(report.seconds, "seconds", isDuration);
  list(report.planned, "planned").forEach((id, at) => {
    check(id, `planned[${at}]`, isText);
  });
  if (report.random !== undefined) checkRandom(asObject(report.random, "random"));
  const limits = readLimits(asObject(report.limits, "limits"));
  const planned = new Set(list(report.planned, "planned"));
  list(report.units, "units").forEach((unit, at) => {
    checkUnit(asObject(unit, `units[${at}]`), `units[${at}]`, planned);
  });
  // Every member that the type has was looked at above.
  return { ...report, limits } as unknown as ExploreReport;
}

type Members = Readonly<Record<string, unknown>>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw mismatch(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function readLimits(limits: Members): Members {
  const read: Record<string, unknown> = { ...limits };
  check(limits.bound, "limits.bound", isCount);
  for (const name of ["length", "pointsMax", "maskedMax", "findingsMax"]) {
    if (limits[name] === null) read[name] = Number.POSITIVE_INFINITY;
    else check(limits[name], `limits.${name}`, isCount);
  }
  check(limits.prune, "limits.prune", isFlag);
  check(limits.stopAtFirst, "limits.stopAtFirst", isFlag);
  return read;
}

function checkRandom(random: Members): void {
  check(random.kind, "random.kind", (value) => value === "random" || value === "pct");
  for (const name of ["schedules", "depth", "seed"]) check(random[name], `random.${name}`, isCount);
}

function checkUnit(unit: Members, at: string, planned: ReadonlySet<unknown>): void {
  for (const name of ["id", "target", "name"]) check(unit[name], `${at}.${name}`, isText);
  check(unit.id, `${at}.id`, (id) => planned.has(id));
  check(unit.value, `${at}.value`, isCount);
  const coverage = asObject(unit.coverage, `${at}.coverage`);
  for (const name of ["points", "schedules", "pruned", "runs", "maskedPoints"]) {
    check(coverage[name], `${at}.coverage.${name}`, isCount);
  }
  check(coverage.bound, `${at}.coverage.bound`, isBound);
  for (const [place, count] of list(coverage.byMoves, `${at}.coverage.byMoves`).entries()) {
    check(count, `${at}.coverage.byMoves[${place}]`, isCount);
  }
  for (const [place, cell] of list(coverage.atomic, `${at}.coverage.atomic`).entries()) {
    check(cell, `${at}.coverage.atomic[${place}]`, isText);
  }
  for (const [place, given] of list(unit.findings, `${at}.findings`).entries()) {
    const finding = asObject(given, `${at}.findings[${place}]`);
    for (const name of ["kind", "name", "message", "schedule"]) {
      check(finding[name], `${at}.findings[${place}].${name}`, isText);
    }
    check(finding.value, `${at}.findings[${place}].value`, isCount);
  }
  if (unit.error === undefined) return;
  const error = asObject(unit.error, `${at}.error`);
  for (const name of ["code", "message", "hint"]) check(error[name], `${at}.error.${name}`, isText);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** Whole, 0 or more, and exact: what can be counted. */
function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** A count, or −1 where no bound was gone through whole. */
function isBound(value: unknown): boolean {
  return value === -1 || isCount(value);
}

function isDuration(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean";
}

function check(value: unknown, name: string, holds: (value: unknown) => boolean): void {
  if (holds(value)) return;
  const text = JSON.stringify(value) ?? "missing";
  throw mismatch(`${name} is ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`);
}

function asObject(value: unknown, name: string): Members {
  check(
    value,
    name,
    (given) => typeof given === "object" && given !== null && !Array.isArray(given),
  );
  return value as Members;
}

function list(value: unknown, name: string): readonly unknown[] {
  check(value, name, Array.isArray);
  return value as readonly unknown[];
}

function mismatch(why: string, cause?: unknown): ExploreError {
  return new ExploreError(
    "report-mismatch",
    `The text is no report of a search: ${why}`,
    "Give a file that `escapement explore --json` wrote, whole, with the same release.",
    { cause },
  );
}
