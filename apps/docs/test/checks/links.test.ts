import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkLinks } from "../../scripts/checks/links.js";
import { app, siteFolder } from "../../scripts/site/paths.js";

const folders: string[] = [];

function site(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "escapement-site-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const page = '<h2 id="here">x</h2>';

describe("links lead somewhere", () => {
  it("on every page of the built site", () => {
    expect(checkLinks({ folder: siteFolder, base: "/" })).toEqual([]);
  });

  it.each([
    ["a page beside it", '<a href="./b.html">', []],
    ["an anchor", '<a href="b.html#here">', []],
    ["a folder", '<a href="/laws/">', []],
    ["a page without its ending", '<a href="/b#here">', []],
    ["another site", '<a href="https://example.org/#x">', []],
    ["a missing page", '<a href="c.html">', ["a.html: c.html leads to no page"]],
    ["a missing anchor", '<a href="b.html#gone">', ["a.html: b.html#gone leads to no anchor"]],
    ["a missing anchor here", '<a href="#gone">', ["a.html: #gone leads to no anchor"]],
    [
      "a script from elsewhere",
      '<script src="https://cdn.example/x.js">',
      ["a.html: fetches https://cdn.example/x.js"],
    ],
    [
      "a style from elsewhere",
      '<link rel="stylesheet" href="//cdn.example/x.css">',
      ["a.html: fetches //cdn.example/x.css"],
    ],
  ])("control: %s", (_, html, problems) => {
    const folder = site({ "a.html": html, "b.html": page, "laws/index.html": page });
    expect(checkLinks({ folder, base: "/" })).toEqual(problems);
  });

  it("control: below a base, a link that leaves it is reported", () => {
    const folder = site({ "a.html": '<a href="/base/b.html"><a href="/b.html">', "b.html": page });
    expect(checkLinks({ folder, base: "/base/" })).toEqual(["a.html: /b.html leads out of /base/"]);
  });

  it("control: the command ends with 1 and names page and link", () => {
    const folder = site({ "index.html": '<a href="gone.html">' });
    const run = spawnSync(process.execPath, ["dist/check.js", folder], {
      cwd: app,
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toBe("index.html: gone.html leads to no page\n");
  });
});
