import {
  countText,
  durationText,
  escapeText,
  type PickedIteration,
  timelineSvg,
  traceTimeline,
} from "@escapement/timeline";
import { describeProgram } from "../../describe-program.js";
import type { Law } from "../../law.js";
import { lawEnv } from "../../law-env.js";
import type { BoardReport, LawResult } from "../../report.js";

/** Expiries written out under a timeline. */
const expiriesMax = 12;

/** Lines of a program; a longer one is cut. */
const programLinesMax = 90;

/**
 * A law's run on a board: the timeline of the iteration that was kept, then the program beside the
 * scheduled and actual times. Nothing where no trace was kept and the law is not known.
 */
export function traceFigure(
  { board, description }: BoardReport,
  { id, iteration, findings }: LawResult,
  law: Law | undefined,
): string {
  if (description === undefined) return "";
  const { frequencyHz } = description;
  const program = law === undefined ? "" : programListing(law, description);
  const pair = (times: string): string => {
    const columns = [program, times].filter((each) => each !== "");
    return columns.length === 0 ? "" : `<div class="pair">${columns.join("\n")}</div>`;
  };
  if (iteration === undefined) return pair("");
  const named = new Set((findings ?? []).flatMap(({ record }) => record ?? []));
  const highlight = iteration.indices.flatMap((index, place) => (named.has(index) ? [place] : []));
  const { records } = iteration;
  const title = `${id} on ${board}`;
  const svg = timelineSvg(traceTimeline({ records, frequencyHz, title, highlight }), {
    style: false,
  });
  return [
    `<figure class="timeline"><figcaption>${escapeText(captionOf(board, iteration))}</figcaption><div tabindex="0">${svg}</div></figure>`,
    pair(timesTable(iteration, new Set(highlight), frequencyHz)),
  ].join("\n");
}

function captionOf(board: string, { number, count, value, omitted }: PickedIteration): string {
  const which = count === 1 ? "" : `, iteration ${number} of ${count} with v = ${value}`;
  const rest = omitted === 0 ? "" : `; ${omitted} records are left out`;
  return `On ${board}${which}${rest}`;
}

function programListing(law: Law, description: Parameters<typeof lawEnv>[0]): string {
  try {
    const lines = describeProgram(law.program(lawEnv(description)), description.frequencyHz);
    const cut = lines.length - programLinesMax;
    const shown = cut > 0 ? [...lines.slice(0, programLinesMax), `… ${cut} more lines`] : lines;
    return `<div><h5>The program</h5><pre class="lines" tabindex="0">${escapeText(shown.join("\n"))}</pre></div>`;
  } catch {
    // A law whose program throws has said so in its verdict; the page is not the place to fail.
    return "";
  }
}

/** Scheduled against actual times, the highlighted ones and as many of the first as fit. */
function timesTable(
  { records }: PickedIteration,
  highlight: ReadonlySet<number>,
  frequencyHz: number,
): string {
  const base = records[0]?.at ?? 0;
  const all = records.flatMap((record, place) =>
    record.kind === "expiry" ? [{ ...record, here: highlight.has(place) }] : [],
  );
  if (all.length === 0) return "";
  const room = expiriesMax - all.filter(({ here }) => here).length;
  const others = all.filter(({ here }) => !here).slice(0, Math.max(0, room));
  const kept = new Set([...all.filter(({ here }) => here).slice(0, expiriesMax), ...others]);
  const time = (ticks: number): string => {
    const us = ((ticks / frequencyHz) * 1e6).toFixed(1);
    return us.replace(/\d+/, (whole) => countText(Number(whole)));
  };
  const rows = all
    .filter((each) => kept.has(each))
    .map(({ timer, scheduled, at, here }) => {
      const late = durationText(at - scheduled, frequencyHz);
      return `<tr${here ? ' class="here"' : ""}><th scope="row">${escapeText(`timer ${timer}`)}</th><td class="num">${time(scheduled - base)}</td><td class="num">${time(at - base)}</td><td class="num">${late}</td><td class="num">${countText(at - scheduled)}</td></tr>`;
    });
  const rest = all.length - rows.length;
  return [
    '<div class="wide" tabindex="0"><h5>Scheduled and actual times</h5><table class="times">',
    '<thead><tr><th scope="col">Handler of</th><th scope="col" class="num">due, us</th><th scope="col" class="num">entered, us</th><th scope="col" class="num">late</th><th scope="col" class="num">ticks</th></tr></thead>',
    `<tbody>${rows.join("\n")}</tbody></table>${rest > 0 ? `<small>and ${rest} more</small>` : ""}</div>`,
  ].join("\n");
}
