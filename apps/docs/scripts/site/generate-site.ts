import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Law, laws } from "@escapement/conformance";
import { drawingStyle } from "@escapement/timeline";
import { apiIndexPage, finishApiPages, readExports, symbolTargets } from "../api/api-pages.js";
import { runTypedoc } from "../api/run-typedoc.js";
import { boardPages } from "../boards/board-pages.js";
import { headerPages } from "../c-api/header-pages.js";
import { checkOrigins } from "../checks/origins.js";
import { cliPage } from "../cli/cli-page.js";
import { collectErrors, type ErrorEntry } from "../errors/collect-errors.js";
import { errorsPage } from "../errors/errors-page.js";
import { homePage } from "../first-page/home-page.js";
import { cataloguePage } from "../laws/catalogue-page.js";
import { type LawPageContext, lawPage, listingEnv } from "../laws/law-page.js";
import { lawSources } from "../laws/law-source.js";
import { opWords } from "../laws/op-words.js";
import { runSuite } from "../laws/run-suite.js";
import { bugPages } from "../museum/bug-pages.js";
import { lawKills } from "../museum/kills.js";
import { copyDocs, handWritten } from "../prose/copy-docs.js";
import { writeHalSources } from "../races/hal-sources.js";
import { racePages } from "../races/race-pages.js";
import { changelogPage } from "./changelog-page.js";
import { packages } from "./contents.js";
import { documentedUnion } from "./documented-union.js";
import type { Targets } from "./links.js";
import { readSource, writePages } from "./page.js";
import { app, pagesFolder, repository, workspace } from "./paths.js";
import { sidebars } from "./sidebar.js";

/** How the pages are to be made. */
export interface GenerateOptions {
  /** Whether an undocumented export ends the making of the API's pages. */
  readonly strict: boolean;
}

/** Writes every page of the site for VitePress; returns with what is wrong, in words. */
export async function generate({ strict }: GenerateOptions): Promise<string[]> {
  rmSync(pagesFolder, { recursive: true, force: true });
  mkdirSync(pagesFolder, { recursive: true });
  const typedoc = runTypedoc(strict ? [] : ["--treatWarningsAsErrors", "false"]);
  const run = await runSuite();
  const bugs = await bugPages();
  const { code, output } = await typedoc;
  const problems = checkOrigins(laws);
  if (output.trim() !== "") problems.push(output.trim());
  if (code !== 0) return [...problems, `typedoc ended with ${code}`];
  const exports = readExports();
  const errors = collectErrors();
  const [rule, symbol, error] = [ruleTargets(laws), symbolTargets(exports), errorTargets(errors)];
  const targets: Targets = { rule, symbol: (name) => symbol(name) ?? error(name) };
  finishApiPages(exports, { rule, symbol: error });
  const modules = [...new Set(exports.map(({ module }) => module))];
  const headers = headerPages(targets);
  const races = await racePages(targets);
  const context: LawPageContext = {
    run,
    capabilities: capabilityTexts(),
    env: listingEnv(),
    ops: opWords(),
    sources: lawSources(),
    kills: lawKills(),
  };
  writeHalSources();
  writePages([
    ...copyDocs(targets),
    ...laws.map((law) => lawPage(law, context)),
    ...races,
    ...bugs,
    ...boardPages(run.reports, context),
    cataloguePage(laws, run),
    apiIndexPage(exports, modules),
    ...headers,
    cliPage(),
    errorsPage(errors),
    changelogPage(),
    await homePage(run.reports, laws.length),
  ]);
  const headerNames = headers.map(({ path }) => /esc_\w+/.exec(path)?.[0] ?? "").filter(Boolean);
  writeData("sidebar.json", JSON.stringify(sidebars(laws, exports, headerNames)));
  writeData("drawing.css", drawingStyle);
  copyPublic();
  return problems;
}

/** A rule leads to its law; one that no law judges, to the contract. */
function ruleTargets(all: readonly Law[]): (id: string) => string | undefined {
  const judged = new Set<string>(all.map(({ id }) => id));
  const rules = new Set(
    [...readSource("docs/contract.md").matchAll(/^\| ([A-Z]+-\d\d) \|/gm)].map((match) => match[1]),
  );
  return (id) => {
    if (judged.has(id)) return `/laws/${id}`;
    return rules.has(id) ? `/contract#${id}` : undefined;
  };
}

/** A code of one word may be anything; one with a hyphen is hardly anything else. */
function errorTargets(errors: readonly ErrorEntry[]): (name: string) => string | undefined {
  const codes = new Set(errors.map(({ code }) => code).filter((code) => code.includes("-")));
  return (name) => (codes.has(name) ? `/errors#${name}` : undefined);
}

function capabilityTexts(): ReadonlyMap<string, string> {
  const all = documentedUnion("packages/scenario/src/board.ts", "Capability");
  return new Map(all.map(({ name, text }) => [name, text]));
}

/** All that is written by hand in one text, for whom one fetch is easier than sixty. */
function llmsFull(): string {
  const entries = [{ text: "README", source: "README.md" }, ...handWritten()];
  return entries
    .map(
      ({ source }) =>
        `<!-- ${repository}/blob/main/${source} -->\n\n${readSource(source).trim()}\n`,
    )
    .join("\n\n");
}

function writeData(name: string, text: string): void {
  writeFileSync(join(app, "dist", name), text);
}

/** Files that are served as they are; `llms.txt` is the repository's where it has one. */
function copyPublic(): void {
  const target = join(pagesFolder, "public");
  cpSync(join(app, "public"), target, { recursive: true });
  cpSync(join(workspace, "docs"), target, {
    recursive: true,
    filter: (path) => !path.endsWith(".md"),
  });
  copySchemas(join(target, "schema"));
  const llms = join(workspace, "llms.txt");
  if (existsSync(llms)) cpSync(llms, join(target, "llms.txt"));
  writeFileSync(join(target, "llms-full.txt"), llmsFull());
}

/** The schemas of all packages, at the addresses that reports name. */
function copySchemas(target: string): void {
  for (const { source } of packages) {
    const folder = join(workspace, dirname(source), "schema");
    if (existsSync(folder)) cpSync(folder, target, { recursive: true });
  }
}
