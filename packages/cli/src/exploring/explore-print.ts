import { resolve, sep } from "node:path";
import {
  coverageTable,
  type ExploreFinding,
  type ExploreReport,
  isTooLong,
  type Replay,
  randomCaseName,
  replayCommand,
  SEARCHED_POINTS_MAX,
  summarize,
  type UnitReport,
} from "@escapement/explore";
import { splitText } from "@escapement/explore-c";
import { cleanLine } from "@escapement/scenario";
import { counted, grouped } from "@escapement/timeline";
import type { CommandContext } from "../command.js";
import { shownText } from "../error-text.js";
import { tookText } from "../numbers.js";
import type { ExploreRequest } from "./explore-request.js";
import { movesOf, replayText } from "./finding-text.js";
import type { PlacedFinding, ShownFindings, ShownProgram } from "./shown-findings.js";

/** Findings that are drawn, and units that could not be searched that are shown. */
const SHOWN_MAX = 5;

/**
 * The findings worth drawing: of each law, or each rule that a random program breaks, on each target
 * the one of each kind with the fewest moves, those of laws before races.
 */
export function chosenFindings({ units }: ExploreReport): readonly PlacedFinding[] {
  const chosen = new Map<string, PlacedFinding>();
  for (const { target, findings } of units) {
    for (const finding of findings) {
      const key = `${target} ${finding.name} ${finding.rule ?? ""} ${finding.kind}`;
      const known = chosen.get(key);
      if (known === undefined || movesOf(finding) < movesOf(known.finding)) {
        chosen.set(key, { target, finding });
      }
    }
  }
  const rank = ({ finding }: PlacedFinding): number => (finding.kind === "race" ? 1 : 0);
  return [...chosen.values()].sort((one, other) => rank(one) - rank(other));
}

/** Prints the result of a search. */
export async function printReport(
  context: CommandContext,
  request: ExploreRequest,
  report: ExploreReport,
  findings: ShownFindings,
): Promise<void> {
  const { io } = context;
  const style = io.stdout.style;
  const [heading = "", ...rows] = coverageTable(report, io.stdout.columns);
  io.stdout.write(`${[style("title", heading), ...rows].join("\n")}\n\n`);
  const chosen = chosenFindings(report);
  for (const placed of chosen.slice(0, SHOWN_MAX)) {
    const { finding, target } = placed;
    const { kind, name, value, schedule } = finding;
    const which = name === randomCaseName ? "seed" : "value";
    io.stdout.write(
      `${style("fail", cleanLine(`✗ ${name} on ${target}, ${kind}, ${which} ${value}, ${schedule}`))}\n`,
    );
    const shown = await findings.show(placed);
    io.stdout.write(programText(shown.program));
    io.stdout.write(
      shown.replay === undefined
        ? `  ${cleanLine(shown.finding.message)}\n`
        : replayText(io, shown.replay, shown.finding),
    );
    io.stdout.write(sourceText(finding));
    io.stdout.write(`  again: ${commandOf(finding, target, request)}\n\n`);
  }
  const more = chosen.length - SHOWN_MAX;
  if (more > 0) {
    io.stdout.write(
      `and ${counted(more, "more such finding")}; --json <file> and --html <file> have all.\n\n`,
    );
  }
  printErrors(context, report);
  io.stdout.write(`${totals(report).join("\n")}\n`);
}

/** A random program, indented; empty where there is none. */
function programText(program: ShownProgram | undefined): string {
  if (program === undefined) return "";
  const { source, operations, operationsFound } = program;
  const from = operations < operationsFound ? `, shrunk from ${operationsFound}` : "";
  const lines = [`program of ${counted(operations, "operation")}${from}:`, ...source.split("\n")];
  return lines.map((line) => `  ${line}\n`).join("");
}

/** The command that runs a finding or a replay again. */
export function commandOf(
  subject: ExploreFinding | Replay,
  target: string,
  { hal, c, data: { slackTicks } }: ExploreRequest,
): string {
  return replayCommand(subject, {
    profile: target,
    ...(hal !== undefined && { hal }),
    ...(c !== undefined && { words: c.words }),
    ...(slackTicks !== undefined && { slackTicks }),
  });
}

