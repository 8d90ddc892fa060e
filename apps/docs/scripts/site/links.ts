/** A part of Markdown in which nothing may be turned into a link, or the text between such parts. */
interface Part {
  readonly kind: "fence" | "code" | "heading" | "link" | "html" | "text";
  readonly text: string;
}

const opaque =
  /(?<fence>^(?<indent>[ \t]*)(?<ticks>`{3,})[^\n]*\n[\s\S]*?^\k<indent>\k<ticks>`*[ \t]*$)|(?<heading>^#{1,6} [^\n]*$)|(?<link>!?\[(?:`[^`\n]*`|[^\][`])*\]\([^)\s]*(?:\s+"[^"]*")?\))|(?<code>(?<quotes>`+)(?!`)[\s\S]*?[^`]\k<quotes>(?!`))|(?<html><[a-zA-Z/!][^>]*>)/gm;

function partsOf(markdown: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of markdown.matchAll(opaque)) {
    parts.push({ kind: "text", text: markdown.slice(end, match.index) });
    const kind = (["fence", "heading", "link", "code", "html"] as const).find(
      (name) => match.groups?.[name] !== undefined,
    );
    parts.push({ kind: kind ?? "text", text: match[0] });
    end = match.index + match[0].length;
  }
  parts.push({ kind: "text", text: markdown.slice(end) });
  return parts;
}

function mapParts(markdown: string, change: (part: Part) => string): string {
  return partsOf(markdown).map(change).join("");
}

/** Where ids of rules and names of exports lead; each returns undefined for what it does not know. */
export interface Targets {
  /** The page of a rule such as `STOP-04`. */
  readonly rule: (id: string) => string | undefined;
  /** The page of an export such as `TimerHal`, or the place of an error code such as `port-busy`. */
  readonly symbol?: (name: string) => string | undefined;
}

const ruleId = /(?<![\w/#-])(?:READ|ARM|STOP|REG|PER|CALL|LIFE)-\d\d(?![\w-])/g;

/** Makes links of the rules' ids in running text, and of export names that stand alone as code. */
export function linkNames(markdown: string, targets: Targets): string {
  return mapParts(markdown, ({ kind, text }) => {
    if (kind === "text") return text.replace(ruleId, (id) => linked(id, targets.rule(id)));
    if (kind !== "code" || targets.symbol === undefined) return text;
    const name = /^`([A-Za-z][\w-]*)(?:\(\))?`$/.exec(text)?.[1];
    return name === undefined ? text : linked(text, targets.symbol(name));
  });
}

/** Passes every link's text and address through `change`; code is left alone. */
export function changeLinks(
  markdown: string,
  change: (address: string, label: string) => string,
): string {
  return mapParts(markdown, ({ kind, text }) => {
    if (kind !== "link") return text;
    const match = /^(!?)\[([\s\S]*)\]\(([^)\s]*)((?:\s+"[^"]*")?)\)$/.exec(text);
    const [, mark = "", label = "", address = "", title = ""] = match ?? [];
    return match === null ? text : `${mark}[${label}](${change(address, label)}${title})`;
  });
}

function linked(text: string, address: string | undefined): string {
  return address === undefined ? text : `[${text}](${address})`;
}
