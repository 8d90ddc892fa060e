import { budget } from "../means/budget.js";
import { type MeansName, meansNames } from "../means/means.js";
import type { Language, Mutant } from "../mutants/mutant.js";
import { isSampled } from "../plan.js";
import type { Reason, ReasonKind } from "../reasons.js";
import type { ResultRow, Results } from "./results.js";
import {
  byFile,
  byMeans,
  isAsked,
  isSurvivor,
  scored,
  shareText,
  showable,
  together,
} from "./score.js";

/** What the page is made of. */
export interface PageParts {
  /** The results. */
  readonly results: Results;
  /** All mutants, by id, those too that do not count. */
  readonly mutants: ReadonlyMap<string, Mutant>;
  /** How many were left out before they were asked about, by why, of each HAL. */
  readonly leftOut: Readonly<Record<Language, ReadonlyMap<string, number>>>;
  /** The reasons, by mutant. */
  readonly reasons: ReadonlyMap<string, Reason>;
}

const hals: Readonly<Record<Language, string>> = {
  ts: "The TypeScript HAL",
  c: "The C HAL",
};

const folders: Readonly<Record<Language, string>> = {
  ts: "packages/core/src",
  c: "packages/firmware/c/hal",
};

const headings: Readonly<Record<ReasonKind, string>> = {
  missing: "What is missing",
  "unit-test": "What no program shows",
  threads: "What shows between threads only",
  equivalent: "What is equivalent",
};

/** The page of the mutation score. */
export function mutationPage(parts: PageParts): string {
  const { results } = parts;
  return `${[
    "# Mutation score",
    "Written by `pnpm mutation`. A mutant is a HAL with one small change, such as `<` for `<=` or an empty block. One that no test",
    "notices is a bug that nobody would have seen. Decision 0033 says how this is made.",
    "",
    "| laws and random programs together | of the mutants that are not equivalent | of those that a program can show |",
    "| --- | --- | --- |",
    ...(["ts", "c"] as const).map(
      (language) => `| ${hals[language]} | ${headline(results[language], parts.reasons)} |`,
    ),
    "",
    `Each mutant met up to ${budget.programs} random programs. Of the sources \`${results.of.ts}\` (TypeScript) and \`${results.of.c}\` (C), judged by`,
    `\`${results.of.judging}\` (laws, judge, generator, chips, search): the beginnings of SHA-256 over the files.`,
    ...(["ts", "c"] as const).flatMap((language) => halSection(language, parts)),
    "",
  ].join("\n")}`;
}

function halSection(language: Language, parts: PageParts): string[] {
  const { results, reasons, leftOut } = parts;
  const rows = results[language];
  const counted = scored(rows, reasons);
  const apart = (why: ResultRow["apart"]): number => rows.filter((row) => row.apart === why).length;
  // A means is shown where it was asked about all that were drawn: a share of those at hand says nothing.
  const drawn = counted.filter(({ id }) => isSampled(id)).length;
  const names = meansNames.filter((means) => byMeans(counted, means).asked === drawn && drawn > 0);
  const equivalent = rows.filter(
    (row) => isSurvivor(row) && reasons.get(row.id)?.kind === "equivalent",
  ).length;
  const open = rows.filter((row) => row.apart === undefined && !isAsked(row)).length;
  const out = [...leftOut[language]].map(([why, count]) => `${count} ${why}`);
  const tables = (): string[] => [
    ...meansTable(counted, names),
    "",
    "| file | laws and random programs together |",
    "| --- | --- |",
    ...[...byFile(counted)].map(([file, own]) => `| ${file} | ${shareText(together(own))} |`),
  ];
  return [
    "",
    `## ${hals[language]}`,
    "",
    `${rows.length} mutants of \`${folders[language]}\`: ${counted.length} in the score, ${apart("not-compiled")} that do not compile, ${apart("same-code")} that compile to the same`,
    `code, ${equivalent} equivalent, ${open} not asked about yet.${out.length === 0 ? "" : ` Left out before: ${out.join(", ")}.`}`,
    "",
    ...(isHalfway(rows) ? [] : tables()),
    ...survivorSections(rows, parts),
  ];
}

function meansTable(counted: readonly ResultRow[], names: readonly MeansName[]): string[] {
  return [
    "| means | killed, of the mutants that were drawn to meet each |",
    "| --- | --- |",
    ...names.map((means) => `| ${meansText[means]} | ${shareText(byMeans(counted, means))} |`),
  ];
}

const meansText: Readonly<Record<MeansName, string>> = {
  laws: "laws",
  random: "random programs",
  search: `the search, one move, ${budget.schedules} schedules a case`,
  unit: "unit tests",
};

function survivorSections(rows: readonly ResultRow[], { mutants, reasons }: PageParts): string[] {
  const survivors = rows.filter(isSurvivor);
  const kinds = Object.keys(headings) as ReasonKind[];
  const others = survivors.filter(({ id }) => !reasons.has(id));
  const unexplained = others.filter(({ isUnreached }) => !isUnreached);
  const unreached = others.filter(({ isUnreached }) => isUnreached);
  const open =
    unexplained.length === 0
      ? []
      : [
          "",
          "### What is not explained yet",
          "",
          "```diff",
          ...unexplained.flatMap((row) => diffOf(mutants.get(row.id), row)),
          "```",
        ];
  const away =
    unreached.length === 0
      ? []
      : [
          "",
          "### Where no program comes",
          "",
          "No law and no random program runs the block that it stands in: what calls it is not an operation of a program.",
          "",
          "```diff",
          ...unreached.flatMap((row) => diffOf(mutants.get(row.id), row)),
          "```",
        ];
  const explained = kinds.flatMap((kind) => {
    const own = survivors.filter(({ id }) => reasons.get(id)?.kind === kind);
    if (own.length === 0) return [];
    const whys = [...new Set(own.map(({ id }) => reasons.get(id)?.why ?? ""))];
    return [
      "",
      `### ${headings[kind]}`,
      ...whys.flatMap((why) => [
        "",
        why,
        "",
        "```diff",
        ...own
          .filter(({ id }) => reasons.get(id)?.why === why)
          .flatMap((row) => diffOf(mutants.get(row.id), row)),
        "```",
      ]),
    ];
  });
  return [...open, ...explained, ...away];
}

function diffOf(mutant: Mutant | undefined, { id, by = {} }: ResultRow): string[] {
  if (mutant === undefined) return [];
  const others = (["search", "unit"] as const).filter((means) => typeof by[means] === "string");
  const note = others.length === 0 ? "" : `  killed by: ${others.join(", ")}`;
  return [
    `@@ ${id}, line ${mutant.line}${note}`,
    `-${oneLine(mutant.original)}`,
    `+${oneLine(mutant.replacement)}`,
  ];
}

function oneLine(text: string): string {
  const joined = text.replace(/\s+/g, " ");
  return joined.length <= 120 ? joined : `${joined.slice(0, 100)} …`;
}

/** Survivors of one means that the other was not asked about yet: a share would be of those that died first. */
function isHalfway(rows: readonly ResultRow[]): boolean {
  return rows.some((row) => row.apart === undefined && row.by?.random === null && !isAsked(row));
}

function headline(rows: readonly ResultRow[], reasons: ReadonlyMap<string, Reason>): string {
  if (isHalfway(rows))
    return "no score yet: survivors of random programs were not held against the laws | –";
  const [all, shown] = [scored, showable].map((of) => shareText(together(of(rows, reasons))));
  return `**${all}** | **${shown}**`;
}
