import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

/** A site on disk, and the path under which it is served. */
export interface BuiltSite {
  /** Its folder. */
  readonly folder: string;
  /** Where it is served: `/`, or a path that ends in a slash. */
  readonly base: string;
}

/**
 * Every link of a built site that leads nowhere: to a page or file that is not there, to an anchor
 * that its page does not have, or out of the base. Also what would be fetched from elsewhere when a page
 * is shown. Links to other sites are not followed.
 */
export function checkLinks(site: BuiltSite): string[] {
  const pages = new Map<string, PageLinks>();
  for (const path of htmlFiles(site.folder)) {
    pages.set(path, readPage(readFileSync(join(site.folder, path), "utf8")));
  }
  const problems = new Set<string>();
  for (const [path, page] of pages) {
    for (const address of page.links) {
      const wrong = problemOf(address, path, site, pages);
      if (wrong !== undefined) problems.add(`${path}: ${wrong}`);
    }
    for (const address of page.fetched) {
      if (/^(https?:)?\/\//.test(address)) problems.add(`${path}: fetches ${address}`);
    }
  }
  return [...problems].sort();
}

interface PageLinks {
  readonly links: readonly string[];
  readonly fetched: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

function readPage(html: string): PageLinks {
  const all = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map((match) => decode(match[1] ?? ""));
  return {
    links: all(/<a\b[^>]*?\shref="([^"]*)"/g),
    fetched: [
      ...all(/<(?:script|img|iframe|source)\b[^>]*?\ssrc="([^"]*)"/g),
      ...all(/<link\b[^>]*?\shref="([^"]*)"/g),
    ],
    anchors: new Set(all(/\s(?:id|name)="([^"]*)"/g)),
  };
}

function problemOf(
  address: string,
  from: string,
  site: BuiltSite,
  pages: ReadonlyMap<string, PageLinks>,
): string | undefined {
  if (/^[a-z]+:/i.test(address) || address.startsWith("//")) return undefined;
  const [path = "", hash = ""] = address.split(/#(.*)/s);
  const target = path === "" ? from : fileOf(path, from, site);
  if (target === undefined) return `${address} leads out of ${site.base}`;
  const page = pages.get(target);
  if (page === undefined) {
    return existsSync(join(site.folder, target)) ? undefined : `${address} leads to no page`;
  }
  // VitePress links the skip link and the top of a page like this.
  const anchor = decodeURIComponent(hash);
  if (anchor === "" || page.anchors.has(anchor)) return undefined;
  return `${address} leads to no anchor`;
}

/** The file that a server gives for an address; undefined where it is not below the base. */
function fileOf(path: string, from: string, { folder, base }: BuiltSite): string | undefined {
  const decoded = decodeURIComponent(path.split("?")[0] ?? "");
  const whole = decoded.startsWith("/")
    ? decoded
    : posix.join(base, dirname(from.split(sep).join("/")), decoded);
  if (!`${whole}/`.startsWith(base)) return undefined;
  const inside = whole.slice(base.length).replace(/\/$/, "");
  const candidates = [inside, posix.join(inside, "index.html"), `${inside}.html`];
  return (
    candidates.find((file) => isFile(join(folder, file))) ?? (inside === "" ? "index.html" : inside)
  );
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function htmlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".html"))
    .map((file) => relative(folder, join(file.parentPath, file.name)).split(sep).join("/"));
}

function decode(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
