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
import { stdoutName } from "../arguments.js";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import { timeText, valueOption, wholeOption } from "../numbers.js";
import { progressLine } from "../progress-line.js";
import { prepareOutput, writeOutput } from "../reports.js";
import { watchRunEnd } from "../run-end.js";
import { atMostWords, type Command, type CommandContext } from "./command.js";

const usage =
  "escapement sweep uno [--law <ids>] [--bound 1|2] [--bug <name>] [--stock] [--json <file>] [--coverage <file>]";

/** Functions with gaps that are printed. */
const GAPS_NAMED = 12;

/** `escapement sweep uno`: interrupts before every instruction of the firmware. */
export const sweepCommand: Command = async (context) => {
  const { io, args, laws } = context;
  atMostWords(args, 1, usage);
  const [board] = args.words;
  if (board !== "uno") {
    const message = board === undefined ? "no board was named" : `"${board}" cannot be swept`;
    throw new CliError("invalid-argument", message, `Usage: ${usage}`);
  }
  for (const name of ["json", "coverage"]) prepareOutput(io, args.text(name));
  const chosen = selectLaws({ laws, only: args.list("law") });
  const target = targetOptions(context);
  const bound = wholeOption("bound", args.text("bound"), [1, 2], "It is 1 or 2.") ?? 1;
  const cases = casesOf(chosen, await describeUno(target));
  if (cases.length === 0) {
    throw new CliError(
      "invalid-option",
      "the Uno lacks what these laws need",
      "`escapement laws <id>` says what a law needs.",
    );
  }
  const schedule = args.text("schedule");
  if (schedule !== undefined) return replaySchedule(context, cases, schedule, target);
  if (args.text("value") !== undefined) {
    throw new CliError("invalid-option", "--value is of a replay", "Give --schedule with it.");
  }
  return sweep(context, cases, { ...target, bound: bound === 2 ? 2 : 1 });
};

function targetOptions({ args }: CommandContext): UnoTargetOptions {
  const hint = "From 2 to 8192, for instance --slack 64.";
  const slackTicks = wholeOption("slack", args.text("slack"), [2, 8192], hint);
  const bug = args.text("bug");
  const image = bug === undefined ? undefined : patchedFirmware(bug);
  return {
    stock: args.flag("stock"),
    ...(slackTicks !== undefined && { slackTicks }),
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

async function sweep(
  context: CommandContext,
  cases: readonly UnoCase[],
  options: ExploreUnoOptions,
): Promise<number> {
  const { io, args } = context;
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
    report = await exploreUno(cases, { ...options, signal: end.signal, onProgress });
  } finally {
    line.clear();
    end.dispose();
  }
  const json = args.text("json");
  if (json === stdoutName) io.stdout.write(reportJson(report));
  else {
    printSweep(context, report, (performance.now() - begun) / 1000);
    writeOutput(io, json, () => reportJson(report));
  }
  writeOutput(io, args.text("coverage"), () => unoCoveragePage(report));
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

function printSweep(context: CommandContext, report: UnoReport, seconds: number): void {
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

function findingText({ io, args }: CommandContext, finding: UnoFinding): string {
  const style = io.stdout.style;
  const { case: law, kind, iteration, schedule, place, message, shows } = finding;
  const where =
    place === undefined
      ? "the plain run"
      : `at 0x${place.address.toString(16).padStart(4, "0")} in ${place.function} (${place.source})`;
  const options = ["bug", "slack"].flatMap((name) => {
    const text = args.text(name);
    return text === undefined ? [] : [`--${name}`, text];
  });
  const stock = args.flag("stock") ? ["--stock"] : [];
  const again = ["--law", law, "--value", `${iteration}`, "--schedule", schedule];
  return [
    style("fail", `✗ ${law}, ${kind}, value ${iteration}, ${schedule}, ${where}`),
    `  ${message}`,
    ...(shows === "" ? [] : [`  ${shows}`]),
    `  again: escapement sweep uno ${[...again, ...options, ...stock].join(" ")}`,
    "",
  ].join("\n");
}

async function replaySchedule(
  context: CommandContext,
  cases: readonly UnoCase[],
  schedule: string,
  target: UnoTargetOptions,
): Promise<number> {
  const { io, args } = context;
  const [only, other] = cases;
  if (only === undefined || other !== undefined || args.list("law").length === 0) {
    const hint = "For instance --law STOP-04 --value 12 --schedule u1:4213w.";
    throw new CliError("invalid-option", "a replay is of one law", hint);
  }
  const iteration = valueOption(args.text("value"));
  const options = { ...target, ...(iteration !== undefined && { iteration }) };
  const finding = await replayUno(only, schedule, options);
  const isSound = finding.kind === "law" && finding.message === "";
  if (isSound) {
    io.stdout.write(`  ${finding.shows}\n✓ ${only.name} holds in this run\n`);
    return exitCodes.ok;
  }
  io.stdout.write(findingText(context, finding));
  return exitCodes.broken;
}
