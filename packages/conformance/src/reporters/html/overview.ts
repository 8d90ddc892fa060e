import { counted, durationText, escapeText, frequencyText } from "@escapement/timeline";
import type { BoardReport, LawResult } from "../../report.js";
import { type DescribedBoard, differsTable } from "../differs.js";
import { resultsOf } from "../failure.js";
import { type PageSection, section } from "./page-section.js";
import { anchorOf, cut, glyphs, linkTo, verdicts } from "./parts.js";

/** A reason in the list of broken laws is cut to this; the law itself has all of it. */
const reasonMax = 240;

/** The verdict on the whole, in one line. */
export function headline(reports: readonly BoardReport[]): string {
  const failing = reports.filter(({ summary }) => summary.fail > 0);
  const unknown = reports.filter(({ summary }) => summary.error > 0);
  const laws = new Set(reports.flatMap((report) => report.laws.map(({ id }) => id))).size;
  const on = `${counted(laws, "law")} on ${counted(reports.length, "board")}`;
  const names = (list: readonly BoardReport[]) =>
    list.length === 1 ? (list[0]?.board ?? "") : `${list.length} boards`;
  const broken = new Set(resultsOf(reports, "fail").map(({ result }) => result.id)).size;
  const parts = [
    ...(failing.length === 0 ? [] : [`${counted(broken, "law")} broken on ${names(failing)}`]),
    ...(unknown.length === 0 ? [] : [`no verdict on some laws of ${names(unknown)}`]),
  ];
  const [look, text] =
    parts.length > 0
      ? [failing.length > 0 ? "fail" : "error", parts.join("; ")]
      : ["pass", "every law that could be asked holds"];
  return `<p class="headline">${escapeText(on)}: <strong class="${look}">${escapeText(text)}</strong>.</p>`;
}

/** What most of a board's broken laws have in common; nothing where there is no such cause. */
export function diagnosisSection(reports: readonly BoardReport[]): PageSection | undefined {
  const items = reports.flatMap(({ board, diagnosis }) => {
    if (diagnosis === undefined) return [];
    const { message, hint, laws } = diagnosis;
    const explains = `It explains ${counted(laws.length, "law")}: `;
    return [
      `<li><strong>${escapeText(board)}</strong>: ${escapeText(message)}. ${escapeText(explains)}${laws.map((id) => linkTo(anchorOf(id), escapeText(id))).join(", ")}. ${escapeText(hint)}</li>`,
    ];
  });
  return items.length === 0 ? undefined : section("Diagnosis", ["<ul>", ...items, "</ul>"]);
}

/** One row a board: its counts, and what it says about itself. */
export function boardSection(reports: readonly BoardReport[]): PageSection {
  const heads = verdicts.map((verdict) => `<th scope="col" class="num">${verdict}</th>`).join("");
  return section("Boards", [
    '<div class="wide" tabindex="0"><table class="boards">',
    `<thead><tr><th scope="col">Board</th><th scope="col"><span class="hidden">Share</span></th>${heads}<th scope="col">Counter</th><th scope="col" class="num">One tick</th><th scope="col" class="num">Stated lateness</th><th scope="col" class="num">Timers</th></tr></thead>`,
    `<tbody>${reports.map(boardRow).join("\n")}</tbody>`,
    "</table></div>",
  ]);
}

function boardRow({ board, summary, description }: BoardReport): string {
  const counts = verdicts.map((verdict) => {
    const look = summary[verdict] === 0 ? "quiet" : verdict;
    return `<td class="num ${look}">${summary[verdict]}</td>`;
  });
  const shares = verdicts
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `<i class="${verdict}" style="flex-grow:${summary[verdict]}"></i>`);
  const facts =
    description === undefined
      ? '<td colspan="4" class="error">not opened</td>'
      : [
          `<td>${description.counterBits} bits, ${frequencyText(description.frequencyHz)}</td>`,
          `<td class="num">${durationText(1, description.frequencyHz)}</td>`,
          `<td class="num">${durationText(description.latencies.lateTicks, description.frequencyHz)}</td>`,
          `<td class="num">${description.timers}</td>`,
        ].join("");
  return `<tr><th scope="row">${escapeText(board)}</th><td><div class="share" aria-hidden="true">${shares.join("")}</div></td>${counts.join("")}${facts}</tr>`;
}

/** What boards state otherwise than the contract; nothing where none does. */
export function differsSection(reports: readonly DescribedBoard[]): PageSection | undefined {
  const table = differsTable(reports);
  return table === "" ? undefined : section("What boards state otherwise", [table]);
}

/** What is broken, each with a link to its trace; nothing where nothing is. */
export function brokenSection(reports: readonly BoardReport[]): PageSection | undefined {
  const items = reports.flatMap((report, board) =>
    report.laws
      .filter(({ verdict }) => verdict === "fail")
      .map(({ id, reason }) => {
        const link = linkTo(anchorOf(id, board), `<code>${escapeText(id)}</code>`);
        return `<li><span class="fail">${glyphs.fail}</span> ${link} on <strong>${escapeText(report.board)}</strong>: ${escapeText(cut(reason ?? "", reasonMax))}</li>`;
      }),
  );
  return items.length === 0
    ? undefined
    : section("Broken laws", [`<ul class="broken">${items.join("\n")}</ul>`]);
}

/** What has no verdict, laws of one board and one reason together; nothing where all have one. */
export function errorSection(reports: readonly BoardReport[]): PageSection | undefined {
  const groups = new Map<string, { board: string; ids: string[]; result: LawResult }>();
  for (const { report, result } of resultsOf(reports, "error")) {
    const key = `${report.board}\n${result.reason ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { board: report.board, ids: [result.id], result });
    else group.ids.push(result.id);
  }
  if (groups.size === 0) return undefined;
  const items = [...groups.values()].map(({ board, ids, result }) => {
    const which = ids.length > 3 ? `${ids.length} laws` : ids.join(", ");
    const hint =
      (result.hint ?? "") === "" ? "" : `<br><small>${escapeText(result.hint ?? "")}</small>`;
    return `<li><span class="error">${glyphs.error}</span> <strong>${escapeText(which)}</strong> on ${escapeText(board)}: ${escapeText(result.reason ?? "")}${hint}</li>`;
  });
  return section("No verdict", [`<ul class="broken">${items.join("\n")}</ul>`]);
}
