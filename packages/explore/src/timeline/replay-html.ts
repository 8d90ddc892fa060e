import { reportPage } from "@escapement/conformance";
import { counted, countText, escapeText, timelineSvg, timelineText } from "@escapement/timeline";
import { type CoverageRow, coverageRows } from "../coverage.js";
import type { ExploreFinding } from "../finding.js";
import type { Replay } from "../replay.js";
import type { ExploreReport } from "../report.js";
import { replayCommand } from "./replay-command.js";
import { replayTimeline } from "./replay-timeline.js";

/** A finding with the replay of its schedule. */
export interface NamedFinding {
  /** What was found; default the replay's first finding, if it has one. */
  readonly finding?: ExploreFinding;
  /** The run that shows it. */
  readonly replay: Replay;
  /** The command that runs it again; default `replayCommand(replay)`. */
  readonly command?: string;
  /** The program in the builder's syntax, where it is no law's. */
  readonly program?: string;
}

/** What the page says besides its findings. */
export interface ReplayHtmlOptions {
  /** The page's title; default `Exploration`. */
  readonly title?: string;
  /** The search, for the table of coverage. */
  readonly report?: ExploreReport;
}

const pageStyle = `body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.2rem; margin: 3rem 0 .5rem; }
p { margin: .5rem 0; max-width: 60rem; }
.headline { font-size: 1.15rem; }
.pass { color: var(--pass); } .fail { color: var(--fail); }
.message { color: var(--fail); font-weight: 600; overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { margin: 1rem 0; padding: .6rem .75rem; background: var(--panel); border-radius: 6px; overflow-x: auto; }
.drawing { overflow-x: auto; margin: 1rem 0; }
.drawing svg { display: block; min-width: 60rem; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
th:first-child { text-align: left; }
thead th { color: var(--quiet); font-size: .85rem; }
:focus-visible { outline: 2px solid var(--fail); outline-offset: 2px; }
`;

/**
 * Writes findings as one HTML file that needs nothing else: no network, no script, light and dark.
 *
 * Each finding has its message, schedule, drawing, timeline and the command that replays it; then comes
 * what was searched, where the search's report is given. The same input gives the same bytes.
 *
 * @example
 * ```ts
 * import { type ExploreFinding, type Replay, replayCommand, replayHtml } from "@escapement/explore";
 *
 * export function page(finding: ExploreFinding, run: Replay): string {
 *   const command = replayCommand(finding, { profile: "avr16", hal: "./my-hal.mjs" });
 *   return replayHtml([{ finding, replay: run, command }], { title: "My HAL" });
 * }
 * ```
 */
export function replayHtml(
  findings: Replay | readonly NamedFinding[],
  options: ReplayHtmlOptions = {},
): string {
  const named: readonly NamedFinding[] = "steps" in findings ? [{ replay: findings }] : findings;
  const rows = options.report === undefined ? [] : coverageRows(options.report);
  return reportPage({
    title: options.title ?? "Exploration",
    style: pageStyle,
    body: `${headline(named, rows)}
${named.map(findingSection).join("\n")}
${coverageSection(rows)}`,
  });
}

function headline(named: readonly NamedFinding[], rows: readonly CoverageRow[]): string {
  const wrong = named.filter(
    ({ finding, replay }) => (finding ?? replay.findings[0]) !== undefined,
  );
  const schedules = rows.reduce((sum, row) => sum + row.schedules, 0);
  const ran = rows.length === 0 ? "" : ` in ${countText(schedules)} schedules`;
  return `<p class="headline ${wrong.length === 0 ? "pass" : "fail"}">${counted(wrong.length, "finding")}${ran}.</p>`;
}

function findingSection({ finding, replay, command, program }: NamedFinding): string {
  const shown = finding ?? replay.findings[0];
  const { name, value, target, schedule } = replay;
  const message = shown === undefined ? "Nothing is wrong in this run." : shown.message;
  const kind = shown === undefined ? "" : `${shown.kind}: `;
  const heading = `${name} with value ${value} on ${target}`;
  const timeline = replayTimeline(replay, shown);
  const lines = timelineText(timeline, { width: 110, linesMax: 40 });
  const options = { style: false, message: false, width: 1120 };
  return `<section>
<h2>${escapeText(heading)}</h2>
<p class="${shown === undefined ? "pass" : "message"}">${escapeText(kind + message)}</p>
<p>Schedule <code>${escapeText(schedule)}</code>, fingerprint <code>${escapeText(replay.fingerprint)}</code></p>
<div class="drawing" tabindex="0">${timelineSvg({ ...timeline, title: heading }, options)}</div>
<pre tabindex="0">${escapeText(lines.join("\n"))}</pre>
${program === undefined ? "" : `<pre tabindex="0">${escapeText(program)}</pre>\n`}<pre tabindex="0">${escapeText(command ?? replayCommand(replay))}</pre>
</section>`;
}

const columns = [
  "cases",
  "points",
  "schedules",
  "pruned",
  "runs",
  "bound",
  "findings",
  "errors",
] as const;

function coverageSection(rows: readonly CoverageRow[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map((row) => {
    const cells = columns.map((name) => `<td>${countText(row[name])}</td>`).join("");
    return `<tr><th scope="row">${escapeText(`${row.name} on ${row.target}`)}</th>${cells}</tr>`;
  });
  const head = columns.map((name) => `<th scope="col">${name}</th>`).join("");
  return `<section>
<h2>Coverage</h2>
<div class="wide" tabindex="0"><table><thead><tr><th scope="col">law</th>${head}</tr></thead>
<tbody>${lines.join("\n")}</tbody></table></div>
</section>`;
}
