import {
  againLine,
  filteredSections,
  foldedItem,
  foldedTools,
  isOpenAtFirst,
  lawLink,
  type PageSection,
  type RunFacts,
  reportPage,
  runFigure,
  section,
} from "@escapement/conformance";
import { counted, countText, escapeText } from "@escapement/timeline";
import { type CoverageRow, coverageRows } from "../coverage.js";
import type { ExploreFinding, FoundInRun } from "../finding.js";
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
  /** What is known of the run. */
  readonly run?: RunFacts;
}

/**
 * Writes findings as one HTML file that needs nothing else: no network, light and dark, and nothing in it
 * that only a script can show.
 *
 * Each finding has its message, schedule, drawing, timeline and the command that replays it, folded but for
 * the first ones; then comes what was searched, where the search's report is given. The same input gives the same bytes.
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
    lead: headline(named, rows),
    run: options.run,
    tools: named.length > 1 ? foldedTools("findings") : "",
    sections: [...findingSections(named), coverageSection(rows)].filter(
      (each) => each !== undefined,
    ),
  });
}

function headline(named: readonly NamedFinding[], rows: readonly CoverageRow[]): string {
  const wrong = named.filter((each) => foundIn(each) !== undefined);
  const schedules = rows.reduce((sum, row) => sum + row.schedules, 0);
  const ran = rows.length === 0 ? "" : ` in ${countText(schedules)} schedules`;
  return `<p class="headline ${wrong.length === 0 ? "pass" : "fail"}">${counted(wrong.length, "finding")}${ran}.</p>`;
}

/** What is wrong in the run that is shown; nothing where nothing is. */
function foundIn({ finding, replay }: NamedFinding): FoundInRun | undefined {
  return finding ?? replay.findings[0];
}

/** A section for each law or program, with its findings on every target. */
function findingSections(named: readonly NamedFinding[]): readonly PageSection[] {
  return filteredSections(
    named.map((each, place) => ({ title: each.replay.name, markup: findingItem(each, place) })),
  );
}

function findingItem(named: NamedFinding, place: number): string {
  const found = foundIn(named);
  const { name, value, target, schedule } = named.replay;
  const what = found === undefined ? "Nothing is wrong in this run." : messageOf(found);
  const where = `value ${value} on ${target}`;
  return foldedItem({
    id: `finding-${place + 1}`,
    summary: `<span class="what"><span class="${found === undefined ? "pass" : "message"}">${escapeText(what)}</span> <small>${escapeText(where)}</small></span>`,
    body: findingBody(named, found),
    words: `${name} ${where} ${schedule} ${what}`,
    open: isOpenAtFirst(place),
  });
}

function messageOf({ kind, message }: FoundInRun): string {
  return `${kind}: ${message}`;
}

function findingBody(
  { replay, command, program }: NamedFinding,
  found: FoundInRun | undefined,
): string {
  const { name, value, target, schedule, fingerprint } = replay;
  const facts = [
    ["Law", lawLink(name)],
    ["Schedule", `<code>${escapeText(schedule)}</code>`],
    ["Fingerprint", `<code>${escapeText(fingerprint)}</code>`],
  ].map(([term = "", markup = ""]) => `<dt>${term}</dt><dd>${markup}</dd>`);
  const timeline = replayTimeline(replay, found);
  const title = `${name} with value ${value} on ${target}`;
  return [
    `<dl class="facts">${facts.join("")}</dl>`,
    againLine(command ?? replayCommand(replay)),
    runFigure({ ...timeline, title }),
    program === undefined
      ? ""
      : `<h5>The program</h5><pre class="lines" tabindex="0">${escapeText(program)}</pre>`,
  ].join("\n");
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

function coverageSection(rows: readonly CoverageRow[]): PageSection | undefined {
  if (rows.length === 0) return undefined;
  const lines = rows.map((row) => {
    const cells = columns.map((name) => `<td class="num">${countText(row[name])}</td>`).join("");
    return `<tr><th scope="row">${lawLink(row.name)} on ${escapeText(row.target)}</th>${cells}</tr>`;
  });
  const head = columns.map((name) => `<th scope="col" class="num">${name}</th>`).join("");
  return section("Coverage", [
    `<div class="wide" tabindex="0"><table><thead><tr><th scope="col">Law</th>${head}</tr></thead>`,
    `<tbody>${lines.join("\n")}</tbody></table></div>`,
  ]);
}
