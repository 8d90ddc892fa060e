import type { Op, Program } from "@escapement/scenario";
import ts from "typescript";
import { readSource } from "../site/page.js";

const path = "packages/scenario/src/program.ts";

/** What each operation of a program does, from the comments of its type. */
export function opWords(): ReadonlyMap<string, string> {
  const text = readSource(path);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isTypeAliasDeclaration(statement) || statement.name.text !== "Op") continue;
    if (!ts.isUnionTypeNode(statement.type)) continue;
    for (const member of statement.type.types) {
      const name = /\bop: "(\w+)"/.exec(member.getText())?.[1];
      const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*\|?\s*$/.exec(
        text.slice(0, member.getStart()),
      )?.[1];
      if (name !== undefined && comment !== undefined) found.set(name, oneLine(comment));
    }
  }
  if (found.size < 20) throw new Error(`${path} has no union Op with comments`);
  return found;
}

function oneLine(comment: string): string {
  return comment
    .replace(/^[ \t]*\* ?/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The operations of a program by name, in the order in which they first stand in it. */
export function opsOf({ timers, interrupts, main }: Program): readonly string[] {
  const names = new Set<string>();
  const visit = (ops: readonly Op[]): void => {
    for (const op of ops) {
      names.add(op.op);
      if (op.op === "repeat") visit(op.body);
    }
  };
  for (const ops of [...timers.map(({ handler }) => handler), ...interrupts, main]) visit(ops);
  return [...names];
}
