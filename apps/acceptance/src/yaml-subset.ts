/** A value of a parsed file; numbers and booleans stay text. */
export type Yaml = string | readonly Yaml[] | YamlMap;

/** A mapping, in the order of the file. */
export interface YamlMap {
  readonly [key: string]: Yaml;
}

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/** Whether a value is a mapping. */
export function isMap(value: Yaml | undefined): value is YamlMap {
  return typeof value === "object" && !Array.isArray(value);
}

function withoutComment(text: string): string {
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "#" && (at === 0 || text.charAt(at - 1) === " ")) return text.slice(0, at);
  }
  return text;
}

function linesOf(text: string): Line[] {
  return text
    .split("\n")
    .map((row, index) => ({ number: index + 1, row: withoutComment(row).trimEnd() }))
    .filter(({ row }) => row.trim() !== "")
    .map(({ number, row }) => ({
      number,
      indent: row.length - row.trimStart().length,
      text: row.trimStart(),
    }));
}

function scalar(text: string, line: Line): Yaml {
  const trimmed = text.trim();
  if (trimmed === "{}") return {};
  if (/^\[.*\]$/.test(trimmed)) {
    const inner = trimmed.slice(1, -1);
    return inner.trim() === "" ? [] : inner.split(",").map((item) => scalar(item, line));
  }
  if (/^"[^"\\]*"$/.test(trimmed) || /^'[^']*'$/.test(trimmed)) return trimmed.slice(1, -1);
  if (/^[[\]{}&*!|>%@`"']/.test(trimmed)) {
    throw new Error(`line ${line.number}: not in the subset of YAML that is read here: ${trimmed}`);
  }
  return trimmed;
}

class Reader {
  private at = 0;
  private readonly lines: Line[];

  constructor(text: string) {
    this.lines = linesOf(text);
  }

  private peek(): Line | undefined {
    return this.lines[this.at];
  }

  value(indent: number): Yaml {
    return this.peek()?.text.startsWith("- ") ? this.list(indent) : this.map(indent);
  }

  end(): void {
    const rest = this.peek();
    if (rest) throw new Error(`line ${rest.number}: indentation fits nothing above it`);
  }

  private list(indent: number): Yaml[] {
    const items: Yaml[] = [];
    for (let line = this.peek(); line?.indent === indent; line = this.peek()) {
      if (!line.text.startsWith("- ")) break;
      const text = line.text.slice(2);
      const inner = indent + line.text.length - text.trimStart().length;
      if (/^[\w-]+:( |$)/.test(text.trimStart())) {
        this.lines[this.at] = { number: line.number, indent: inner, text: text.trimStart() };
        items.push(this.map(inner));
      } else {
        this.at += 1;
        items.push(scalar(text, line));
      }
    }
    return items;
  }

  private map(indent: number): YamlMap {
    const map: Record<string, Yaml> = {};
    for (let line = this.peek(); line?.indent === indent; line = this.peek()) {
      const match = /^([\w-]+):(?: +(.*))?$/.exec(line.text);
      if (!match) throw new Error(`line ${line.number}: neither a key nor a list item`);
      const [, key = "", text = ""] = match;
      if (key in map) throw new Error(`line ${line.number}: '${key}' is there twice`);
      this.at += 1;
      const next = this.peek();
      if (text !== "") map[key] = scalar(text, line);
      else map[key] = next && next.indent > indent ? this.value(next.indent) : "";
    }
    return map;
  }
}

/**
 * Reads the part of YAML that this repository's workflows are written in: block mappings and lists,
 * one-line scalars, `[a, b]` and `{}`. Throws on everything else, naming the line, so that nothing
 * is read wrongly.
 */
export function parseYamlSubset(text: string): YamlMap {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  if (!isMap(value)) throw new Error("line 1: not a mapping");
  return value;
}
