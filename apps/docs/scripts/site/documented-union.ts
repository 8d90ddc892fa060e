import ts from "typescript";
import { readSource } from "./page.js";

/** A member of a union of string literals, with its doc comment. */
export interface DocumentedLiteral {
  /** The literal. */
  readonly name: string;
  /** What its comment says, in one line. */
  readonly text: string;
}

/**
 * The members of an exported union of string literals and what their comments say.
 *
 * @throws Error when there is no such union, or a member has no comment.
 */
export function documentedUnion(path: string, typeName: string): DocumentedLiteral[] {
  const text = readSource(path);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const alias = file.statements.find(
    (statement): statement is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(statement) && statement.name.text === typeName,
  );
  if (alias === undefined) throw new Error(`${path} has no union ${typeName}`);
  // A list of one is written without a bar.
  const members = ts.isUnionTypeNode(alias.type) ? alias.type.types : [alias.type];
  return members.flatMap((member) => {
    if (!ts.isLiteralTypeNode(member) || !ts.isStringLiteral(member.literal)) return [];
    const name = member.literal.text;
    const comment = commentBefore(text, member);
    if (comment === "") throw new Error(`${path}: "${name}" of ${typeName} has no comment`);
    return [{ name, text: comment }];
  });
}

/** The comment stands before the bar, which is no part of the member. */
function commentBefore(text: string, member: ts.Node): string {
  const before = text.slice(0, member.getStart());
  return cleanComment(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\|?\s*$/.exec(before)?.[1] ?? "");
}

/** A comment's text without its stars, as one line; links become code. */
function cleanComment(comment: string): string {
  return comment
    .replace(/^[ \t]*\* ?/gm, "")
    .replace(/\{@link (\S+?)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
