import { findLaw } from "@escapement/conformance";
import { RaceEngine } from "../../races/race-engine.js";
import { linkNames, type Targets } from "../site/links.js";
import { htmlText, paragraphs, plain, table, widePage } from "../site/markdown.js";
import { type Page, readSource } from "../site/page.js";
import { type Seed, seeds } from "./seeds.js";

/** Moves in a schedule, at the most, when a page's first run is looked for. */
const BOUND = 2;

/** The page of each seed and the index over them. */
export async function racePages(targets: Targets): Promise<Page[]> {
  const pages = await Promise.all(seeds.map((seed) => racePage(seed, targets)));
  return [indexPage(targets), ...pages];
}

/**
 * A seed's player, and its text below it. The player begins with the shortest
 * schedule that shows the bug, looked for while the page is made.
 *
 * @throws Error when the law holds in every run: the page would show nothing.
 */
async function racePage(seed: Seed, targets: Targets): Promise<Page> {
  const { slug, title, about, bug, law, profile } = seed;
  const engine = await RaceEngine.open(seed);
  const { shortest } = await engine.search(true, { bound: BOUND });
  if (shortest === undefined) throw new Error(`${law} does not see ${bug} on ${profile}`);
  const { value, schedule } = shortest;
  const player = `<RacePlayer bug="${bug}" law="${law}" profile="${profile}" :value="${value}" schedule="${schedule}" />`;
  const source = `apps/docs/content/races/${slug}.md`;
  const text = paragraphs(
    `# ${title}`,
    `<p class="statement">${htmlText(about)}</p>`,
    player,
    linkNames(readSource(source).trim(), targets),
    "## Read on",
    [
      `- [The law ${law}](/laws/${law}): ${plain(findLaw(law).statement)}`,
      `- [The bug in the museum](/bugs/${bug}), with the change that brings it back`,
      "- [How to read the drawing, and the keys](/races/#how-to-read-it)",
    ].join("\n"),
  );
  return { path: `races/${slug}.md`, source, text: widePage(text) };
}

function indexPage(targets: Targets): Page {
  const source = "apps/docs/content/races/index.md";
  const rows = seeds.map(({ slug, title, about, law }) => [
    `[${title}](/races/${slug})`,
    plain(about),
    `[${law}](/laws/${law})`,
  ]);
  const text = linkNames(readSource(source), targets).replace("%RACES%", () =>
    table(["race", "what happened", "law"], rows),
  );
  return { path: "races/index.md", source, text };
}
