import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { code, paragraphs, prose, table } from "../site/markdown.js";
import type { Page } from "../site/page.js";

/** Runs the built command, and returns with all that it printed. */
export function runCommand(...args: readonly string[]): string {
  const manifest = createRequire(import.meta.url).resolve("escapement/package.json");
  const result = spawnSync(process.execPath, [join(dirname(manifest), "dist/main.js"), ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ESCAPEMENT_PORT: "" },
  });
  if (result.error !== undefined) throw result.error;
  return `${result.stdout}${result.stderr}`;
}

/** A session as a reader would see it, run while the page is made. */
function session(...args: readonly string[]): string {
  return code("console", `$ npx escapement ${args.join(" ")}\n${runCommand(...args)}`);
}

/** The command's page, made from its own help and from sessions that are run. */
export function cliPage(): Page {
  const help = runCommand("--help");
  const text = paragraphs(
    "# The command line",
    "`npx escapement` needs no installation; the package is called `escapement`. This page is made from what the command itself prints.",
    ...helpSections(help).flatMap(({ title, lines }) => [`## ${title}`, sectionText(lines)]),
    prose(/^Everywhere: [\s\S]*?(?=\n\n)/m.exec(help)?.[0] ?? ""),
    "Every error is printed as `error[code]: message` with a hint; [the errors page](/errors) has each code.",
    "## Sessions",
    "Three laws on two simulated boards:",
    session("conform", "sim:avr16", "sim:rtc24", "--only", "READ-01,READ-08,STOP-04"),
    "One law:",
    session("laws", "STOP-04"),
    "What a mistake looks like:",
    session("conform", "sim:avr61"),
  );
  return { path: "cli.md", text: `---\noutline: 2\n---\n\n${text}` };
}

/** A part of the help text under its heading. */
interface HelpSection {
  /** Its heading. */
  readonly title: string;
  /** Its lines. */
  readonly lines: readonly string[];
}

/** Splits a help text at its headings: lines that are not indented and followed by one that is. */
export function helpSections(help: string): HelpSection[] {
  const blocks = help.trim().split(/\n{2,}/);
  return blocks.flatMap((block) => {
    const [title = "", ...lines] = block.split("\n");
    const isSection = lines.length > 0 && lines.every((line) => line.startsWith("  "));
    return isSection && !title.startsWith(" ") ? [{ title, lines }] : [];
  });
}

/** Two columns become a table; a line that is indented further goes on where the last one ended. */
function sectionText(lines: readonly string[]): string {
  const rows: [string, string][] = [];
  const notes: string[] = [];
  for (const line of lines) {
    const columns = /^ {2}(\S.*?) {2,}(\S.*)$/.exec(line);
    const last = rows.at(-1);
    if (columns !== null) rows.push([columns[1] ?? "", columns[2] ?? ""]);
    else if (/^ {4,}/.test(line) && last !== undefined) last[1] += ` ${line.trim()}`;
    else notes.push(line.trim());
  }
  const cells = rows.map(([name, about]) => [`\`${name.replaceAll("|", "\\|")}\``, prose(about)]);
  const rowsTable = ['<div class="rows">\n', table(["what", "meaning"], cells), "</div>"];
  return paragraphs(...(cells.length === 0 ? [] : rowsTable), prose(notes.join(" "))).trim();
}
