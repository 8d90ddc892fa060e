import { resolve } from "node:path";
import {
  type CompiledProgram,
  type CompileTools,
  type CProgram,
  cacheFolder,
  compileC,
  driverSources,
  folderCache,
  loadDevice,
  machineClang,
  npmClang,
  prepareProgram,
} from "@escapement/board-c";
import { simProfiles } from "@escapement/board-sim";
import type { RunFacts } from "@escapement/conformance";
import {
  isAnnounced,
  type RaceFinding,
  type RaceResult,
  type RaceSetup,
  raceHtml,
  raceSarif,
  raceTimeline,
  replayRace,
  searchRaces,
  setUp,
} from "@escapement/explore-c";
import { counted, timelineText } from "@escapement/timeline";
import { cliErrors } from "../cli-errors.js";
import { commandLine, usageOf } from "../command.js";
import { type RaceContext, raceForm } from "../commands/race.js";
import { exitCodes } from "../exit-codes.js";
import { writeGithubNotes } from "../github.js";
import { stdoutName } from "../option.js";
import { packageVersion } from "../package-version.js";
import { type ProgressLine, progressLine } from "../progress-line.js";
import { prepareOutput, writeOutput } from "../reports.js";
import { endCode, watchRunEnd } from "../run-end.js";
import { beginRun } from "../run-facts.js";
import { raceNotes } from "./race-notes.js";
import {
  type AskedLimits,
  findingLine,
  raceJson,
  replayJson,
  resultText,
  setupText,
} from "./race-print.js";

/** Runs `escapement race`. */
export async function race(context: RaceContext): Promise<number> {
  const { io, words, options } = context;
  if (words.length === 0) throw cliErrors.noSourceNamed({ usage: usageOf(raceForm) });
  for (const file of [options.json, options.sarif, options.html]) prepareOutput(io, file);
  const limits = limitsOf(options);
  const profile = Object.values(simProfiles).find(({ name }) => name === options.profile);
  const models = options.device.flatMap((each) => ("model" in each ? [each] : []));
  const tools = toolsOf(context);
  const program = await load(context, tools, models.length > 0 ? 0 : limits.wordBytes);
  const setup = setUp(program, {
    ...(options.main !== undefined && { main: options.main }),
    handlers: options.isr,
    enable: options.enable,
    disable: options.disable,
    inputs: options.input,
    devices: options.device.flatMap((each) => ("model" in each ? [] : [each])),
    peripherals: await Promise.all(
      models.map((each) => loadDevice(each, tools, { isReused: true })),
    ),
    ...(profile !== undefined && { profile }),
    models: options.model,
  });
  if (options.schedule !== undefined) return replayOne(context, setup, options.schedule, limits);
  return search(context, setup, limits);
}

function limitsOf(options: RaceContext["options"]): AskedLimits {
  return {
    landings: options.landings,
    perHandler: options["per-isr"],
    inputs: options.inputs,
    occurrences: options.occurrences,
    timeSeconds: options.time,
    wordBytes: options.word === "1" ? 1 : options.word === "2" ? 2 : 4,
  };
}

/** With words of 0 bytes the host sees every value that is stored, also in a register. */
async function load(context: RaceContext, tools: RaceTools, wordBytes: number): Promise<CProgram> {
  const { enable, disable } = context.options;
  const announces = (name: string): boolean =>
    isAnnounced(name) || enable.includes(name) || disable.includes(name);
  return prepareProgram(await compiled(context, tools), { wordBytes, announces });
}

/** The compiler, where it keeps what it made, and the line on which it says how far it is. */
type RaceTools = CompileTools & { readonly line: ProgressLine };

function toolsOf({ io, options: { cc } }: RaceContext): RaceTools {
  const line = progressLine(io.stderr);
  line.show(cc === undefined ? "loading the compiler" : "compiling");
  const compiler =
    cc === undefined
      ? npmClang((done, total) =>
          line.show(`loading the compiler ${Math.floor((100 * done) / total)} %`),
        )
      : machineClang(cc);
  return { compiler, cache: folderCache(cacheFolder(io.env)), line };
}

