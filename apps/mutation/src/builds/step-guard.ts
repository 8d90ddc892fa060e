import ts from "typescript";

/*
 * A mutant may never come back, and nothing of the clock is to decide whether it did: so the HAL's code counts
 * what it does. Each function body and each loop body takes a step; where too many were taken since the last
 * program began, each further one throws.
 */

/** Where the bundle finds the guard. */
const GUARD = "__mutationStep";

const global = globalThis as { [GUARD]?: () => void };

/** The steps that are left. */
let left = Number.POSITIVE_INFINITY;
let taken = 0;

/** Thrown out of a HAL that does not come back. */
export class TooManySteps extends Error {
  override readonly name = "TooManySteps";
}

global[GUARD] = () => {
  taken += 1;
  if (taken > left) throw new TooManySteps("The HAL took too many steps");
};

/** Allows so many steps from now on; returns those taken since the last time. */
export function allowSteps(steps: number): number {
  const before = taken;
  left = steps;
  taken = 0;
  return before;
}

/** A TypeScript file with a step at the beginning of each function body and loop body. */
export function withSteps(name: string, text: string): string {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  const places: number[] = [];
  const visit = (node: ts.Node): void => {
    const body = bodyOf(node);
    if (body !== undefined && ts.isBlock(body)) places.push(body.getStart(source) + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = text;
  for (const place of places.sort((a, b) => b - a)) {
    result = `${result.slice(0, place)} globalThis.${GUARD}();${result.slice(place)}`;
  }
  return result;
}

function bodyOf(node: ts.Node): ts.Node | undefined {
  if (ts.isIterationStatement(node, false)) return node.statement;
  if (ts.isConstructorDeclaration(node)) return undefined;
  if (ts.isFunctionLike(node) && "body" in node) return node.body as ts.Node | undefined;
  return undefined;
}
