import ts from "typescript";
import { enclosingFunction, visit } from "./sources.js";

/** A place in a text that a run fills. */
export interface Slot {
  /** A parameter of the function around it, which a caller gives; or any other value. */
  readonly kind: "parameter" | "value";
  /** The parameter's name, or what the value is, in words. */
  readonly words: string;
}

// Private characters: no text of the packages has them, and no Markdown means them.
const marks = { parameter: "\ue000", value: "\ue001" } as const;
const end = "\ue002";

function slot({ kind, words }: Slot): string {
  return marks[kind] + words + end;
}

/** Puts something in the place of each slot; `undefined` leaves it. */
export function mapSlots(text: string, put: (slot: Slot) => string | undefined): string {
  return text.replace(/([\ue000\ue001])(.*?)\ue002/g, (whole, mark, words) => {
    const kind = mark === marks.parameter ? "parameter" : "value";
    return put({ kind, words: String(words) }) ?? whole;
  });
}

/** The texts that an expression can become. */
export function textsOf(expression: ts.Expression, depth = 6): string[] {
  if (depth === 0) return [valueSlot(expression)];
  const inner = (each: ts.Expression): string[] => textsOf(each, depth - 1);
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  const number = numberOf(expression, depth);
  if (number !== undefined) return [String(number)];
  if (ts.isParenthesizedExpression(expression)) return inner(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...inner(expression.whenTrue), ...inner(expression.whenFalse)];
  }
  if (ts.isTemplateExpression(expression)) {
    const parts = expression.templateSpans.map(
      (span) => partOf(inner(span.expression), span.expression) + span.literal.text,
    );
    return [expression.head.text + parts.join("")];
  }
  if (ts.isBinaryExpression(expression)) {
    const { operatorToken, left, right } = expression;
    if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return inner(right);
    if (operatorToken.kind === ts.SyntaxKind.PlusToken && /["`]/.test(expression.getText())) {
      return inner(right).map((each) => partOf(inner(left), left) + each);
    }
  }
  if (ts.isIdentifier(expression)) {
    if (isParameter(expression)) return [slot({ kind: "parameter", words: expression.text })];
    const constant = constantOf(expression);
    if (constant !== undefined) return inner(constant);
  }
  return [valueSlot(expression)];
}

/** An optional sentence is left out; of several texts none is the one. */
function partOf(texts: readonly string[], expression: ts.Expression): string {
  if (texts.includes("")) return "";
  return texts.length === 1 ? (texts[0] ?? "") : valueSlot(expression);
}

function isParameter(identifier: ts.Identifier): boolean {
  const parameters = enclosingFunction(identifier)?.parameters ?? [];
  return parameters.some((each) => each.name.getText() === identifier.text);
}

/** What arithmetic on literals and constants comes to. */
function numberOf(expression: ts.Expression, depth: number): number | undefined {
  if (depth === 0) return undefined;
  const inner = (each: ts.Expression) => numberOf(each, depth - 1);
  if (ts.isNumericLiteral(expression)) return Number(expression.text);
  if (ts.isParenthesizedExpression(expression)) return inner(expression.expression);
  if (ts.isPrefixUnaryExpression(expression)) {
    const value = inner(expression.operand);
    const negative = expression.operator === ts.SyntaxKind.MinusToken;
    return value === undefined || !negative ? undefined : -value;
  }
  if (ts.isBinaryExpression(expression)) {
    const [left, right] = [inner(expression.left), inner(expression.right)];
    if (left === undefined || right === undefined) return undefined;
    if (expression.operatorToken.getText() === "**") return left ** right;
    if (expression.operatorToken.getText() === "*") return left * right;
    if (expression.operatorToken.getText() === "+") return left + right;
    return expression.operatorToken.getText() === "-" ? left - right : undefined;
  }
  if (!ts.isIdentifier(expression) || isParameter(expression)) return undefined;
  const constant = constantOf(expression);
  return constant === undefined ? undefined : inner(constant);
}

/** The value of the nearest constant of this name whose block is around the identifier. */
function constantOf(identifier: ts.Identifier): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  let width = Number.POSITIVE_INFINITY;
  visit(identifier.getSourceFile(), (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== identifier.text) return;
    const list = node.parent;
    const fixed = (list.flags & ts.NodeFlags.Const) !== 0 && ts.isVariableStatement(list.parent);
    const block = list.parent.parent;
    const around = block.pos <= identifier.pos && identifier.end <= block.end;
    if (!fixed || !around || block.end - block.pos > width) return;
    found = node.initializer;
    width = block.end - block.pos;
  });
  return found;
}

function valueSlot(expression: ts.Expression): string {
  return slot({ kind: "value", words: wordsOf(expression) });
}

/** `options.baudRate` is "baud rate"; of a call, what it is called with or on. */
function wordsOf(expression: ts.Expression): string {
  if (ts.isBinaryExpression(expression)) return wordsOf(expression.left);
  if (ts.isNumericLiteral(expression)) return "number";
  if (ts.isCallExpression(expression)) {
    const [argument] = expression.arguments;
    const wraps = /^(String|JSON\.\w+|Object\.\w+|\w*[tT]ext\w*)$/;
    if (argument !== undefined && wraps.test(expression.expression.getText())) {
      return wordsOf(argument);
    }
    if (ts.isPropertyAccessExpression(expression.expression)) {
      return wordsOf(expression.expression.expression);
    }
  }
  const name = /(\w+)\W*$/.exec(expression.getText())?.[1] ?? "value";
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}
