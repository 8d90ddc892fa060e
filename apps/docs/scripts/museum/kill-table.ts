import { findBug } from "@escapement/bug-museum";
import { plain, table } from "../site/markdown.js";
import { type KillRow, killRows } from "./kills.js";

/** The backends of the matrix, and how the site heads their columns. */
const backends = [
  ["plain", "plain"],
  ["search", "search"],
  ["firmware", "firmware"],
  ["search in C", "in C"],
] as const;

/**
 * The matrix of bugs against backends, small enough for a page: in each cell how many laws reject the bug there, and
 * whether its own is one of them. Which laws they are, the page of the bug says.
 */
function killTable(): string {
  const rows = killRows().map((row) => {
    const { bug, owner } = row;
    return [
      `[${bug}](/bugs/${bug})<br><small>${plain(findBug(bug).title)}</small>`,
      `[${owner}](/laws/${owner})`,
      ...backends.map(([name]) => cellOf(row, name)),
    ];
  });
  return [
    "In a cell is how many laws reject the bug there; ● says that the law that owns it is one of them. Its page names them all.",
    "",
    table(["bug", "owner", ...backends.map(([, head]) => head)], rows),
  ].join("\n");
}

function cellOf({ owner, killers }: KillRow, backend: string): string {
  const laws = killers[backend] ?? [];
  if (laws.length === 0) return "–";
  const own = laws.includes(owner);
  const mark = own ? `<span class="verdict pass" aria-hidden="true">●</span>` : "";
  const words = `<span class="visually-hidden">${own ? ", its owner among them" : ""}</span>`;
  return `${laws.length} ${mark}${words}`;
}

/** Puts the small matrix in the place of the wide one on the page of the repository. */
export function withKillTable(page: string): string {
  const wide = /^## By bug\n\n(?:\|.*\n)+/m;
  if (!wide.test(page)) throw new Error("docs/kill-matrix.md has no table by bug");
  return page.replace(wide, () => `## By bug\n\n${killTable()}\n`);
}

/** The laws that reject a bug, backend by backend, for its page. */
export function killersText(bug: string): string {
  const row = killRows().find((each) => each.bug === bug);
  if (row === undefined) return "The [kill matrix](/kill-matrix) does not have it yet.";
  const rows = backends.flatMap(([name, head]) => {
    const laws = row.killers[name] ?? [];
    const links = laws.map((law) => `[${law}](/laws/${law})`);
    return laws.length === 0 ? [] : [[head, links.join(" ")]];
  });
  return table(["where", "laws that reject it"], rows);
}
