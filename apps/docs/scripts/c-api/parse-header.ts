/** A documented thing of a C header. */
export interface CDeclaration {
  /** Its name, without `enum` or `struct`. */
  readonly name: string;
  /** What sort of thing. */
  readonly kind: "function" | "macro" | "type" | "enum" | "struct";
  /** The declaration, as C. */
  readonly code: string;
  /** What its comment says, as paragraphs of text. */
  readonly comment: string;
  /** Members of an enum or a struct. */
  readonly members: readonly CMember[];
}

/** A member of an enum or a struct. */
interface CMember {
  /** Its name. */
  readonly name: string;
  /** Its declaration: with the type, or with the value. */
  readonly code: string;
  /** What its comment says. */
  readonly comment: string;
}

/** A header, read. */
export interface CHeader {
  /** What the comment at its top says; lines indented by two or more are code or lists. */
  readonly about: string;
  /** What it declares, in its order. */
  readonly declarations: readonly CDeclaration[];
}

/**
 * Reads a header whose every declaration has a comment before it.
 *
 * @throws Error for a declaration without one: an undocumented export.
 */
export function parseHeader(path: string, text: string): CHeader {
  const about = cleanComment(/^\/\*(?!\*)([\s\S]*?)\*\//.exec(text)?.[1] ?? "");
  const declarations: CDeclaration[] = [];
  const bare: string[] = [];
  const pattern =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^(#ifndef \w+\n#define [^\n]+|#define ESC_\w+(?:[^\n]*\\\n)*[^\n]*|(?:enum|struct) \w+ \{[\s\S]*?^\};|(?:typedef|[a-z_][\w ]*?[ *]esc_)[^;{]*;)/gm;
  const body = text.replace(/#ifndef ESC_\w+_H\n#define ESC_\w+_H\n/, "");
  let end = -1;
  for (const match of body.matchAll(pattern)) {
    const [, comment, source = ""] = match;
    const declaration = declarationOf(source, cleanComment(comment ?? ""));
    const last = declarations.at(-1);
    const goesOn =
      last?.kind === "macro" && declaration.kind === "macro" && match.index === end + 1;
    end = match.index + match[0].length;
    if (comment !== undefined) declarations.push(declaration);
    // Macros one right after another share a comment.
    else if (goesOn)
      declarations.splice(-1, 1, { ...last, code: `${last.code}\n${declaration.code}` });
    // The comment at the top may describe it instead, as for what a port defines.
    else if (!about.includes(declaration.name)) bare.push(declaration.name);
  }
  if (bare.length > 0) throw new Error(`${path}: no comment before ${bare.join(", ")}`);
  return { about, declarations };
}

function declarationOf(source: string, comment: string): CDeclaration {
  const code = source.replace(/^#ifndef \w+\n/, "");
  const group = /^(enum|struct) (\w+) \{([\s\S]*)\};$/.exec(code);
  if (group !== null) {
    const [, kind, name = "", body = ""] = group;
    return {
      name,
      kind: kind === "enum" ? "enum" : "struct",
      code,
      comment,
      members: membersOf(body),
    };
  }
  const macro = /^#define (\w+)/.exec(code)?.[1];
  if (macro !== undefined) return { name: macro, kind: "macro", code, comment, members: [] };
  const pointer = /\(\*(\w+)\)/.exec(code)?.[1];
  if (code.startsWith("typedef")) {
    const name = pointer ?? /(\w+);$/.exec(code)?.[1] ?? code;
    return { name, kind: "type", code, comment, members: [] };
  }
  return {
    name: /(\w+)\s*\(/.exec(code)?.[1] ?? code,
    kind: "function",
    code,
    comment,
    members: [],
  };
}

function membersOf(body: string): CMember[] {
  return [...body.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*([^;,/]+)/g)].map((match) => {
    const code = (match[2] ?? "").trim().replace(/\s+/g, " ");
    const name = /^(\w+)\s*=/.exec(code)?.[1] ?? /(\w+)$/.exec(code)?.[1] ?? code;
    return { name, code, comment: cleanComment(match[1] ?? "") };
  });
}

function cleanComment(comment: string): string {
  return comment.replace(/^[ \t]*\*? ?/gm, (lead) => (lead.includes("*") ? "" : lead)).trim();
}
