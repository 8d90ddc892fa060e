/*
 * Marks the places of a HAL's accesses, so that a run can say which source line it is at.
 *
 * A stack would say it too, but not after the bundlers of a page, and a stack at each access is slow. So each
 * call of a member of `SharedState` or `TimerPort` gets one more parameter, which the callee never reads: an assignment of the
 * place. It is evaluated last, just before the call, so an access within another's parameters marks itself
 * first; and since every access marks itself, an interrupt in between does no harm.
 */
import ts from "typescript";

/** Members of the two seams under the HAL; every access of the HAL is a call of one of them. */
const accesses = new Set([
  ...["load", "store"],
  ...["readCounter", "overflowPending", "acknowledgeOverflow", "setCompare", "enableCompare"],
  ...["comparePending", "acknowledgeCompare", "saveAndMask", "restore", "inInterrupt"],
  ...["threadId", "relax"],
]);

/** A place is a number: the file's, times this, plus the line. */
const LINES_MAX = 10_000;

/** Source of the module that keeps the place of the access under way; its files are numbered in this order. */
export function placeModule(files) {
  return [
    `const files = ${JSON.stringify(files)};`,
    "export const place = { at: 0 };",
    `export function describePlace() {
      if (place.at === 0) return undefined;
      return files[Math.floor(place.at / ${LINES_MAX})] + ":" + (place.at % ${LINES_MAX});
    }`,
  ].join("\n");
}

/** A file's text with a mark at each access; `file` is its number. */
export function marked(text, file) {
  const source = ts.createSourceFile("hal.ts", text, ts.ScriptTarget.Latest, true);
  const marks = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name } = node.expression;
      if (accesses.has(name.text)) marks.push({ node, start: name.getStart() });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (marks.length === 0) return text;
  let made = text;
  // From the end, so that the positions before it stay as they are.
  for (const { node, start } of marks.sort((one, other) => other.node.end - one.node.end)) {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    const isFirst = node.arguments.length === 0 || node.arguments.hasTrailingComma;
    const mark = `${isFirst ? "" : ", "}(escPlace.at = ${file * LINES_MAX + line})`;
    made = `${made.slice(0, node.end - 1)}${mark}${made.slice(node.end - 1)}`;
  }
  return `import { place as escPlace } from "esc:place"; ${made}`;
}
