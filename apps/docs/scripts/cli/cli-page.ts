import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { commandHelp, commandSections, type HelpSection, helpSections } from "escapement";
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

/** The command's page, made from the objects that its help is made from, and from sessions that are run. */
export function cliPage(): Page {
  const [usage, ...others] = helpSections();
  const text = paragraphs(
    "# The command line",
    "`npx escapement` needs no installation; the package is called `escapement`. This page is made from what the command itself declares.",
    usage === undefined ? "" : sectionText(usage, 2),
    ...commandHelp.flatMap((command) =>
      command.name === ""
        ? []
        : [
            `## escapement ${command.name}`,
            `It ${prose(command.summary)}.`,
            ...commandSections(command).map((each) => sectionText(each, 3)),
          ],
    ),
    ...others.map((each) => sectionText(each, 2)),
    "Every error is shown as `error[code]: message` with a hint; [the errors page](/errors) has each code.",
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

/** A section of the help: its usage as code, any other as a table. */
function sectionText({ title, rows }: HelpSection, depth: number): string {
  const [only, more] = rows;
  if (only?.[1] === "" && more === undefined) return code("sh", only[0]);
  const cells = rows.map(([written, about]) => [
    `\`${written.replaceAll("|", "\\|")}\``,
    prose(about),
  ]);
  return paragraphs(
    `${"#".repeat(depth)} ${title}`,
    '<div class="rows">\n',
    table(["what", "meaning"], cells),
    "</div>",
  ).trim();
}