/** The three accesses that the interrupt came between, and the calls that led there; empty of a target without a source. */
function sourceText({ pattern, variable, accesses, stack = [] }: ExploreFinding): string {
  const isSplit = pattern !== undefined && variable !== undefined && accesses !== undefined;
  const lines = [
    ...(isSplit ? [splitText({ pattern, variable, accesses })] : []),
    ...(stack.length > 0 ? [`interrupted, or ended, in: ${stack.map(fromHere).join(", ")}`] : []),
  ];
  return lines.map((line) => `  ${cleanLine(line)}\n`).join("");
}

/** A path below the folder that the command runs in is named from there. */
function fromHere(call: string): string {
  return call.replace(`${resolve("")}${sep}`, "");
}

/** What an interrupt came between in runs where no law fell: a number, as most of it is meant so. */
function splitLines({ units }: ExploreReport): readonly string[] {
  const texts = new Set(units.flatMap(({ splits = [] }) => splits.map(splitText)));
  if (texts.size === 0) return [];
  return [
    `an interrupt came between ${counted(texts.size, "pair")} of accesses to one variable: no finding by itself; --json and --sarif have them`,
  ];
}

function printErrors({ io }: CommandContext, { units }: ExploreReport): void {
  const broken = units.flatMap(({ error }: UnitReport) => (error === undefined ? [] : [error]));
  for (const error of broken.slice(0, SHOWN_MAX)) io.stderr.write(shownText(error));
  const more = broken.length - SHOWN_MAX;
  if (more > 0) io.stderr.write(`and ${counted(more, "more unit")} that could not be searched.\n`);
}

/** Cases that were run once, as their plain run is too long to be searched. */
function tooLongLines({ units, limits, random }: ExploreReport): readonly string[] {
  if (random !== undefined || limits.bound === 0) return [];
  const long = units.filter(({ coverage }) => isTooLong(coverage.points, limits));
  if (long.length === 0) return [];
  const names = [...new Set(long.map(({ name }) => name))].join(", ");
  return [
    `${counted(long.length, "case")} of more than ${grouped(SEARCHED_POINTS_MAX)} points ran once and were not searched (${names}); --length n searches the first n points`,
  ];
}

function boundText(bound: number): string {
  return bound < 0
    ? "not every unit was searched to the end, even without a move"
    : `bound ${bound} is the largest to which every unit was searched`;
}

function totals(report: ExploreReport): readonly string[] {
  const { done, planned, cases, points, schedules, pruned, runs, bound, maskedPoints, errors } =
    summarize(report);
  const findings = report.units.flatMap((unit) => unit.findings);
  const races = findings.filter(({ kind }) => kind === "race").length;
  const { random, limits } = report;
  const how =
    random === undefined
      ? `within bound ${limits.bound}, ${grouped(pruned)} more are equivalent to one of them`
      : `drawn (${random.kind}, depth ${random.depth}, seed ${random.seed})`;
  // A search that draws its schedules does not keep account of masks.
  const masked =
    random === undefined ? `; interrupts masked for ${counted(maskedPoints, "point")} at most` : "";
  return [
    `${counted(cases, "case")}, ${counted(points, "point")}, ${counted(schedules, "schedule")} ${how}`,
    `${counted(runs, "run")}${tookText(report.seconds)}${masked}`,
    ...splitLines(report),
    ...(done < planned ? [`${grouped(done)} of ${counted(planned, "unit")} done`] : []),
    ...tooLongLines(report),
    ...(errors > 0 ? [`${counted(errors, "unit")} could not be searched to the end`] : []),
    ...(bound < limits.bound && done > 0 && random === undefined ? [boundText(bound)] : []),
    `${counted(findings.length - races, "finding")}, ${counted(races, "unprotected conflicting access", "unprotected conflicting accesses")}`,
  ];
}
