import { basename } from "node:path";
import { linkNames, type Targets } from "../site/links.js";
import { code, paragraphs, plain, prose, table } from "../site/markdown.js";
import { type Page, readSource } from "../site/page.js";
import { type CDeclaration, type CHeader, parseHeader } from "./parse-header.js";

/** The public headers: those of the HAL, then those of the agent. */
export const headerPaths = [
  "hal/esc_hal",
  "hal/esc_port",
  "agent/esc_agent",
  "agent/esc_board",
  "agent/esc_wire",
].map((name) => `packages/firmware/c/${name}.h`);

const kindTitles = {
  function: "Functions",
  type: "Types",
  struct: "Structures",
  enum: "Enumerations",
  macro: "Constants",
} as const;

/** The pages of the C API, one for each header, and their index. */
export function headerPages(targets: Targets): Page[] {
  const headers = headerPaths.map((path) => ({
    name: basename(path, ".h"),
    header: parseHeader(path, readHeader(path)),
  }));
  return [
    indexPage(headers, targets),
    ...headers.map(({ name, header }) => headerPage(name, header, targets)),
  ];
}

/** The wire's numbers are for the agent alone, and have no comment each: their table is docs/wire.md. */
function readHeader(path: string): string {
  const text = readSource(path);
  return path.endsWith("esc_wire.h") ? (/^\/\*[\s\S]*?\*\//.exec(text)?.[0] ?? "") : text;
}

function indexPage(headers: readonly { name: string; header: CHeader }[], targets: Targets): Page {
  const about = `The timer HAL and its test agent in C99, made from the comments of their headers. The same calls,
returns and rules as \`TimerHal\` in TypeScript.`;
  const text = paragraphs(
    "# The C API",
    linkNames(about, targets),
    ...headers.flatMap(({ name, header }) => [
      `## [${name}.h](/api/c/${name})`,
      plain(header.about.split("\n\n")[0]?.replace(/\s+/g, " ") ?? ""),
      header.declarations
        .map((each) => `[${plain(each.name)}](/api/c/${name}#${anchorOf(each)})`)
        .join(" · "),
    ]),
  );
  return { path: "api/c/index.md", text };
}

function headerPage(name: string, { about, declarations }: CHeader, targets: Targets): Page {
  const sections = Object.entries(kindTitles).flatMap(([kind, title]) => {
    const members = declarations.filter((each) => each.kind === kind);
    return members.length === 0 ? [] : [`## ${title}`, ...members.map(section)];
  });
  const wire = name === "esc_wire" ? "[The wire](/wire) explains them and has their tables." : "";
  const text = paragraphs(`# ${name}.h`, aboutText(about), wire, ...sections);
  return {
    path: `api/c/${name}.md`,
    text: `---\noutline: [2, 3]\n---\n\n${linkNames(linkPages(text), targets)}`,
  };
}

/** Comments name these pages by their files. */
function linkPages(text: string): string {
  return text
    .replaceAll("docs/contract.md", "[the contract](/contract)")
    .replaceAll("docs/wire.md", "[the wire](/wire)");
}

/** Paragraphs stay text; paragraphs that are indented are a list or code, one with those that follow. */
function aboutText(about: string): string {
  const blocks: { readonly isCode: boolean; text: string }[] = [];
  for (const part of about.split(/\n\n+/)) {
    const isCode = /^ {2,}/.test(part);
    const last = blocks.at(-1);
    if (isCode && last?.isCode === true) last.text += `\n\n${part}`;
    else blocks.push({ isCode, text: part });
  }
  return blocks
    .map(({ isCode, text }) => (isCode ? code("c", text.replace(/^ {2}/gm, "")) : prose(text)))
    .join("\n\n");
}

/** A function and a structure may share a name. */
function anchorOf({ kind, name }: Pick<CDeclaration, "kind" | "name">): string {
  return kind === "struct" || kind === "enum" ? `${kind}-${name}` : name;
}

function section({ name, kind, code: source, comment, members }: CDeclaration): string {
  const parts = comment.split(/\n\n+/).map((part) => prose(part.replace(/\s+/g, " ")));
  const rows = members.map((member) => [
    `<a id="${member.name}"></a>\`${member.code}\``,
    prose(member.comment.replace(/\s+/g, " ")),
  ]);
  return paragraphs(
    `### ${plain(name)} {#${anchorOf({ kind, name })}}`,
    kind === "enum" || kind === "struct" ? "" : code("c", source),
    ...parts,
    rows.length === 0 ? "" : table([kind === "enum" ? "value" : "member", "meaning"], rows),
  ).trim();
}
