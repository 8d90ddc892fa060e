import { patchedFirmware } from "@escapement/bug-museum/firmware";
import { type Law, lawEnv, missingNeeds, selectLaws } from "@escapement/conformance";
import {
  describeUno,
  type ExploreUnoOptions,
  exploreUno,
  replayUno,
  type UnoCase,
  type UnoFinding,
  type UnoProgress,
  type UnoReport,
  type UnoTargetOptions,
  unoCoveragePage,
} from "@escapement/explore-avr";
import { type BoardDescription, jsonText } from "@escapement/scenario";
import { counted, grouped } from "@escapement/timeline";
import { cliErrors } from "../cli-errors.js";
import { commandLine, usageOf } from "../command.js";
import { type SweepContext, sweepCommand } from "../commands/sweep.js";
import { exitCodes } from "../exit-codes.js";
import { timeText } from "../numbers.js";
import { stdoutName } from "../option.js";
import { progressLine } from "../progress-line.js";
import { prepareOutput, writeOutput } from "../reports.js";
import { watchRunEnd } from "../run-end.js";

/** Functions with gaps that are printed. */
const GAPS_NAMED = 12;

/** Runs `escapement sweep uno`. */
export async function sweep(context: SweepContext): Promise<number> {
  const { io, words, options, laws } = context;
  const [board] = words;
  if (board !== "uno") {
    const usage = usageOf(sweepCommand);
    throw board === undefined
      ? cliErrors.nothingServed({ usage })
      : cliErrors.notServed({ board, usage });
  }
  for (const file of [options.json, options.coverage]) prepareOutput(io, file);
  const chosen = selectLaws({ laws, only: options.law });
  const target = targetOptions(context);
  const cases = casesOf(chosen, await describeUno(target));
  if (cases.length === 0) throw cliErrors.boardLacksNeeds();
  if (options.schedule !== undefined) {
    return replaySchedule(context, cases, options.schedule, target);
  }
  if (options.value !== undefined) throw cliErrors.valueWithoutSchedule();
  return sweepCases(context, cases, { ...target, bound: options.bound === 2 ? 2 : 1 });
}

function targetOptions({ options: { slack, bug, stock } }: SweepContext): UnoTargetOptions {
  const image = bug === undefined ? undefined : patchedFirmware(bug);
  return {
    stock,
    ...(slack !== undefined && { slackTicks: slack }),
    ...(image !== undefined && { hex: image.hex, symbols: image }),
  };
}

function casesOf(laws: readonly Law[], board: BoardDescription): readonly UnoCase[] {
  const env = lawEnv(board);
  return laws
    .filter((law) => missingNeeds(law, board).length === 0)
    .map((law) => ({
      name: law.id,
      program: law.program(env),
      check: (trace, _board, part) => law.check(trace, env, part),
    }));
}

async function sweepCases(
  context: SweepContext,
  cases: readonly UnoCase[],
  sweepOptions: ExploreUnoOptions,
): Promise<number> {
  const { io, options } = context;
  const end = watchRunEnd(io, undefined);
  const line = progressLine(io.stderr);
  const begun = performance.now();
  const onProgress = ({ case: name, index, count, placed }: UnoProgress): void => {
    const seconds = (performance.now() - begun) / 1000;
    const rate = Math.round(placed / Math.max(seconds, 0.001));
    line.show(`${index + 1}/${count}  ${name}  ${grouped(placed)} placed  ${grouped(rate)}/s`);
  };
  let report: UnoReport;
  try {
    report = await exploreUno(cases, { ...sweepOptions, signal: end.signal, onProgress });
  } finally {
    line.clear();
    end.dispose();
  }
  const { json } = options;
  if (json === stdoutName) io.stdout.write(reportJson(report));
  else {
    printSweep(context, report, (performance.now() - begun) / 1000);
    writeOutput(io, json, () => reportJson(report));
  }
  writeOutput(io, options.coverage, () => unoCoveragePage(report));
  if (end.reason() === "interrupted") return exitCodes.interrupted;
  return report.cases.some(({ findings }) => findings.length > 0) ? exitCodes.broken : exitCodes.ok;
}

