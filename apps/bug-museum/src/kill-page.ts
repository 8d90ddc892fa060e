import type { LawId } from "@escapement/conformance";
import type { UnoFinding } from "@escapement/explore-avr";
import type { MuseumBug } from "./bug.js";
import type { CSearch } from "./c-hal/search-in-c.js";
import type { FirmwareBug } from "./firmware-bugs.js";
import { type KillMatrix, killersOf, lawsWithoutKill } from "./matrix.js";
import { programsToNotice } from "./programs-to-notice.js";

/** A bug that so many laws kill breaks nearly everything; it says little about any one of them. */
const BROAD = 20;

/** Law ids that are named; of the rest the page says how many. */
const IDS_MAX = 12;

/** What a page shows of the firmware's images. */
export interface FirmwarePage {
  /** The bugs of the firmware. */
  readonly bugs: readonly FirmwareBug[];
  /** The sources that a bug's patch changes, by its name. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** The findings that show those which a plain run does not, by the image's name. */
  readonly findings: ReadonlyMap<string, Pick<UnoFinding, "schedule" | "place">>;
  /** What the search of the HAL's C sources found, by the bug's name. */
  readonly searches: ReadonlyMap<string, Pick<CSearch, "profile" | "finding" | "plain">>;
}

/**
 * The matrix as a page: per bug its owner and what else kills it on each backend, per law how many
 * bugs it kills. The same matrix gives the same page.
 */
export function killPage(
  matrix: KillMatrix,
  bugs: readonly MuseumBug[],
  kept: Readonly<Partial<Record<LawId, string>>>,
  firmware?: FirmwarePage,
): string {
  const places = matrix.backends.map((_, place) => place);
  const killed = matrix.backends.map((name) => `killed by (${name})`);
  const head = ["bug", "on", "owner", "shortest schedule", "random programs", ...killed];
  const byName = new Map(bugs.map((bug) => [bug.name, bug]));
  const rows = matrix.rows.map((row) => {
    const bug = byName.get(row.bug);
    const killers = places.map((place) => idsOf(killersOf(row, place), row.owner));
    const named = `\`${row.bug}\` ${bug?.title ?? ""}`;
    const programs = programsFor(row.bug, "sim");
    return [named, bug?.profile ?? "", row.owner, scheduleOf(bug), programs, ...killers];
  });
  return [
    "# What kills what",
    "",
    `The ${matrix.rows.length} bugs of the museum and the ${matrix.laws.length} laws of the catalogue. Each bug`,
    "is one that a timer system really had, put back into this project's HAL, a port or a simulated",
    "chip by the smallest change that brings it back. Written by `pnpm mutants`; a bug that survives",
    "the law that owns it fails that command, and so does a law that kills nothing and is not marked",
    "with why it stays.",
    "",
    "*plain*: the suite as everybody runs it, all laws, on the simulated board. *search*: the law that",
    "owns the bug, on every schedule of at most two moves until one shows it; where the shortest schedule is",
    "`e1:`, none is needed. *firmware*: all laws on an image of the C firmware with the same bug. *search in C*: the same",
    "search on the HAL's C sources with the bug, an interrupt at every access to memory, under the law that owns it there.",
    "*random programs*: how many the judge needs to notice the bug ([how that is measured](random-programs.md)).",
    "",
    "## By bug",
    "",
    ...table(head, rows),
    "",
    ...firmwareLines(firmware),
    "## By law",
    "",
    "The bugs that a law kills, and the one of them that the fewest laws kill: the closer that number",
    `is to 1, the more the law is needed. A bug that ${BROAD} or more laws kill breaks nearly everything.`,
    "",
    ...table(["law", "bugs killed", "narrowest bug", "laws that kill it"], lawRows(matrix, kept)),
    "",
  ].join("\n");
}

/** How the search shows a bug. */
function scheduleOf(bug: MuseumBug | undefined): string {
  if (bug === undefined || bug.schedule === "") return "plain run only";
  return `\`${bug.schedule}\` at ${bug.value}`;
}

/** Random programs until the bug is noticed, on the first of these boards that it was hunted on. */
function programsFor(bug: string, ...places: readonly ("sim" | "native" | "uno")[]): string {
  const counts = places.map((place) => programsToNotice[`${place} ${bug}`]);
  return String(counts.find((count) => count !== undefined) ?? "–");
}

function firmwareLines(firmware: FirmwarePage | undefined): readonly string[] {
  if (firmware === undefined) return [];
  const rows = firmware.bugs.map(({ name, c }) => {
    const finding = firmware.findings.get(name);
    const { function: hit = "", source = "" } = finding?.place ?? {};
    const how =
      finding === undefined
        ? "a plain run"
        : `\`${finding.schedule}\`, before \`${hit}\` ${source}`.trimEnd();
    const files = (firmware.files.get(name) ?? []).join(", ");
    const searched = searchText(firmware.searches.get(name));
    return [`\`${name}\``, c.owner, files, how, searched, programsFor(name, "native", "uno")];
  });
  return [
    "## In the firmware",
    "",
    "The images that are built with a bug, the law that owns it there, the sources that are changed, what shows it on the",
    "emulated Uno, and the shortest schedule that shows it in the HAL's C sources on a simulated chip.",
    "",
    ...table(["image", "owner", "where", "shown by", "search in C", "random programs"], rows),
    "",
  ];
}

/** How the search of the C sources shows a bug. */
function searchText(found: Pick<CSearch, "profile" | "finding" | "plain"> | undefined): string {
  if (found === undefined) return "–";
  const { profile, finding, plain } = found;
  if (finding === undefined) return plain ? `plain run only, on ${profile}` : "**not found**";
  return `\`${finding.schedule}\` at ${finding.value} on ${profile}`;
}

/** The matrix for machines: laws that kill, by bug and backend. */
export function killJson(matrix: KillMatrix): string {
  const bugs = matrix.rows.map((row) => ({
    bug: row.bug,
    owner: row.owner,
    killers: Object.fromEntries(
      matrix.backends.map((name, place) => [name, killersOf(row, place)]),
    ),
  }));
  return `${JSON.stringify({ laws: matrix.laws.length, bugs }, null, 1)}\n`;
}

function idsOf(killers: readonly LawId[], owner: LawId): string {
  if (killers.length === 0) return "–";
  const others = killers.filter((law) => law !== owner);
  const first = killers.includes(owner) ? [`**${owner}**`] : [];
  const named = [...first, ...others.slice(0, IDS_MAX - first.length)];
  const more = killers.length - named.length;
  return `${killers.length}: ${named.join(" ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function lawRows(
  matrix: KillMatrix,
  kept: Readonly<Partial<Record<LawId, string>>>,
): readonly (readonly string[])[] {
  const idle = new Set(lawsWithoutKill(matrix));
  const killers = matrix.rows.map((row) => ({ bug: row.bug, laws: killersOf(row) }));
  return matrix.laws.map((law) => {
    if (idle.has(law)) return [law, "0", kept[law] ?? "**not marked**", ""];
    const mine = killers.filter(({ laws }) => laws.includes(law));
    const narrowest = mine.reduce((best, one) => (one.laws.length < best.laws.length ? one : best));
    return [law, String(mine.length), `\`${narrowest.bug}\``, String(narrowest.laws.length)];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
