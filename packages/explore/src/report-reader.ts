import { type ExploreError, exploreErrors } from "./explore-errors.js";

/** The members of an object of a JSON text, not yet checked. */
export type Members = Readonly<Record<string, unknown>>;

/** What differs between the reports of the two machines. */
export interface ReportFormat {
  /** The command that writes such reports. */
  readonly command: "explore" | "explore uno";
  /** Checks the limits, and returns them as a program has them. */
  limits(limits: Members): Members;
  /** Checks the coverage of a unit, which is named `at`. */
  coverage(coverage: Members, at: string): void;
  /** Checks the other members of the report. */
  more?(report: Members): void;
}

/**
 * Reads a report of a search on either machine from its JSON text. Whoever names the type of report
 * gives the format that checks its members.
 *
 * @throws {@link ExploreError} `report-mismatch` for any other text, naming what is wrong.
 */
export function readReport<Report>(text: string, format: ReportFormat): Report {
  const report = memberObject(parse(text), "the report");
  if (report.version !== 1) {
    throw mismatch(`its version is ${JSON.stringify(report.version)}, expected 1`);
  }
  checkMember(report.search, "search", isText);
  const command = report.emulator === undefined ? "explore" : "explore uno";
  if (command !== format.command) {
    throw exploreErrors.otherMachine({ command, expected: format.command });
  }
  checkMember(report.seconds, "seconds", isDuration);
  const planned = memberList(report.planned, "planned");
  for (const [place, id] of planned.entries()) checkMember(id, `planned[${place}]`, isText);
  format.more?.(report);
  const limits = format.limits(memberObject(report.limits, "limits"));
  const ids = new Set(planned);
  for (const [place, unit] of memberList(report.units, "units").entries()) {
    checkUnit(memberObject(unit, `units[${place}]`), `units[${place}]`, ids, format);
  }
  // Every member that the type has was looked at above; the head is of the file, not of the search.
  const { $schema: _schema, run: _run, ...members } = report;
  return { ...members, limits } as unknown as Report;
}

function checkUnit(
  unit: Members,
  at: string,
  planned: ReadonlySet<unknown>,
  format: ReportFormat,
): void {
  for (const name of ["id", "target", "name"]) checkMember(unit[name], `${at}.${name}`, isText);
  checkMember(unit.id, `${at}.id`, (id) => planned.has(id));
  checkMember(unit.value, `${at}.value`, isCount);
  format.coverage(memberObject(unit.coverage, `${at}.coverage`), `${at}.coverage`);
  for (const [place, given] of memberList(unit.findings, `${at}.findings`).entries()) {
    const finding = memberObject(given, `${at}.findings[${place}]`);
    for (const name of ["kind", "name", "message", "schedule"]) {
      checkMember(finding[name], `${at}.findings[${place}].${name}`, isText);
    }
    checkMember(finding.value, `${at}.findings[${place}].value`, isCount);
    for (const name of ["rule", "violation", "pattern", "variable"]) {
      if (finding[name] === undefined) continue;
      checkMember(finding[name], `${at}.findings[${place}].${name}`, isText);
    }
    checkSource(finding, `${at}.findings[${place}]`);
  }
  for (const [place, given] of memberList(unit.splits ?? [], `${at}.splits`).entries()) {
    const split = memberObject(given, `${at}.splits[${place}]`);
    for (const name of ["pattern", "variable", "schedule"]) {
      checkMember(split[name], `${at}.splits[${place}].${name}`, isText);
    }
    checkSource(split, `${at}.splits[${place}]`);
  }
  if (unit.error === undefined) return;
  const error = memberObject(unit.error, `${at}.error`);
  for (const name of ["code", "message", "hint"])
    checkMember(error[name], `${at}.error.${name}`, isText);
}

/** The members that say where in a source something is, as far as there are any. */
function checkSource({ source, stack = [], accesses = [] }: Members, at: string): void {
  if (source !== undefined) checkPlace(source, `${at}.source`);
  for (const [index, call] of memberList(stack, `${at}.stack`).entries()) {
    checkMember(call, `${at}.stack[${index}]`, isText);
  }
  for (const [index, given] of memberList(accesses, `${at}.accesses`).entries()) {
    const access = memberObject(given, `${at}.accesses[${index}]`);
    checkMember(access.context, `${at}.accesses[${index}].context`, isText);
    checkMember(access.write, `${at}.accesses[${index}].write`, isFlag);
    checkPlace(access.place, `${at}.accesses[${index}].place`);
  }
}

function checkPlace(given: unknown, at: string): void {
  const place = memberObject(given, at);
  checkMember(place.file, `${at}.file`, isText);
  for (const name of ["line", "column"]) checkMember(place[name], `${at}.${name}`, isCount);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw mismatch(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Whether it is a text. */
export function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** Whole, 0 or more, and exact: what can be counted. */
export function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Whether it is true or false. */
export function isFlag(value: unknown): boolean {
  return typeof value === "boolean";
}

function isDuration(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/**
 * Refuses a report for a member that is not as it has to be.
 *
 * @throws {@link ExploreError} `report-mismatch`, naming the member and showing its value.
 */
export function checkMember(
  value: unknown,
  name: string,
  holds: (value: unknown) => boolean,
): void {
  if (holds(value)) return;
  const text = JSON.stringify(value) ?? "missing";
  throw mismatch(`${name} is ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`);
}

/**
 * A member that has to be an object.
 *
 * @throws {@link ExploreError} `report-mismatch` when it is none.
 */
export function memberObject(value: unknown, name: string): Members {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  checkMember(value, name, () => isObject);
  return value as Members;
}

/**
 * A member that has to be an array.
 *
 * @throws {@link ExploreError} `report-mismatch` when it is none.
 */
export function memberList(value: unknown, name: string): readonly unknown[] {
  checkMember(value, name, Array.isArray);
  return value as readonly unknown[];
}

function mismatch(why: string, cause?: unknown): ExploreError {
  return exploreErrors.noReport({ why }, { cause });
}
