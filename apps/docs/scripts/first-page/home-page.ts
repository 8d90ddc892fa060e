import { museum } from "@escapement/bug-museum";
import type { BoardReport } from "@escapement/conformance";
import { boardTable } from "../boards/board-list.js";
import { code, table } from "../site/markdown.js";
import { type Page, readSource } from "../site/page.js";
import { homeRace } from "./home-race.js";

/** The first page: its text is `content/index.md`, with a race and the output of a real run put in. */
export async function homePage(reports: readonly BoardReport[], lawCount: number): Promise<Page> {
  const width = Math.max(...reports.map(({ board }) => board.length));
  const lines = reports.map(({ board, laws, summary }) => {
    const { pass, fail, skip, error } = summary;
    return `${board.padEnd(width)}  ${laws.length} laws: ${pad(pass)} pass ${pad(fail)} fail ${pad(skip)} skip ${pad(error)} error`;
  });
  const source = "apps/docs/content/index.md";
  const text = readSource(source)
    .replaceAll("%LAWS%", String(lawCount))
    .replaceAll("%BUGS%", String(museum.length))
    .replace("%RACE%", raceTag(await homeRace()))
    .replace("%BOARDS%", boardTable())
    .replace("%VERDICTS%", code("console", lines.join("\n")))
    .replace("%PACKAGES%", packageTable());
  return { path: "index.md", source, text };
}

/** The race as the page's own component, with what it shows before the engine has begun. */
function raceTag(data: Awaited<ReturnType<typeof homeRace>>): string {
  const text = JSON.stringify(data)
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;");
  return `<HomeRace :data="${text}" />`;
}

function pad(count: number): string {
  return String(count).padStart(3);
}

/** The table of packages is the README's own. */
function packageTable(): string {
  const readme = readSource("README.md");
  const rows = [
    ...readme.matchAll(/^\| \[(`[^`]+`)\]\(packages\/([\w-]+)\/README\.md\) \| (.*) \|$/gm),
  ];
  if (rows.length === 0) throw new Error("README.md has no table of packages");
  return table(
    ["package", "for"],
    rows.map(([, name = "", folder = "", about = ""]) => [`[${name}](/packages/${folder})`, about]),
  );
}
