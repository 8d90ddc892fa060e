import { existsSync, readdirSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { findBug, museum } from "@escapement/bug-museum";
import { withKillTable } from "../museum/kill-table.js";
import { seeds } from "../races/seeds.js";
import { type Entry, guides, microPython, packages, references } from "../site/contents.js";
import { changeLinks, linkNames, type Targets } from "../site/links.js";
import { table } from "../site/markdown.js";
import { type Page, readSource } from "../site/page.js";
import { repository, workspace } from "../site/paths.js";

/** The decisions, by number. */
export function decisions(): readonly Entry[] {
  return readdirSync(join(workspace, "docs/decisions"))
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .sort()
    .map((file) => {
      const source = `docs/decisions/${file}`;
      const title = /^# (?:\d+\. )?(.*)$/m.exec(readSource(source))?.[1] ?? file;
      return { text: title, source, path: `decisions/${file}` };
    });
}

/** Everything that is written by hand and has a page: those of the guides that are there, and the rest. */
export function handWritten(): readonly Entry[] {
  const index = {
    text: "Decisions",
    source: "docs/decisions/README.md",
    path: "decisions/index.md",
  };
  const all = [...guides, ...references, ...microPython, ...packages, index, ...decisions()];
  return all.filter(({ source }) => existsSync(join(workspace, source)));
}

/** Copies what is written by hand, with its links made to fit the site and names made links. */
export function copyDocs(targets: Targets): Page[] {
  const entries = handWritten();
  const places = new Map(entries.map(({ source, path }) => [source, path]));
  return entries.map(({ source, path }) => {
    let text = readSource(source);
    if (source === "docs/contract.md") text = anchorRules(text, targets);
    if (source === "docs/limits.md") text += unjudgedRules();
    if (source === "docs/kill-matrix.md") text = withKillTable(text);
    text = changeLinks(text, (address, label) =>
      moveLink({ source, path, address, label, places, targets }),
    );
    return { path, source, text: finish(source, text, targets) };
  });
}

/** What is added to a page by what it is: names as links, and where the API goes on. */
function finish(source: string, text: string, targets: Targets): string {
  if (source.startsWith("docs/guides/"))
    return `${withRaces(linkNames(text, targets))}\n${apiOf(text, targets)}`;
  const linked = linkNames(text, { rule: targets.rule, symbol: bugPage });
  const name = packages.find((each) => each.source === source)?.text;
  if (name !== undefined)
    return `${linked}\n## In the API\n\n[Every export of ${name}](/api/${name}/)\n`;
  const looks = tables[source];
  return looks === undefined ? linked : `---\n${looks}\n---\n\n${linked}`;
}

/** Puts the player of a story where a guide has it: `<!-- race: <slug> -->` on a line of its own. */
function withRaces(text: string): string {
  return text.replace(/^<!-- race: ([\w-]+) -->$/gm, (_, slug: string) => {
    const seed = seeds.find((each) => each.slug === slug);
    if (seed === undefined) throw new Error(`a guide names the race ${slug}, which there is not`);
    const { bug, law, profile } = seed;
    const { value, schedule } = findBug(bug);
    const begin = `:value="${value}" schedule="${schedule}"`;
    return [
      `<RacePlayer bug="${bug}" law="${law}" profile="${profile}" ${begin} waits />`,
      "",
      `Its page: [${seed.title}](/races/${slug}).`,
    ].join("\n");
  });
}

/** Pages that are tables, and so take the whole width. */
const tables: Readonly<Record<string, string>> = {
  "docs/contract.md": "aside: false\npageClass: wide",
  "docs/limits.md": "aside: false\npageClass: wide",
  "docs/kill-matrix.md": "aside: false\npageClass: wide kills sorted filtered",
  "docs/coverage.md": "aside: false\npageClass: sorted filtered",
  "docs/firmware-coverage.md": "aside: false\npageClass: wide sorted filtered",
  "docs/race-programs.md": "aside: false\npageClass: wide sorted filtered",
};

/** Names of bugs lead to their pages. */
function bugPage(name: string): string | undefined {
  return museum.some((bug) => bug.name === name) ? `/bugs/${name}` : undefined;
}

/** Where to read on about what a guide's code imports. */
function apiOf(guide: string, targets: Targets): string {
  const imports = [
    ...guide.matchAll(/^import (?:type )?\{([^}]*)\} from "(?:@escapement\/|escapement)/gm),
  ];
  const names = imports.flatMap((match) => (match[1] ?? "").split(","));
  const links = [...new Set(names.map((name) => name.replace(/^\s*type /, "").trim()))].flatMap(
    (name) => {
      const address = targets.symbol?.(name);
      return address === undefined ? [] : [`[\`${name}\`](${address})`];
    },
  );
  return links.length === 0 ? "" : `## In the API\n\n${links.join(" · ")}\n`;
}

/** A link on its way from the repository to the site. */
interface Move {
  readonly source: string;
  readonly path: string;
  readonly address: string;
  readonly label: string;
  readonly places: ReadonlyMap<string, string>;
  readonly targets: Targets;
}

const rulePattern = /^(?:READ|ARM|STOP|REG|PER|CALL|LIFE)-\d\d$/;

/**
 * Where a link leads on the site: to the page of the file it names, to the rule that its label names,
 * or, for files that have no page, to the repository. A file that does not exist is left as it is, for
 * the check of links to find.
 */
function moveLink({ source, path, address, label, places, targets }: Move): string {
  if (/^[a-z]+:/.test(address) || address.startsWith("#")) return address;
  const [file = "", anchor] = address.split("#");
  const target = posix.normalize(posix.join(posix.dirname(source), file));
  const ruleLabel = label.replaceAll("`", "");
  if (target === "docs/contract.md" && rulePattern.test(ruleLabel)) {
    return targets.rule(ruleLabel) ?? address;
  }
  const place = places.get(target) ?? headerPage(target) ?? ownPage(target);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (place !== undefined) return `${relativeLink(path, place)}${hash}`;
  if (!existsSync(join(workspace, target))) return address;
  // The site serves what a guide brings along, so that it can be followed without the repository.
  if (/^docs\/.*\.\w+$/.test(target)) return address;
  return `${repository}/blob/main/${target.replace(/\/$/, "")}${hash}`;
}

function relativeLink(from: string, to: string): string {
  const path = posix.join(...relative(dirname(from), to).split(/[\\/]/));
  return path.startsWith(".") ? path : `./${path}`;
}

/** A C header has a page of its own in the API. */
function headerPage(target: string): string | undefined {
  const name = /^packages\/firmware\/c\/include\/(esc_\w+)\.h$/.exec(target)?.[1];
  return name === undefined ? undefined : `api/c/${name}.md`;
}

function ownPage(target: string): string | undefined {
  return target === "README.md" ? "index.md" : undefined;
}

/** The rules of the contract that no law judges, for the page that says what cannot be known. */
function unjudgedRules(): string {
  const contract = readSource("docs/contract.md");
  const rows = [
    ...contract.matchAll(/^\| ([A-Z]+-\d\d) \| [^|]+ \| (.*) \| ([^|]+) \| [^|]+ \|$/gm),
  ]
    .map(([, id = "", promise = "", judged = ""]) => ({ id, promise, judged }))
    .filter(({ judged }) => !judged.includes("law"))
    .map(({ id, promise, judged }) => [`[${id}](contract.md#${id})`, promise, judged]);
  return [
    "",
    "## Rules that no law judges",
    "",
    "*unit*: our own HAL's tests look inside, and nothing can ask that of yours. *judge*: random programs ask for it. *none*: a warning, that nothing holds.",
    "",
    table(["rule", "what it says", "judged by"], rows),
    "",
  ].join("\n");
}

/** Gives each rule of the contract an anchor, and leads to its law. */
function anchorRules(contract: string, targets: Targets): string {
  return contract.replace(/^\| ([A-Z]+-\d\d) \|/gm, (_row, id: string) => {
    const address = targets.rule(id);
    const name = address?.startsWith("/laws/") === true ? `[${id}](${address})` : id;
    return `| <a id="${id}"></a>${name} |`;
  });
}
