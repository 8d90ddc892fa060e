import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { isSimulated, museum } from "@escapement/bug-museum";
import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { collectErrors } from "../scripts/errors/collect-errors.js";
import { seeds } from "../scripts/races/seeds.js";
import { siteFolder } from "../scripts/site/paths.js";

const scriptBytesMax = 200_000;

function readPage(path: string): string {
  return readFileSync(join(siteFolder, path), "utf8");
}

/** The scripts that a page loads before anyone touches it. */
function scriptsOf(path: string): string[] {
  const html = readPage(path);
  const found = [
    ...html.matchAll(/<script\b[^>]*\ssrc="([^"]+)"/g),
    ...html.matchAll(/<link\b(?=[^>]*rel="modulepreload")[^>]*\shref="([^"]+)"/g),
  ];
  return [...new Set(found.map((match) => match[1] ?? ""))];
}

/** The unified diffs of a page, as text. */
function diffsIn(html: string): readonly string[] {
  const blocks = html.match(/<div class="language-diff[\s\S]*?<\/pre>/g) ?? [];
  return blocks.map((block) =>
    block
      .slice(block.indexOf("<pre"))
      .replaceAll(/<[^>]+>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&"),
  );
}

describe("the built site", () => {
  it.each([
    ...["index.html", "laws/STOP-04.html", "laws/index.html", "errors.html"],
    ...["races/micropython-18728.html", "bugs/zephyr-18728.html"],
  ])(`%s loads at most ${scriptBytesMax / 1000} kB of compressed scripts`, (path) => {
    const scripts = scriptsOf(path);
    expect(scripts.length).toBeGreaterThan(1);
    const sizes = scripts.map((script) => gzipSync(readFileSync(join(siteFolder, script))).length);
    const sum = sizes.reduce((total, size) => total + size, 0);
    console.log(`${path}: ${scripts.length} scripts, ${sum} bytes compressed`);
    expect(sum).toBeLessThanOrEqual(scriptBytesMax);
  });

  it("has a page for every law, with its statement, origin, program and drawing", () => {
    for (const { id } of laws) {
      const html = readPage(`laws/${id}.html`);
      expect(html.includes("Origin"), "Origin").toBe(true);
      expect(html.includes("thread:"), "thread:").toBe(true);
      expect(html, id).toMatch(/<svg[^>]*role="img"/);
      expect(html.match(/class="verdict /g)?.length, id).toBe(7);
      expect(html.match(/<svg[^>]*class="esc-drawing"/g)?.length, id).toBeLessThanOrEqual(2);
    }
  });

  it("has a page for every bug, with its change, its law, a drawing and the line for a terminal", () => {
    const index = readPage("bugs/index.html");
    for (const bug of museum) {
      const { name, owner, c } = bug;
      expect(index.includes(`/bugs/${name}.html"`), name).toBe(true);
      const html = readPage(`bugs/${name}.html`);
      expect(html, name).toContain(`/laws/${owner}.html"`);
      const diffs = diffsIn(html);
      // A bug of both languages has its code in both.
      expect(diffs, name).toHaveLength(c === undefined || bug.where === "c" ? 1 : 2);
      for (const diff of diffs)
        expect(diff, name).toMatch(/^--- a\/.+\n\+\+\+ b\/.+\n@@ [\s\S]*^[+-] /m);
      if (!isSimulated(bug)) continue;
      expect(html, name).toMatch(/<svg[^>]*role="img"/);
      const words = html.replace(/<[^>]+>/g, "");
      expect(words.includes(`npx escapement bugs ${name}`), name).toBe(true);
    }
  });

  it("has a page for every seed, which leads to its law and its bug", () => {
    const index = readPage("races/index.html");
    for (const { slug, law, bug } of seeds) {
      expect(index).toContain(`/races/${slug}.html"`);
      const html = readPage(`races/${slug}.html`);
      expect(html, slug).toContain(`/laws/${law}.html"`);
      expect(html, slug).toContain(`/bugs/${bug}.html"`);
      expect(html, slug).toContain(`${bug} on `);
    }
  });

  it("keeps the simulated board out of every page, in a worker's own script", () => {
    const workers = readdirSync(join(siteFolder, "assets")).filter((file) =>
      /^race\.worker-.*\.js$/.test(file),
    );
    expect(workers).toHaveLength(1);
    const scripts = scriptsOf("races/micropython-18728.html").join(" ");
    expect(scripts).not.toContain("race.worker");
  });

  it("has an anchor for every error code", () => {
    const html = readPage("errors.html");
    for (const { code } of collectErrors())
      expect(html.includes(`id="${code}"`), `id="${code}"`).toBe(true);
  });

  it("has every law and every export on the first page of its kind", () => {
    const catalogue = readPage("laws/index.html");
    for (const { id } of laws)
      expect(catalogue.includes(`/laws/${id}.html"`), `/laws/${id}.html"`).toBe(true);
    const api = readPage("api/index.html");
    const pages = readdirSync(join(siteFolder, "api/@escapement/core/index/classes"));
    expect(pages).toContain("TimerHal.html");
    for (const page of pages)
      expect(
        api.includes(`/api/@escapement/core/index/classes/${page}"`),
        `/api/@escapement/core/index/classes/${page}"`,
      ).toBe(true);
  });

  it("leads from guides to the API and back", () => {
    const guide = readPage("guides/port-a-chip-typescript.html");
    expect(
      guide.includes('href="/api/@escapement/core/index/interfaces/TimerPort.html"'),
      'href="/api/@escapement/core/index/interfaces/TimerPort.html"',
    ).toBe(true);
    const api = readPage("api/@escapement/core/index/interfaces/TimerPort.html");
    expect(
      api.includes('href="/guides/port-a-chip-typescript.html"'),
      'href="/guides/port-a-chip-typescript.html"',
    ).toBe(true);
  });

  it("has what machines read", () => {
    expect(existsSync(join(siteFolder, "hashmap.json"))).toBe(true);
    expect(readPage("logo.svg")).toContain("<svg");
    const whole = readPage("llms-full.txt");
    for (const source of ["README.md", "docs/contract.md", "docs/guides/write-a-law.md"]) {
      expect(whole.includes(`/blob/main/${source} -->`), source).toBe(true);
    }
    expect(readPage("sitemap.xml")).toContain("/laws/STOP-04.html");
  });

  it("has a picture for links to it, of the size that its head says", () => {
    const picture = readFileSync(join(siteFolder, "preview.png"));
    expect(picture.subarray(1, 4).toString("latin1")).toBe("PNG");
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    const head = readPage("index.html");
    expect(head).toMatch(/property="og:image" content="https:[^"]+\/preview\.png"/);
    expect(head).toContain(`property="og:image:width" content="${width}"`);
    expect(head).toContain(`property="og:image:height" content="${height}"`);
  });
});
