import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { museum } from "@escapement/bug-museum";
import { laws } from "@escapement/conformance";
import { describe, expect, it } from "vitest";
import { siteFolder } from "../scripts/site/paths.js";

/** The links in a page's own text, without those of the bars around it. */
function linksOf(path: string): readonly string[] {
  const html = readFileSync(join(siteFolder, path), "utf8");
  const from = html.indexOf("<main");
  const text = html.slice(Math.max(from, 0), html.lastIndexOf("</main>"));
  const found = text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g);
  return [...found].map((match) => (match[1] ?? "").replaceAll("&amp;", "&"));
}

/** The page of this site that a link leads to; undefined for one that leads out of it. */
function pageOf(link: string, from: string): string | undefined {
  if (/^[a-z]+:/i.test(link)) return undefined;
  const [path = ""] = link.split("#");
  if (path === "") return from;
  const whole = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(from), path);
  return whole === "" || whole.endsWith("/") ? `${whole}index.html` : whole;
}

const pages = readdirSync(siteFolder, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".html") && path !== "404.html");

describe("everything leads somewhere", () => {
  it.each(laws)("from $id to a bug, its origin and its source", ({ id, origin }) => {
    const links = linksOf(`laws/${id}.html`);
    const bugs = links.filter((link) => /^\/bugs\/.+\.html$/.test(link));
    expect(bugs.length, "bugs").toBeGreaterThan(0);
    expect(links.filter((link) => link.includes("/packages/conformance/src/laws/"))).toHaveLength(
      1,
    );
    const outside = links.filter(
      (link) => /^https:/.test(link) && !link.includes("/blob/main/packages/"),
    );
    const isOwnStory = origin.every((text) =>
      /^(?:Morton|Ganssle|Arduino|PebbleOS|nRF|hrtimer_test|NuttX wd)/.test(text),
    );
    if (isOwnStory)
      expect(
        links.some((link) => link.startsWith("/contract.html#")),
        "contract",
      ).toBe(true);
    else expect(outside.length, "origins").toBeGreaterThan(0);
  });

  it.each(museum)("from $name to its law, and to the laws that reject it", ({ name, owner }) => {
    const links = linksOf(`bugs/${name}.html`);
    expect(links).toContain(`/laws/${owner}.html`);
    expect(linksOf(`laws/${owner}.html`)).toContain(`/bugs/${name}.html`);
  });

  it("a page says so where a bug has no player", () => {
    const without = museum.filter(({ name }) => {
      const html = readFileSync(join(siteFolder, `bugs/${name}.html`), "utf8");
      const player = html.includes("race-start");
      const words = /There is no (?:player|drawing and no player) here/.test(html);
      expect(player !== words, name).toBe(true);
      return words;
    });
    expect(without.length).toBeGreaterThan(0);
    expect(without.length).toBeLessThan(museum.length);
  });

  it("no page but the first is without a link from another page's text", () => {
    const reached = new Set<string>();
    for (const page of pages) {
      for (const link of linksOf(page)) {
        const target = pageOf(link, page);
        if (target !== undefined && target !== page) reached.add(target);
      }
    }
    expect(pages.length).toBeGreaterThan(300);
    expect(pages.filter((page) => page !== "index.html" && !reached.has(page))).toEqual([]);
  });
});
