import { readFileSync } from "node:fs";
import { siteAddress } from "@escapement/timeline";
import { defineConfig } from "vitepress";
import type { Sidebars } from "../scripts/site/sidebar.js";

// Guides link to C files that are served beside them; without this they are taken for pages.
process.env.VITE_EXTRA_EXTENSIONS ??= "c,h";

const base = process.env.DOCS_BASE ?? "/";
const repository = "https://github.com/escapement-timers/escapement";
const sidebar = JSON.parse(
  readFileSync(new URL("../dist/sidebar.json", import.meta.url), "utf8"),
) as Sidebars;

/** Drawings would fill the search with the numbers of their axes. */
function withoutDrawings(html: string): string {
  return html.replace(/<svg[\s\S]*?<\/svg>/g, "");
}

export default defineConfig({
  title: "Escapement",
  description:
    "A portable timer HAL for firmware ports, and one conformance suite that every backend must pass.",
  lang: "en",
  base,
  srcDir: "dist/pages",
  outDir: "dist/site",
  cacheDir: "dist/cache",
  metaChunk: true,
  // checkLinks looks at pages and anchors alike, in what was built.
  ignoreDeadLinks: true,
  head: [
    ["link", { rel: "icon", type: "image/svg+xml", href: `${base}logo.svg` }],
    ["meta", { property: "og:image", content: `${siteAddress}preview.png` }],
    ["meta", { property: "og:image:width", content: "1280" }],
    ["meta", { property: "og:image:height", content: "640" }],
    ["meta", { property: "og:type", content: "website" }],
    ["meta", { name: "twitter:card", content: "summary_large_image" }],
  ],
  sitemap: { hostname: siteAddress },
  markdown: {
    // The usual pair has comments too pale to read.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  // The workers import each HAL with a bug when it is wanted, so they are modules as well.
  vite: {
    build: { chunkSizeWarningLimit: 4_000 },
    worker: { format: "es" },
    logLevel: "warn",
  },
  themeConfig: {
    logo: "/logo.svg",
    sidebar: sidebar as Record<string, { text: string; link?: string }[]>,
    nav: [
      { text: "Guides", link: "/guides/getting-started", activeMatch: "^/guides/" },
      { text: "Laws", link: "/laws/", activeMatch: "^/laws/" },
      { text: "Races", link: "/races/", activeMatch: "^/(races|bugs)/" },
      { text: "Boards", link: "/boards/", activeMatch: "^/boards/" },
      { text: "API", link: "/api/", activeMatch: "^/api/" },
      { text: "CLI", link: "/cli" },
    ],
    outline: { level: [2, 3] },
    editLink: {
      // VitePress runs this in the page, so it can use nothing from around it.
      pattern: ({ frontmatter }) =>
        `https://github.com/escapement-timers/escapement/edit/main/${frontmatter.source}`,
      text: "Edit this page",
    },
    socialLinks: [{ icon: "github", link: repository }],
    search: {
      provider: "local",
      options: {
        _render: (source, env, md) => withoutDrawings(md.render(source, env)),
        miniSearch: { searchOptions: { boost: { title: 8, titles: 2 }, prefix: true, fuzzy: 0.1 } },
      },
    },
    footer: { message: "MIT licence" },
  },
});
