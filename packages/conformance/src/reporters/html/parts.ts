import { escapeAttribute } from "@escapement/timeline";
import type { Law, Verdict } from "../../law.js";
import { groupOf } from "../../law-groups.js";
import type { BoardReport, LawResult } from "../../report.js";

/** A sign for each verdict, never alone: the word stands beside it or in its place for a reader. */
export const glyphs: Record<Verdict, string> = { pass: "✓", fail: "✗", skip: "–", error: "!" };

/** The verdicts in the order in which they are shown. */
export const verdicts: readonly Verdict[] = ["pass", "fail", "skip", "error"];

/** A law with its result on each board. */
export interface LawRow {
  /** Its id. */
  readonly id: string;
  /** Its title. */
  readonly title: string;
  /** Its statement. */
  readonly statement: string;
  /** The law itself, where the page knows it. */
  readonly law: Law | undefined;
  /** One place a board, in the boards' order; nothing where the law was not selected. */
  readonly results: readonly (LawResult | undefined)[];
  /** Whether it holds on every board that it was asked of; a lost board does not count. */
  readonly holds: boolean;
}

/** Every law that a report speaks of, in the order of the longest report. */
export function lawRows(reports: readonly BoardReport[], laws: readonly Law[]): readonly LawRow[] {
  const known = new Map<string, Law>(laws.map((law) => [law.id, law]));
  const boards = reports.map(
    (report) => new Map<string, LawResult>(report.laws.map((law) => [law.id, law])),
  );
  const order = new Map<string, LawResult>();
  for (const report of reports.toSorted((one, other) => other.laws.length - one.laws.length)) {
    for (const law of report.laws) if (!order.has(law.id)) order.set(law.id, law);
  }
  return [...order.values()].map(({ id, title, statement }) => {
    const results = boards.map((board) => board.get(id));
    const holds = results.every((result, board) => {
      const asked = reports[board]?.description !== undefined && result?.code !== "not-run";
      return result === undefined || result.verdict === "pass" || !asked;
    });
    return { id, title, statement, law: known.get(id), results, holds };
  });
}

/** Laws by the group that their ids begin with, in the order in which the groups first appear. */
export function groupRows(rows: readonly LawRow[]): ReadonlyMap<string, readonly LawRow[]> {
  const groups = new Map<string, LawRow[]>();
  for (const row of rows) {
    const name = groupOf(row.id);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}

/** What the filter looks for in a law. */
export function wordsOf({ id, title, statement }: LawRow): string {
  return `${id} ${title} ${statement}`;
}

/** The anchor of a law, or of its failure on a board. */
export function anchorOf(law: string, board?: number): string {
  return board === undefined ? law : `${law}-on-${board + 1}`;
}

/** A link to an anchor of the page; `content` is markup. */
export function linkTo(anchor: string, content: string): string {
  return `<a href="#${escapeAttribute(encodeURIComponent(anchor))}">${content}</a>`;
}

/** Text that is no longer than it may be. */
export function cut(text: string, lengthMax: number): string {
  return text.length <= lengthMax ? text : `${text.slice(0, lengthMax - 1).trimEnd()}…`;
}
