import { resolve } from "node:path";
import type { RunFacts } from "@escapement/conformance";
import {
  coveragePage,
  type ExploreReport,
  type NamedFinding,
  type Replay,
  replayHtml,
  replayTimeline,
} from "@escapement/explore";
import { exploreSarif } from "@escapement/explore-c";
import { timelineVcd } from "@escapement/timeline";
import { commandLine } from "../command.js";
import { type ExploreContext, exploreForm } from "../commands/explore.js";
import { packageVersion } from "../package-version.js";
import { writeOutput } from "../reports.js";
import { chosenFindings, commandOf } from "./explore-print.js";
import type { ExploreRequest } from "./explore-request.js";
import type { ShownFindings } from "./shown-findings.js";

/** Findings that a page draws. */
const DRAWN_MAX = 40;

/** Writes the page of a search and the waveform of its first finding, where they were asked for. */
export async function writeReportFiles(
  { io, options, words }: ExploreContext,
  request: ExploreRequest,
  report: ExploreReport,
  { findings, run }: { readonly findings: ShownFindings; readonly run: RunFacts },
): Promise<void> {
  const { html, sarif, vcd, coverage } = options;
  writeOutput(io, sarif, () =>
    exploreSarif(report, { version: packageVersion(), folder: resolve("") }),
  );
  const name = request.hal ?? request.c?.words.join(" ");
  writeOutput(io, coverage, () =>
    coveragePage(report, name === undefined ? undefined : { name, command: asked(words, options) }),
  );
  if (html === undefined && vcd === undefined) return;
  const named: NamedFinding[] = [];
  for (const placed of chosenFindings(report).slice(0, DRAWN_MAX)) {
    const { finding, replay, program } = await findings.show(placed);
    if (replay === undefined) continue;
    const command = commandOf(placed.finding, placed.target, request);
    named.push({ finding, replay, command, ...(program && { program: program.source }) });
  }
  writeOutput(io, html, () => replayHtml(named, { report, run }));
  if (vcd === undefined) return;
  const [first] = named;
  if (first === undefined)
    io.stderr.write(`--vcd: there is no finding, so ${vcd} is not written\n`);
  else {
    const { replay, finding } = first;
    writeOutput(io, vcd, () => timelineVcd(replayTimeline(replay, finding)));
  }
}

/** The command that searches the same again. */
function asked(
  words: readonly string[],
  {
    json: _json,
    html: _html,
    vcd: _vcd,
    resume: _resume,
    deterministic: _deterministic,
    sarif: _sarif,
    ...options
  }: ExploreContext["options"],
): string {
  return commandLine(exploreForm, words, options);
}

/** Writes the page and the waveform of a replay, where they were asked for. */
export function writeReplayFiles(
  { io, options: { html, vcd } }: ExploreContext,
  request: ExploreRequest,
  replayed: Replay,
  run: RunFacts,
): void {
  const command = commandOf(replayed, replayed.target, request);
  writeOutput(io, html, () => replayHtml([{ replay: replayed, command }], { run }));
  writeOutput(io, vcd, () => timelineVcd(replayTimeline(replayed)));
}
