import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { collectErrors } from "../scripts/errors/collect-errors.js";
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

describe("the built site", () => {
  it.each(["index.html", "laws/STOP-04.html", "laws/index.html", "errors.html"])(
    `%s loads at most ${scriptBytesMax / 1000} kB of compressed scripts`,
    (path) => {
      const scripts = scriptsOf(path);
      expect(scripts.length).toBeGreaterThan(1);
      const sizes = scripts.map(
        (script) => gzipSync(readFileSync(join(siteFolder, script))).length,
      );
      const sum = sizes.reduce((total, size) => total + size, 0);
      console.log(`${path}: ${scripts.length} scripts, ${sum} bytes compressed`);
      expect(sum).toBeLessThanOrEqual(scriptBytesMax);
    },
  );

  it("has a page for every law, with its statement, origin, program and drawing", () => {
    for (const { id } of laws) {
      const html = readPage(`laws/${id}.html`);
      expect(html.includes("Origin"), "Origin").toBe(true);
      expect(html.includes("thread:"), "thread:").toBe(true);
      expect(html, id).toMatch(/<svg[^>]*role="img"/);
      expect(html.match(/class="verdict /g)?.length, id).toBe(7);
    }
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
    const pages = readdirSync(join(siteFolder, "api/@escapement/core/classes"));
    expect(pages).toContain("TimerHal.html");
    for (const page of pages)
      expect(
        api.includes(`/api/@escapement/core/classes/${page}"`),
        `/api/@escapement/core/classes/${page}"`,
      ).toBe(true);
  });

  it("leads from guides to the API and back", () => {
    const guide = readPage("guides/port-a-chip-typescript.html");
    expect(
      guide.includes('href="/api/@escapement/core/interfaces/TimerPort.html"'),
      'href="/api/@escapement/core/interfaces/TimerPort.html"',
    ).toBe(true);
    const api = readPage("api/@escapement/core/interfaces/TimerPort.html");
    expect(
      api.includes('href="/guides/port-a-chip-typescript.html"'),
      'href="/guides/port-a-chip-typescript.html"',
    ).toBe(true);
  });

  it("has what machines read", () => {
    expect(existsSync(join(siteFolder, "hashmap.json"))).toBe(true);
    expect(readPage("logo.svg")).toContain("<svg");
  });
});
