import { reportPage } from "@escapement/conformance";
import { counted, escapeText, timelineSvg, timelineText } from "@escapement/timeline";
import type { RaceFinding } from "./finding.js";
import type { RaceSetup } from "./race-setup.js";
import { raceTimeline } from "./race-timeline.js";
import type { RaceReplay } from "./replay.js";
import type { RaceResult } from "./search.js";

const pageStyle = `body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
h2 { font-size: 1.1rem; margin: 3rem 0 .5rem; overflow-wrap: anywhere; }
.pass { color: var(--pass); } .fail { color: var(--fail); }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 1rem 0; padding: .6rem .75rem; background: var(--panel); border-radius: 6px; overflow-x: auto; }
.drawing { overflow-x: auto; margin: 1rem 0; }
.drawing svg { display: block; min-width: 60rem; height: auto; }
`;

/** A finding as the page shows it. */
export interface ShownFinding {
  /** What was found. */
  readonly finding: RaceFinding;
  /** The run that shows it; without it there is no drawing. */
  readonly replay?: RaceReplay;
  /** The command that runs it again. */
  readonly command: string;
}

/**
 * Writes a search as one HTML file that needs nothing else: each finding with its drawing, its lines of
 * source and the command that replays it. The same input gives the same bytes.
 */
export function raceHtml(
  setup: RaceSetup,
  shown: readonly ShownFinding[],
  { coverage, cut }: RaceResult,
  title: string,
): string {
  const extent = cut === undefined ? "complete within its bounds" : `cut short by ${cut}`;
  const head = `${counted(shown.length, "finding")} in ${counted(coverage.runs, "run")}, ${extent}.`;
  return reportPage({
    title,
    style: pageStyle,
    body: `<p class="${shown.length === 0 ? "pass" : "fail"}">${escapeText(head)}</p>
${shown.map((each) => section(setup, each)).join("\n")}`,
  });
}

function section(setup: RaceSetup, { finding, replay, command }: ShownFinding): string {
  const { kind, message, place } = finding;
  const heading = `${place.file}:${place.line}: ${kind}: ${message}`;
  return `<section>
<h2>${escapeText(heading)}</h2>
${replay === undefined ? "" : drawing(setup, replay, finding, heading)}
<pre tabindex="0">${escapeText(command)}</pre>
</section>`;
}

function drawing(
  setup: RaceSetup,
  replay: RaceReplay,
  finding: RaceFinding,
  heading: string,
): string {
  const timeline = raceTimeline(setup, replay, finding);
  const options = { style: false, message: false, width: 1120 };
  const lines = timelineText(timeline, { width: 120, linesMax: 40 });
  return `<div class="drawing" tabindex="0">${timelineSvg({ ...timeline, title: heading }, options)}</div>
<pre tabindex="0">${escapeText(lines.join("\n"))}</pre>`;
}
