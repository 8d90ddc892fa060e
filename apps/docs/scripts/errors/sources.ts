import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { basename } from "node:path/posix";
import ts from "typescript";
import { readSource } from "../site/page.js";
import { workspace } from "../site/paths.js";

/** A function or method that calls can be found of. */
export type NamedFunction = ts.FunctionDeclaration | ts.MethodDeclaration;

/** Every source file in a folder of the workspace. */
export function sourcesOf(folder: string): ts.SourceFile[] {
  return readdirSync(join(workspace, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.split(sep).join("/"))
    .sort()
    .map((path) => {
      const text = readSource(`${folder}/${path}`);
      return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    });
}

/** Calls `look` with a node and all below it. */
export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** The nearest function or method around a node that has a name. */
export function enclosingFunction(node: ts.Node): NamedFunction | undefined {
  for (let each = node.parent; each !== undefined; each = each.parent) {
    if (ts.isFunctionDeclaration(each) || ts.isMethodDeclaration(each)) return each;
  }
  return undefined;
}

/** The calls of a function: in its own file, and in those that import its name from that file. */
export function callsOf(
  callee: NamedFunction,
  files: readonly ts.SourceFile[],
): ts.CallExpression[] {
  const name = callee.name?.getText() ?? "";
  const home = callee.getSourceFile();
  const module = basename(home.fileName).replace(/\.ts$/, ".js");
  const calls: ts.CallExpression[] = [];
  for (const file of files) {
    if (file !== home && !imports(file, name, module)) continue;
    visit(file, (node) => {
      if (!ts.isCallExpression(node)) return;
      const { expression } = node;
      const called = ts.isPropertyAccessExpression(expression)
        ? ts.isMethodDeclaration(callee) && expression.name.text === name
        : ts.isIdentifier(expression) && expression.text === name;
      if (called) calls.push(node);
    });
  }
  return calls;
}

function imports(file: ts.SourceFile, name: string, module: string): boolean {
  return file.statements.some(
    (each) =>
      ts.isImportDeclaration(each) &&
      ts.isStringLiteral(each.moduleSpecifier) &&
      basename(each.moduleSpecifier.text) === module &&
      new RegExp(`\\b${name.replace("#", "")}\\b`).test(each.importClause?.getText() ?? ""),
  );
}
