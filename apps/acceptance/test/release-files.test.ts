import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles, packageFolders, readText, root } from "../src/workspace.js";

interface PublishedManifest {
  readonly license: string;
  readonly description: string;
  readonly engines: { readonly node: string };
  readonly repository: { readonly url: string; readonly directory: string };
  readonly publishConfig: { readonly access: string; readonly provenance: boolean };
  readonly scripts: Readonly<Record<string, string>>;
}

const manifests = packageFolders.map(
  (folder) =>
    [folder, JSON.parse(readText(`${folder}/package.json`)) as PublishedManifest] as const,
);

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? "");
}

describe("llms.txt", () => {
  const text = readText("llms.txt");
  const links = linksOf(text);

  it("has a title, a summary and sections of links", () => {
    expect(text).toMatch(/^# Escapement\n\n> \S/);
    expect(text.match(/^## /gm)?.length).toBeGreaterThan(2);
    const items = text.split("\n").filter((line) => line.startsWith("- "));
    expect(items.filter((line) => !/^- \[[^\]]+\]\([^)]+\)(:|,) \S/.test(line))).toEqual([]);
  });

  it("points at files that exist", () => {
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it("leaves out no package and no page of docs", () => {
    const pages = [
      "README.md",
      "CONTRIBUTING.md",
      "SECURITY.md",
      ...listFiles(/^docs\/[^/]+\.md$/),
      ...packageFolders.map((folder) => `${folder}/README.md`),
    ];
    expect(pages.filter((page) => !links.includes(page))).toEqual([]);
  });
});

describe("SECURITY.md", () => {
  const text = readText("SECURITY.md");

  it("says how to report to the repository that the packages name, privately", () => {
    const repository = /(github\.com\/.+)\.git$/.exec(manifests[0]?.[1].repository.url ?? "")?.[1];
    expect(text).toContain(`https://${repository}/security/advisories/new`);
    expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w/);
  });

  it("is right that no package has an install script", () => {
    const scripts = manifests.flatMap(([folder, manifest]) =>
      Object.keys(manifest.scripts)
        .filter((name) => /^(pre|post)?install$|^prepare/.test(name))
        .map((name) => `${folder}: ${name}`),
    );
    expect(scripts).toEqual([]);
  });
});

describe("every package's manifest", () => {
  it.each(manifests)("%s has what a registry shows and provenance needs", (folder, manifest) => {
    expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
    expect(manifest.repository.directory).toBe(folder);
    expect(manifest.license).toBe("MIT");
    expect(manifest.description.length).toBeGreaterThan(20);
    expect(manifest.engines.node).toBe(">=20.19");
  });
});
