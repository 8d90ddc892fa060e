import { type BugPlace, isSimulated, type MuseumBug, museum } from "@escapement/bug-museum";
import { findLaw } from "@escapement/conformance";
import { seeds } from "../races/seeds.js";
import {
  code,
  htmlText,
  paragraphs,
  plain,
  table,
  timelineFigure,
  widePage,
} from "../site/markdown.js";
import type { Page } from "../site/page.js";
import { changeBlock, changeInC } from "./bug-change.js";
import { type BugRun, bugRun } from "./bug-run.js";
import { killersText } from "./kill-table.js";

const places: Readonly<Record<BugPlace, string>> = {
  hal: "the HAL",
  c: "the C firmware",
  port: "the port",
  chip: "the chip",
  link: "the line",
};

/** What stands in the place of a run for a bug that no simulated board can have. */
const noRun = [
  "## A run that shows it",
  "There is no drawing and no player here: the bug is in the C firmware alone, and the page's engine runs the HAL in TypeScript.",
];

/** A page for every bug of the museum, and the table of them. */
export async function bugPages(): Promise<Page[]> {
  const pages: Page[] = [indexPage()];
  for (const bug of museum) {
    pages.push(bugPage(bug, isSimulated(bug) ? await shownRun(bug) : noRun));
  }
  return pages;
}

function indexPage(): Page {
  const rows = museum.map(({ name, title, system, owner, schedule }) => [
    `[${name}](/bugs/${name})`,
    plain(title),
    plain(system),
    `[${owner}](/laws/${owner})`,
    schedule === "" ? "none" : `\`${schedule}\``,
  ]);
  const text = paragraphs(
    "# The museum of bugs",
    `${museum.length} bugs that timer systems really had, each brought back by the smallest change of this project's own sources.
They are what the laws are tried on: every one of them is rejected by the law that owns it, and a law that would reject none
would be no use. The [kill matrix](/kill-matrix) has every bug against every law; \`npx escapement bugs\` lists them in a terminal, and [five of them](/races/)
have a story.`,
    `A schedule says where the interrupt has to come: \`e1:53c\` holds the processor up before point 53 until the compare register matches.
\`e1:\` is the plain run. Where there is none, only a processor that takes time shows the bug.`,
    `<div class="matrix">\n`,
    table(["bug", "what", "system", "killed by", "schedule"], rows),
    "</div>",
  );
  return { path: "bugs/index.md", text: widePage(text, "sorted", "filtered") };
}

function bugPage(bug: MuseumBug, run: readonly string[]): Page {
  const { name, title, happened } = bug;
  const seed = seeds.find((each) => each.bug === name);
  const text = paragraphs(
    `# ${name}: ${plain(title)}`,
    `<p class="statement">${htmlText(happened)}</p>`,
    seed === undefined
      ? ""
      : `Its story, to be watched and played with: [${seed.title}](/races/${seed.slug}).`,
    `<div class="facts">\n`,
    factsTable(bug),
    "</div>",
    "## The change",
    `What brings it back, in ${places[bug.where]}:`,
    changeBlock(bug),
    ...run,
    ...firmwareText(bug),
    "## Laws that reject it",
    killersText(name),
  );
  return { path: `bugs/${name}.md`, text: widePage(text) };
}

/** A run on a simulated board, drawn, to be played, and as a command. */
async function shownRun(bug: MuseumBug): Promise<string[]> {
  const { name, owner, profile, value, schedule } = bug;
  const run = await bugRun(bug);
  const player = `<RacePlayer bug="${name}" law="${owner}" profile="${profile}" :value="${value}" schedule="${schedule}" waits />`;
  return [
    "## A run that shows it",
    drawing(bug, run),
    run.noPlayer === "" ? player : `There is no player here: ${run.noPlayer}`,
    "## In a terminal",
    code("sh", `npx escapement bugs ${name}`),
    "It searches for the shortest schedule that shows the bug, draws that run, and then searches the HAL as it is: 0 findings.",
  ];
}

function factsTable(bug: MuseumBug): string {
  const { system, reference, owner, profile } = bug;
  const { label, url } = reference;
  return table(
    ["", ""],
    [
      ["**System**", plain(system)],
      ["**Reference**", url === undefined ? plain(label) : `[${plain(label)}](${url})`],
      ["**Killed by**", `[${owner}](/laws/${owner}): ${plain(findLaw(owner).statement)}`],
      ["**Counter**", `\`${profile}\``],
      ["**Shortest schedule**", scheduleText(bug)],
    ],
  );
}

function scheduleText(bug: MuseumBug): string {
  const { schedule, value } = bug;
  if (!isSimulated(bug)) return "none; no simulated board can have the bug";
  if (schedule === "") {
    return "none; it takes a processor whose accesses take time, as those of the simulated board do";
  }
  const plainRun = schedule === "e1:" ? ", the plain run" : "";
  const sweep = value === 0 ? "" : `, with the sweep variable at ${value}`;
  return `\`${schedule}\`${plainRun}${sweep}`;
}

function drawing({ name, owner, profile }: MuseumBug, { svg, message }: BugRun): string {
  return timelineFigure(name, svg, `${owner} on ${profile}: ${plain(message)}`);
}

function firmwareText({ name, where, owner, c }: MuseumBug): string[] {
  if (c === undefined) return [];
  const other = c.owner === owner ? "" : ` There [${c.owner}](/laws/${c.owner}) rejects it.`;
  return [
    "## In the firmware",
    `The C firmware with the same bug: ${plain(c.note)}${other}`,
    ...(where === "c" ? [] : [changeInC(name)]),
  ];
}
