import { museum } from "@escapement/bug-museum";
import type { Law } from "@escapement/conformance";
import type { ApiExport } from "../api/api-pages.js";
import { groupTitles, lawGroups } from "../laws/catalogue-page.js";
import { decisions, handWritten } from "../prose/copy-docs.js";
import { seeds } from "../races/seeds.js";
import { type Entry, guides, microPython, packages, references } from "./contents.js";

/** An item of VitePress's sidebar. */
interface SidebarItem {
  /** What it shows. */
  readonly text: string;
  /** Where it leads. */
  readonly link?: string;
  /** What is below it. */
  readonly items?: readonly SidebarItem[];
  /** Whether it is shut at first; it cannot be shut when absent. */
  readonly collapsed?: boolean;
}

/** The sidebars, by the path below which each is shown. */
export type Sidebars = Readonly<Record<string, readonly SidebarItem[]>>;

/** The sidebars of the whole site. */
export function sidebars(
  laws: readonly Law[],
  exports: readonly ApiExport[],
  headers: readonly string[],
): Sidebars {
  const modules = [...new Set(exports.map(({ module }) => module))];
  const api = modules.map((module) => [
    `/api/${packageOf(module)}/`,
    apiSidebar(modules, exports, headers, packageOf(module)),
  ]);
  return {
    ...Object.fromEntries(api),
    "/api/": apiSidebar(modules, exports, headers, ""),
    "/laws/": lawSidebar(laws),
    "/bugs/": bugSidebar(),
    "/": mainSidebar(),
  };
}

function packageOf(module: string): string {
  return module.replace(/^(@[^/]+\/[^/]+|[^/@]+).*$/, "$1");
}

function linksTo(entries: readonly Entry[]): SidebarItem[] {
  const there = new Set(handWritten().map(({ source }) => source));
  return entries
    .filter(({ source }) => there.has(source))
    .map(({ text, path }) => ({ text, link: `/${path.replace(/(index)?\.md$/, "")}` }));
}

function mainSidebar(): SidebarItem[] {
  const onMicroPython = linksTo(microPython);
  return [
    { text: "Guides", items: linksTo(guides) },
    { text: "Races", items: raceLinks() },
    {
      text: "Reference",
      items: [
        { text: "The laws", link: "/laws/" },
        { text: "The museum of bugs", link: "/bugs/" },
        { text: "Boards", link: "/boards/" },
        { text: "The command line", link: "/cli" },
        { text: "Errors", link: "/errors" },
        { text: "API", link: "/api/" },
        { text: "C API", link: "/api/c/" },
        ...linksTo(references),
      ],
    },
    // With a link, as the groups of laws below.
    {
      text: "MicroPython",
      link: onMicroPython[0]?.link ?? "",
      collapsed: true,
      items: onMicroPython,
    },
    { text: "Packages", items: linksTo(packages) },
    {
      text: "Project",
      items: [
        { text: "Changelog", link: "/changelog" },
        { text: "Decisions", link: "/decisions/", collapsed: true, items: linksTo(decisions()) },
      ],
    },
  ];
}

function raceLinks(): SidebarItem[] {
  return [
    { text: "Races you can watch", link: "/races/" },
    ...seeds.map(({ title, slug }) => ({ text: title, link: `/races/${slug}` })),
  ];
}

/** The bugs by the group of the law that owns each. */
function bugSidebar(): SidebarItem[] {
  const groups = Object.entries(groupTitles).flatMap(([group, title]) => {
    const members = museum.filter(({ owner }) => owner.startsWith(`${group}-`));
    const items = members.map(({ name }) => ({ text: name, link: `/bugs/${name}` }));
    return items.length === 0 ? [] : [{ text: `${group}: ${title}`, items }];
  });
  return [
    { text: "All bugs", link: "/bugs/" },
    { text: "The kill matrix", link: "/kill-matrix" },
    { text: "Races", items: raceLinks() },
    ...groups,
  ];
}

function lawSidebar(laws: readonly Law[]): SidebarItem[] {
  const groups = [...lawGroups(laws)].map(([group, members]) => ({
    text: `${group}: ${groupTitles[group] ?? ""}`,
    // A group that can be shut and has no link would be a button within a button.
    link: `/laws/#${group}`,
    collapsed: true,
    items: members.map(({ id, title }) => ({ text: `${id} ${title}`, link: `/laws/${id}` })),
  }));
  return [
    { text: "All laws", link: "/laws/" },
    { text: "The contract", link: "/contract" },
    ...groups,
  ];
}

/** Every package, and the exports of the one that is looked at: all of them on each page would be too much. */
function apiSidebar(
  modules: readonly string[],
  exports: readonly ApiExport[],
  headers: readonly string[],
  open: string,
): SidebarItem[] {
  const packagesOf = modules.map((module): SidebarItem => {
    const members = exports.filter((each) => each.module === module);
    const link = `/${(members[0]?.path ?? "").replace(/[^/]+\/[^/]+$/, "")}`;
    const text = module.replace("@escapement/", "");
    if (packageOf(module) !== open) return { text, link };
    const items = members.map(({ name, path }) => ({
      text: name,
      link: `/${path.replace(/\.md$/, "")}`,
    }));
    return { text, link, collapsed: false, items };
  });
  const c = headers.map((name) => ({ text: `${name}.h`, link: `/api/c/${name}` }));
  return [
    { text: "All exports", link: "/api/" },
    { text: "TypeScript", items: packagesOf },
    { text: "C", items: [{ text: "Index", link: "/api/c/" }, ...c] },
  ];
}
