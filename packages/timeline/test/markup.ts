/** An element of a parsed document. */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MarkupElement[];
  /** Its own text and that of all elements in it. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Elements that HTML never closes. */
const empty = new Set(["meta", "input", "br"]);

/** Elements whose content HTML takes as it is. */
const raw = new Set(["style", "script"]);

/**
 * Parses markup as strictly as XML: quoted attributes, closed elements, known entities, no stray
 * angle bracket. HTML's own exceptions (no closing tag, bare attributes) are taken where `html` is
 * set. Throws with the place of the first fault.
 */
export function parseMarkup(markup: string, html = false): MarkupElement {
  const root = { name: "", attributes: {}, children: [] as MarkupElement[], text: "" };
  const open = [root];
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${markup.slice(at, at + 60)}`);
  };
  while (at < markup.length) {
    const top = open.at(-1) ?? fail("too many closing tags");
    if (markup.startsWith("<!doctype html>", at)) {
      at += "<!doctype html>".length;
    } else if (markup.startsWith("</", at)) {
      const name = /^<\/([\w-]+)>/.exec(markup.slice(at, at + 40))?.[1];
      if (name !== top.name) fail(`expected </${top.name}>`);
      open.pop();
      const parent = open.at(-1) ?? fail("nothing is open");
      parent.children.push(top);
      parent.text += top.text;
      at = markup.indexOf(">", at) + 1;
    } else if (markup[at] === "<") {
      const tag = /^<([\w-]+)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>/.exec(markup.slice(at));
      if (tag === null) return fail("no tag");
      const [whole, name = "", list = "", closed] = tag;
      const element = { name, attributes: attributesOf(list, html), children: [], text: "" };
      at += whole.length;
      if (html && raw.has(name)) {
        const end = markup.indexOf(`</${name}>`, at);
        element.text = markup.slice(at, end);
        at = end;
      }
      if (closed === "/" || (html && empty.has(name))) top.children.push(element);
      else open.push(element);
    } else {
      const end = markup.indexOf("<", at);
      const text = markup.slice(at, end < 0 ? undefined : end);
      top.text += decode(text);
      at += text.length;
    }
  }
  if (open.length !== 1) fail(`<${open.at(-1)?.name}> is not closed`);
  return root;
}

/** Every element of this name, and with this class where one is given. */
export function elementsOf(root: MarkupElement, name: string, cls?: string): MarkupElement[] {
  return root.children.flatMap((child) => {
    const classes = (child.attributes.class ?? "").split(" ");
    const fits = child.name === name && (cls === undefined || classes.includes(cls));
    return [...(fits ? [child] : []), ...elementsOf(child, name, cls)];
  });
}

function attributesOf(list: string, html: boolean): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", value] of list.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) {
    if (value === undefined && !html) throw new Error(`attribute ${name} has no value`);
    if (name in attributes) throw new Error(`attribute ${name} comes twice`);
    attributes[name] = decode(value ?? "");
  }
  return attributes;
}

function decode(text: string): string {
  if (text.includes(">")) throw new Error(`stray > in ${text}`);
  return text.replace(/&(#?\w*);?/g, (whole, name: string) => {
    const code = /^#(\d+)$/.exec(name)?.[1];
    const found = code === undefined ? entities[name] : String.fromCodePoint(Number(code));
    if (found === undefined || !whole.endsWith(";")) throw new Error(`no entity ${whole}`);
    return found;
  });
}
