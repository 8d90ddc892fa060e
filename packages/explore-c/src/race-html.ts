import {
  againLine,
  filteredSections,
  foldedItem,
  foldedTools,
  isOpenAtFirst,
  type PageSection,
  type RunFacts,
  reportPage,
  runFigure,
} from "@escapement/conformance";
import { counted, escapeText } from "@escapement/timeline";
import type { RaceFinding } from "./finding.js";
import type { RaceSetup } from "./race-setup.js";
import { raceTimeline } from "./race-timeline.js";
import type { RaceReplay } from "./replay.js";
import type { RaceResult } from "./search.js";

/** A finding as the page shows it. */
export interface ShownFinding {
  /** What was found. */
  readonly finding: RaceFinding;
  /** The run that shows it; without it there is no drawing. */
  readonly replay?: RaceReplay;
  /** The command that runs it again. */
  readonly command: string;
}

/** What the page says besides its findings. */
export interface RaceHtmlOptions {
  /** The page's title. */
  readonly title: string;
  /** What is known of the run. */
  readonly run?: RunFacts;
}

/**
 * Writes a search as one HTML file that needs nothing else: each finding with its drawing, its lines of
 * source and the command that replays it, by the file that it is in. The same input gives the same bytes.
 */
export function raceHtml(
  setup: RaceSetup,
  shown: readonly ShownFinding[],
  { coverage, cut }: RaceResult,
  { title, run }: RaceHtmlOptions,
): string {
  const extent = cut === undefined ? "complete within its bounds" : `cut short by ${cut}`;
  const head = `${counted(shown.length, "finding")} in ${counted(coverage.runs, "run")}, ${extent}.`;
  return reportPage({
    title,
    lead: `<p class="headline ${shown.length === 0 ? "pass" : "fail"}">${escapeText(head)}</p>`,
    run,
    tools: shown.length > 1 ? foldedTools("findings") : "",
    sections: fileSections(setup, shown),
  });
}

function fileSections(setup: RaceSetup, shown: readonly ShownFinding[]): readonly PageSection[] {
  return filteredSections(
    shown.map((each, place) => ({
      title: each.finding.place.file,
      markup: item(setup, each, place),
    })),
  );
}

function item(setup: RaceSetup, { finding, replay, command }: ShownFinding, index: number): string {
  const { kind, pattern, message, place, schedule } = finding;
  const where = `${place.file}:${place.line}`;
  const what = `${kind}${pattern === undefined ? "" : ` ${pattern}`}: ${message}`;
  const title = `${where}: ${kind}: ${message}`;
  return foldedItem({
    id: `finding-${index + 1}`,
    summary: `<span class="what"><code>${escapeText(where)}</code> <span class="message">${escapeText(what)}</span></span>`,
    body: [
      `<dl class="facts"><dt>Schedule</dt><dd><code>${escapeText(schedule)}</code></dd></dl>`,
      againLine(command),
      replay === undefined ? "" : runFigure({ ...raceTimeline(setup, replay, finding), title }),
    ].join("\n"),
    words: `${where} ${what} ${schedule}`,
    open: isOpenAtFirst(index),
  });
}
