import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";
import { replacementsOf } from "./c-operators.js";
import { type Change, identify, type Mutant } from "./mutant.js";

/** Macros in front of functions: to the parser a second type. Blanks of the same length keep all places. */
const MACROS = /\bESC_(?:INTERNAL|NOINLINE|INLINE)\b/g;

/**
 * The mutants of C files, by Stryker's operators over tree-sitter's syntax trees.
 *
 * @param files text by name
 */
export async function cMutants(files: ReadonlyMap<string, string>): Promise<readonly Mutant[]> {
  await Parser.init();
  const parser = new Parser();
  const grammar = createRequire(import.meta.url).resolve("tree-sitter-c/tree-sitter-c.wasm");
  parser.setLanguage(await Language.load(grammar));
  const found = [...files].flatMap(([name, text]) => {
    const tree = parser.parse(text.replace(MACROS, (macro) => " ".repeat(macro.length)));
    return tree === null ? [] : identify(changesOf(name, tree.rootNode), text);
  });
  parser.delete();
  return found;
}

function changesOf(file: string, root: Node): Change[] {
  const changes: Change[] = [];
  const visit = (node: Node, isInFunction: boolean): void => {
    if (isAssertion(node)) return;
    for (const { operator, text } of isInFunction ? replacementsOf(node) : []) {
      const { startIndex: start, endIndex: end } = node;
      const original = node.text;
      changes.push({ language: "c", file, operator, start, end, original, replacement: text });
    }
    for (const child of node.namedChildren) {
      if (child === null || isPreprocessed(node, child)) continue;
      visit(child, isInFunction || node.type === "function_definition");
    }
  };
  visit(root, false);
  return changes;
}

/** Checks that only the tests' builds have: no timer behaves otherwise by them. */
function isAssertion(node: Node): boolean {
  return node.childForFieldName("function")?.text === "ESC_ASSERT";
}

/** The condition of an `#if`: the compiler never sees it. */
function isPreprocessed(parent: Node, child: Node): boolean {
  return (
    parent.type.startsWith("preproc_") && parent.childForFieldName("condition")?.id === child.id
  );
}
