import type { BoardReport } from "@escapement/conformance";
import { code, table } from "./markdown.js";
import { type Page, readSource } from "./page.js";

/** The first page: its text is `content/index.md`, with the output of a real run put in. */
export function homePage(reports: readonly BoardReport[], lawCount: number): Page {
  const width = Math.max(...reports.map(({ board }) => board.length));
  const lines = reports.map(({ board, laws, summary }) => {
    const { pass, fail, skip, error } = summary;
    return `${board.padEnd(width)}  ${laws.length} laws: ${pad(pass)} pass ${pad(fail)} fail ${pad(skip)} skip ${pad(error)} error`;
  });
  const source = "apps/docs/content/index.md";
  const text = readSource(source)
    .replaceAll("%LAWS%", String(lawCount))
    .replace("%VERDICTS%", code("console", lines.join("\n")))
    .replace("%PACKAGES%", packageTable());
  return { path: "index.md", source, text };
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
