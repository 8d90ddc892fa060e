import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { packages } from "./contents.js";
import { paragraphs } from "./markdown.js";
import { type Page, readSource } from "./page.js";
import { workspace } from "./paths.js";

/** What changed, from each package's changelog and from the changesets that are not released yet. */
export function changelogPage(): Page {
  const released = packages.flatMap(({ text, source }) => {
    const path = source.replace("README.md", "CHANGELOG.md");
    if (!existsSync(join(workspace, path))) return [];
    // Changelogs begin with a heading of level 1, the package's name.
    const body = readSource(path)
      .replace(/^# .*\n/, "")
      .replace(/^(#+) /gm, "$1# ");
    return [`## ${text}`, body.trim()];
  });
  const coming = readdirSync(join(workspace, ".changeset"))
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .map((file) =>
      readSource(`.changeset/${file}`)
        .replace(/^---[\s\S]*?^---\n/m, "")
        .trim(),
    );
  const text = paragraphs(
    "# Changelog",
    "All packages share one version.",
    ...(coming.length === 0 ? [] : ["## Not released yet", ...coming]),
    ...released,
    coming.length === 0 && released.length === 0 ? "Nothing has been released yet." : "",
  );
  return { path: "changelog.md", text };
}
