import type { Node } from "web-tree-sitter";

/*
 * Stryker's operators, on C. What each replaces is the same as in the TypeScript HAL, so that the two scores are of
 * one kind; what C does not have (optional chaining, object literals, regular expressions) is missing.
 */

/** What an operator puts in place of a node. */
export interface Replacement {
  /** As Stryker calls it. */
  readonly operator: string;
  /** The text in place of the node's. */
  readonly text: string;
}

const arithmetic: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
};

const equality: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
};

const logical: Readonly<Record<string, string>> = { "&&": "||", "||": "&&" };

const assignment: Readonly<Record<string, string>> = {
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "<<=": ">>=",
  ">>=": "<<=",
  "&=": "|=",
  "|=": "&=",
};

const update: Readonly<Record<string, string>> = { "++": "--", "--": "++" };

/** All replacements of one node. */
export function replacementsOf(node: Node): readonly Replacement[] {
  switch (node.type) {
    case "binary_expression":
      return binary(node);
    case "assignment_expression":
      return swapped(node, "AssignmentOperator", assignment);
    case "update_expression":
      return swapped(node, "UpdateOperator", update);
    case "unary_expression":
      return unary(node);
    case "true":
      return [{ operator: "BooleanLiteral", text: "false" }];
    case "false":
      return [{ operator: "BooleanLiteral", text: "true" }];
    case "compound_statement":
      return node.namedChildren.some((child) => child?.type !== "comment")
        ? [{ operator: "BlockStatement", text: "{}" }]
        : [];
    default:
      return isCondition(node) ? conditions(node) : [];
  }
}

function binary(node: Node): readonly Replacement[] {
  const sign = node.childForFieldName("operator")?.text ?? "";
  const with_ = (other: string): string => `(${replacedSign(node, other)})`;
  const found: Replacement[] = [];
  const turned = arithmetic[sign];
  if (turned !== undefined) found.push({ operator: "ArithmeticOperator", text: with_(turned) });
  for (const other of equality[sign] ?? []) {
    found.push({ operator: "EqualityOperator", text: with_(other) });
  }
  const joined = logical[sign];
  if (joined !== undefined) found.push({ operator: "LogicalOperator", text: with_(joined) });
  if (sign in equality || sign in logical || isCondition(node)) found.push(...conditions(node));
  return found;
}

function swapped(
  node: Node,
  operator: string,
  table: Readonly<Record<string, string>>,
): readonly Replacement[] {
  const other = table[node.childForFieldName("operator")?.text ?? ""];
  return other === undefined ? [] : [{ operator, text: replacedSign(node, other) }];
}

function unary(node: Node): readonly Replacement[] {
  const sign = node.childForFieldName("operator")?.text;
  const argument = node.childForFieldName("argument")?.text ?? "";
  const found: Replacement[] = [];
  if (sign === "!") found.push({ operator: "BooleanLiteral", text: argument });
  if (sign === "-") found.push({ operator: "UnaryOperator", text: `+${argument}` });
  if (sign === "~") found.push({ operator: "UnaryOperator", text: argument });
  return isCondition(node) ? [...found, ...conditions(node)] : found;
}

/** A loop that is always entered has no end: only never is tried there. */
function conditions(node: Node): readonly Replacement[] {
  const never = { operator: "ConditionalExpression", text: "false" };
  if (isLoopCondition(node)) return [never];
  return [{ operator: "ConditionalExpression", text: "true" }, never];
}

/** The whole condition of an `if`, a loop, or `?:`. */
function isCondition(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === "parenthesized_expression") {
    const owner = parent.parent;
    return isSame(owner?.childForFieldName("condition"), parent);
  }
  const holds = parent?.type === "conditional_expression" || parent?.type === "for_statement";
  return holds && isSame(parent?.childForFieldName("condition"), node);
}

function isLoopCondition(node: Node): boolean {
  if (!isCondition(node)) return false;
  const parent = node.parent;
  const owner = parent?.type === "parenthesized_expression" ? parent.parent : parent;
  return ["while_statement", "do_statement", "for_statement"].includes(owner?.type ?? "");
}

function isSame(a: Node | null | undefined, b: Node | null): boolean {
  return a?.id === b?.id;
}

/** The node's text with its operator replaced. */
function replacedSign(node: Node, sign: string): string {
  const operator = node.childForFieldName("operator");
  if (operator === null) return node.text;
  const from = operator.startIndex - node.startIndex;
  const to = operator.endIndex - node.startIndex;
  return node.text.slice(0, from) + sign + node.text.slice(to);
}
