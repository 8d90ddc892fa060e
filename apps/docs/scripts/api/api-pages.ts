import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { guides, packages } from "../site/contents.js";
import { changeLinks, linkNames, type Targets } from "../site/links.js";
import { paragraphs } from "../site/markdown.js";
import { type Page, readSource } from "../site/page.js";
import { pagesFolder } from "../site/paths.js";

/** An export of a package that has a page. */
export interface ApiExport {
  /** Its name. */
  readonly name: string;
  /** What sort of thing, as typedoc calls its folders: `classes`, `functions` and so on. */
  readonly kind: string;
  /** The package it is imported from, with its entry where it has several. */
  readonly module: string;
  /** Its page, relative to the site's root. */
  readonly path: string;
}

const apiFolder = () => join(pagesFolder, "api");

/** Every export that typedoc wrote a page for, by package and name. */
export function readExports(): ApiExport[] {
  return readdirSync(apiFolder(), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".md") && file.name !== "index.md")
    .map((file) => relative(pagesFolder, join(file.parentPath, file.name)).split(sep).join("/"))
    .filter((path) => !path.startsWith("api/c/"))
    .map((path) => {
      const [, module = "", kind = "", name = ""] =
        /^api\/(.+)\/([a-z-]+)\/([^/]+)\.md$/.exec(path) ?? [];
      return { name, kind, module: module.replace(/\/index$/, ""), path };
    })
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

/** Packages in the order of the sidebar, an entry of its own after its package. */
function rank({ module }: { readonly module: string }): number {
  const place = packages.findIndex(({ text }) => module === text || module.startsWith(`${text}/`));
  return 2 * place + (packages[place]?.text === module ? 0 : 1);
}

/** The page of an export by its name; undefined for names that two packages have, and for plain words. */
export function symbolTargets(exports: readonly ApiExport[]): (name: string) => string | undefined {
  const pages = new Map<string, string | undefined>();
  for (const { name, path } of exports) {
    pages.set(name, pages.has(name) ? undefined : `/${path.replace(/\.md$/, "")}`);
  }
  // A lower-case word in code may be anything: `program`, `laws`, `law`.
  return (name) => (/[A-Z]/.test(name) ? pages.get(name) : undefined);
}

/** The guides that name an export, in their order. */
function guidesThatUse(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { text, source, path } of guides) {
    const body = tryRead(source);
    for (const name of new Set(body.match(/\b[A-Za-z]\w*\b/g) ?? [])) {
      const link = `[${text}](/${path.replace(/\.md$/, "")})`;
      found.set(name, [...(found.get(name) ?? []), link]);
    }
  }
  return found;
}

function tryRead(source: string): string {
  try {
    return readSource(source);
  } catch {
    return "";
  }
}

/** Makes links of rule ids and error codes in typedoc's pages, and adds where to read on. */
export function finishApiPages(exports: readonly ApiExport[], targets: Targets): void {
  const used = guidesThatUse();
  for (const { name, path } of exports) {
    const file = join(pagesFolder, path);
    const isPlainWord = !/[A-Z]/.test(name);
    const mentions = isPlainWord ? [] : (used.get(name) ?? []);
    const guideLinks =
      mentions.length === 0 ? "" : `\n## In the guides\n\n${mentions.join(" · ")}\n`;
    const errors = name.endsWith("ErrorCode")
      ? "\n[The errors page](/errors) has what each means.\n"
      : "";
    const also = `${errors}${guideLinks}`;
    const text = linkNames(readFileSync(file, "utf8"), targets);
    const title = text.replace(
      /^# (?:Class|Interface|Type Alias|Function|Variable): (.+)$/m,
      "# $1",
    );
    writeFileSync(file, `---\neditLink: false\n---\n\n${title}${also}`);
  }
  for (const module of new Set(exports.map((each) => each.module))) {
    for (const name of [`api/${module}/index.md`, `api/${module}/index/index.md`]) {
      const file = join(pagesFolder, name);
      const text = tryReadFile(file);
      if (text !== undefined && !text.startsWith("---")) {
        writeFileSync(file, `---\neditLink: false\n---\n\n${landing(module, text, exports)}`);
      }
    }
  }
}

/** What a package is for, the export to begin with and an example, put before the list of its exports. */
function landing(module: string, text: string, exports: readonly ApiExport[]): string {
  const entry = packages.find(({ text: name }) => name === module);
  if (entry === undefined) return text;
  const readme = readSource(entry.source);
  const about = /^# .*\n+([\s\S]*?)(?=\n\n)/.exec(readme)?.[1]?.trim() ?? "";
  const example = /^```(?:ts|js)\n[\s\S]*?^```$/m.exec(readme)?.[0] ?? "";
  const own =
    new RegExp(`import (?:type )?\\{([^}]*)\\} from "${module}"`).exec(example)?.[1] ?? "";
  const names = own.split(",").map((name) => name.replace(/^\s*type /, "").trim());
  const first = exports.find((each) => each.module === module && names.includes(each.name));
  const begin = first === undefined ? "" : ` Begin with ${linkOf(first)}.`;
  const page = `/${entry.path.replace(/\.md$/, "")}`;
  const head = paragraphs(
    changeLinks(about, (address) => (/^[a-z]+:|^\//.test(address) ? address : page)),
    `[What it is for, and how it is used](${page}).${begin}`,
    example,
  );
  // Typedoc names a package's page after its file.
  return text.replace(/^# .*\n/m, () => `# ${module}\n\n${head}\n`);
}

function tryReadFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

const kindTitles: Readonly<Record<string, string>> = {
  classes: "Classes",
  functions: "Functions",
  variables: "Values",
  interfaces: "Interfaces",
  "type-aliases": "Types",
};

/** The API's first page: every export of every package, one click away. */
export function apiIndexPage(exports: readonly ApiExport[], modules: readonly string[]): Page {
  rmSync(join(apiFolder(), "index.md"), { force: true });
  const sections = modules.flatMap((module) => {
    const members = exports.filter((each) => each.module === module);
    return [
      `## ${module}`,
      ...Object.entries(kindTitles).flatMap(([kind, title]) => {
        const links = members.filter((each) => each.kind === kind).map(linkOf);
        return links.length === 0 ? [] : [`**${title}**<br>${links.join(" · ")}`];
      }),
    ];
  });
  const text = paragraphs(
    "# API",
    `Every export of every package, made from the comments in the sources. The examples on these pages
are compiled whenever the site is built.`,
    "The timer HAL and its agent in C have their own pages: [the C API](/api/c/).",
    ...sections,
  );
  return { path: "api/index.md", text: `---\noutline: 2\n---\n\n${text}` };
}

function linkOf({ name, path }: ApiExport): string {
  return `[${name}](/${path.replace(/\.md$/, "")})`;
}