async function compiled(
  { io, words, options }: RaceContext,
  { line, ...tools }: RaceTools,
): Promise<CompiledProgram> {
  try {
    const result = await compileC(
      {
        ...driverSources(words, { folders: options.include, defines: options.define }),
        optimize: `-O${options.optimize}`,
      },
      tools,
    );
    line.clear();
    if (result.cacheNote !== undefined) io.stderr.write(`note: ${result.cacheNote}\n`);
    return result;
  } finally {
    line.clear();
  }
}

async function search(
  context: RaceContext,
  setup: RaceSetup,
  limits: AskedLimits,
): Promise<number> {
  const { io, options } = context;
  const line = progressLine(io.stderr);
  const end = watchRunEnd(io, undefined);
  const runEnded = beginRun(context, options.deterministic);
  let searched: RaceResult;
  try {
    searched = await searchRaces(setup, {
      limits,
      signal: end.signal,
      onProgress: ({ runs, landings }) =>
        line.show(`${counted(runs, "run")}, up to ${landings} landings`),
    });
  } finally {
    line.clear();
    end.dispose();
  }
  const run = runEnded(undefined);
  const result = options.deterministic ? withoutTime(searched) : searched;
  const makeJson = (): string => raceJson(setup, result, limits, run);
  if (options.json === stdoutName) io.stdout.writeData(makeJson());
  else {
    io.stdout.write(setupText(setup));
    for (const finding of result.findings) io.stdout.write(findingLine(io, finding));
    io.stdout.write(resultText(setup, result, limits, (finding) => again(context, finding)));
    writeOutput(io, options.json, makeJson);
  }
  writeOutput(io, options.sarif, () =>
    raceSarif(result, { version: packageVersion(), folder: resolve("") }, limits),
  );
  writeOutput(io, options.html, () => page(context, setup, result, { limits, run }));
  writeGithubNotes(io, () => raceNotes(result, run, (finding) => again(context, finding)));
  const ended = endCode(end);
  if (ended !== undefined) return ended;
  if (result.findings.length > 0) return exitCodes.broken;
  return result.cut === undefined ? exitCodes.ok : exitCodes.cutShort;
}

function page(
  context: RaceContext,
  setup: RaceSetup,
  result: RaceResult,
  { limits, run }: { readonly limits: AskedLimits; readonly run: RunFacts },
): string {
  const shown = result.findings.map((finding) => ({
    finding,
    replay: replayRace(setup, finding.schedule, limits),
    command: again(context, finding),
  }));
  return raceHtml(setup, shown, result, { title: context.words.join(" "), run });
}

/** A result that is equal from run to run. */
function withoutTime(result: RaceResult): RaceResult {
  return { ...result, coverage: { ...result.coverage, seconds: 0 } };
}

/** The command that shows a finding again. */
function again({ words, options }: RaceContext, { schedule }: RaceFinding): string {
  const { json: _, sarif: __, html: ___, deterministic: ____, ...asked } = options;
  return commandLine(raceForm, words, { ...asked, schedule });
}

function replayOne(
  context: RaceContext,
  setup: RaceSetup,
  schedule: string,
  limits: AskedLimits,
): number {
  const { io, options } = context;
  const runEnded = beginRun(context, options.deterministic);
  const replay = replayRace(setup, schedule, limits);
  const findings = replay.findings.filter(({ note }) => note === undefined);
  const makeJson = (): string => replayJson(replay, runEnded(undefined));
  if (options.json === stdoutName) io.stdout.writeData(makeJson());
  else {
    const width = io.stdout.columns;
    const look = { width, linesMax: 40, styler: io.stdout.style };
    const lines = timelineText(raceTimeline(setup, replay, findings[0]), look);
    io.stdout.write(`${lines.join("\n")}\n`);
    // The first one ends the timeline.
    for (const finding of findings.slice(1)) io.stdout.write(findingLine(io, finding));
    if (findings.length === 0) io.stdout.write("✓ nothing is wrong in this run\n");
    writeOutput(io, options.json, makeJson);
  }
  return findings.length > 0 ? exitCodes.broken : exitCodes.ok;
}
