import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import ts from "typescript";
import { readSource } from "../site/page.js";
import { workspace } from "../site/paths.js";

/** A function that makes an error of one code, and which of its parameters is the hint. */
interface Maker {
  readonly code: string;
  readonly hint: number;
}

/**
 * The hints that a package's sources give with each code, as a reader would see them: a value that is
 * put in shows as its name in angle brackets. Found where an error is made with a literal code,
 * directly or through a function of the package that passes a hint on.
 */
export function hintsOf(packageName: string, codes: ReadonlySet<string>): Map<string, Set<string>> {
  const files = sourcesOf(packageName);
  const makers = new Map<string, Maker>();
  for (const file of files) visit(file, (node) => findMaker(node, codes, makers));
  const found = new Map<string, Set<string>>();
  const add = (code: string, hint: ts.Expression | undefined, file: ts.SourceFile) => {
    for (const text of hint === undefined ? [] : textsOf(hint, file)) {
      found.set(code, (found.get(code) ?? new Set()).add(text));
    }
  };
  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return;
      const [first, , third] = node.arguments ?? [];
      if (first !== undefined && ts.isStringLiteral(first) && codes.has(first.text)) {
        add(first.text, third, file);
      }
      const maker = ts.isIdentifier(node.expression) ? makers.get(node.expression.text) : undefined;
      if (maker !== undefined) add(maker.code, node.arguments?.[maker.hint], file);
    });
  }
  return found;
}

function sourcesOf(packageName: string): ts.SourceFile[] {
  const folder = `packages/${packageName}/src`;
  return readdirSync(join(workspace, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.split(sep).join("/"))
    .sort()
    .map((path) => {
      const text = readSource(`${folder}/${path}`);
      return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    });
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

function findMaker(node: ts.Node, codes: ReadonlySet<string>, makers: Map<string, Maker>): void {
  if (!ts.isFunctionDeclaration(node) || node.name === undefined || node.body === undefined) return;
  const { name, parameters } = node;
  visit(node.body, (inner) => {
    if (!ts.isNewExpression(inner)) return;
    const [code, , hint] = inner.arguments ?? [];
    if (code === undefined || hint === undefined) return;
    if (!ts.isStringLiteral(code) || !codes.has(code.text) || !ts.isIdentifier(hint)) return;
    const place = parameters.findIndex((each) => each.name.getText() === hint.text);
    if (place >= 0) makers.set(name.text, { code: code.text, hint: place });
  });
}

/** The texts that an expression can become; none for what only a run would tell. */
function textsOf(expression: ts.Expression, file: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text].filter((text) => text !== "");
  if (ts.isConditionalExpression(expression)) {
    return [...textsOf(expression.whenTrue, file), ...textsOf(expression.whenFalse, file)];
  }
  if (ts.isTemplateExpression(expression)) {
    const parts = expression.templateSpans.map(
      (span) => `<${nameOf(span.expression)}>${span.literal.text}`,
    );
    return [expression.head.text + parts.join("")];
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.getText() === "+") {
    const [left = ""] = textsOf(expression.left, file);
    return textsOf(expression.right, file).map((right) => left + right);
  }
  if (ts.isIdentifier(expression)) return constantTexts(expression.text, file);
  return [];
}

function constantTexts(name: string, file: ts.SourceFile): string[] {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: declared, initializer } of statement.declarationList.declarations) {
      if (declared.getText() === name && initializer !== undefined)
        return textsOf(initializer, file);
    }
  }
  return [];
}

function nameOf(expression: ts.Expression): string {
  const text = expression.getText();
  return /^[\w.]+$/.test(text) ? (text.split(".").at(-1) ?? text) : "…";
}
