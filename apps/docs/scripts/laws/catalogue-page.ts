import { groupOf, type Law } from "@escapement/conformance";
import { paragraphs, plain, table, widePage } from "../site/markdown.js";
import type { Page } from "../site/page.js";
import { verdictMark } from "./law-page.js";
import type { SuiteRun } from "./run-suite.js";

/** What the groups are about, in the order of the contract. */
export const groupTitles: Readonly<Record<string, string>> = {
  READ: "Reading the time",
  ARM: "Arming",
  STOP: "Stopping",
  REG: "Registry",
  PER: "Periodic timers",
  CALL: "Callbacks",
  LIFE: "Lifecycle",
};

/** The laws by group, in the catalogue's order. */
export function lawGroups(laws: readonly Law[]): ReadonlyMap<string, readonly Law[]> {
  const groups = new Map<string, Law[]>();
  for (const law of laws) {
    const group = groupOf(law.id);
    groups.set(group, [...(groups.get(group) ?? []), law]);
  }
  return groups;
}

/** The table of every law on every board. */
export function cataloguePage(laws: readonly Law[], run: SuiteRun): Page {
  const boards = run.reports.map(({ board }) => board);
  const counts = run.reports.map(({ board, summary }) => [
    `\`${board}\``,
    ...[summary.pass, summary.fail, summary.skip, summary.error].map(String),
  ]);
  const groups = [...lawGroups(laws)].flatMap(([group, members]) => [
    `## ${group}: ${groupTitles[group] ?? ""} {#${group}}`,
    `<div class="matrix">\n`,
    table(
      ["law", "title", ...boards.map(shortName)],
      members.map((law) => row(law, run)),
    ),
    "</div>",
  ]);
  const text = paragraphs(
    "# The laws",
    `A law is a program and a pure check of the trace that it leaves. It judges one rule of
[the contract](/contract), on any board, from device time alone. There are ${laws.length}. The verdicts
here are those of the boards that need no hardware, judged when this site was built.`,
    `<div class="counts">\n`,
    table(["board", "pass", "fail", "skip", "error"], counts),
    "</div>",
    "A law is skipped where the board lacks a capability that it needs; its page names it.",
    ...groups,
  );
  return { path: "laws/index.md", text: widePage(text, "filtered") };
}

function row(law: Law, run: SuiteRun): string[] {
  const verdicts = run.reports.map((report) => {
    const result = report.laws.find(({ id }) => id === law.id);
    return verdictMark(result?.verdict ?? "error", true);
  });
  return [`[${law.id}](/laws/${law.id})`, plain(law.title), ...verdicts];
}

function shortName(board: string): string {
  return board.replace("sim:", "");
}