/** Traces are left out: a replay gives them again. */
function reportJson(report: UnoReport): string {
  const cases = report.cases.map(({ findings, ...rest }) => ({
    ...rest,
    findings: findings.map(({ trace: _, ...finding }) => finding),
  }));
  return `${jsonText({ ...report, cases }, 2)}\n`;
}

function printSweep(context: SweepContext, report: UnoReport, seconds: number): void {
  const { io } = context;
  for (const { findings } of report.cases) {
    for (const finding of findings) io.stdout.write(`${findingText(context, finding)}\n`);
  }
  const sum = (name: "iterations" | "points" | "phases" | "placed" | "equivalent"): string =>
    grouped(report.cases.reduce((total, each) => total + each[name], 0));
  const findings = report.cases.reduce((total, each) => total + each.findings.length, 0);
  io.stdout.write(
    [
      `${counted(report.cases.length, "law")}, ${sum("iterations")} iterations, ${sum("points")} instructions on the ${report.emulator} emulator, bound ${report.bound}`,
      `${sum("placed")} placements run, ${sum("equivalent")} more come to the same as one of them, in ${timeText(seconds)}`,
      `${grouped(report.addressesPlaced)} of ${grouped(report.addresses)} addresses had an event before them, ${grouped(report.wrapPlaced)} the wrap, by ${sum("phases")} phases of the counter besides`,
      `${grouped(report.matchPlaced)} of ${grouped(report.matchArmed)} addresses with a timer pending had its match before them; for the others it was out of reach`,
      ...gapLines(report.gaps),
      ...(report.finished ? [] : ["not swept to the end"]),
      counted(findings, "violation"),
      "",
    ].join("\n"),
  );
}

/** Names the functions that the wrap was not everywhere placed in. */
function gapLines(gaps: UnoReport["gaps"]): readonly string[] {
  if (gaps.length === 0) return [];
  const named = gaps
    .slice(0, GAPS_NAMED)
    .map((gap) => `${gap.function} ${gap.noWrap}/${gap.addresses}`);
  const more = gaps.length - named.length;
  const rest = more > 0 ? `, and ${more} more functions (--json lists them)` : "";
  return [`without the wrap: ${named.join(", ")}${rest}`];
}

function findingText({ io, options }: SweepContext, finding: UnoFinding): string {
  const style = io.stdout.style;
  const { case: law, kind, iteration, schedule, place, message, shows } = finding;
  const where =
    place === undefined
      ? "the plain run"
      : `at 0x${place.address.toString(16).padStart(4, "0")} in ${place.function} (${place.source})`;
  const { bug, slack, stock } = options;
  const again = { law: [law], bug, stock, slack, value: iteration, schedule };
  return [
    style("fail", `✗ ${law}, ${kind}, value ${iteration}, ${schedule}, ${where}`),
    `  ${message}`,
    ...(shows === "" ? [] : [`  ${shows}`]),
    `  again: ${commandLine(sweepCommand, ["uno"], again)}`,
    "",
  ].join("\n");
}

async function replaySchedule(
  context: SweepContext,
  cases: readonly UnoCase[],
  schedule: string,
  target: UnoTargetOptions,
): Promise<number> {
  const { io, options } = context;
  const [only, other] = cases;
  if (only === undefined || other !== undefined || options.law.length === 0) {
    throw cliErrors.manyReplayed({ example: "--law STOP-04 --value 12 --schedule u1:4213w" });
  }
  const { value } = options;
  const finding = await replayUno(only, schedule, {
    ...target,
    ...(value !== undefined && { iteration: value }),
  });
  const isSound = finding.kind === "law" && finding.message === "";
  if (isSound) {
    io.stdout.write(`  ${finding.shows}\n✓ ${only.name} holds in this run\n`);
    return exitCodes.ok;
  }
  io.stdout.write(findingText(context, finding));
  return exitCodes.broken;
}
